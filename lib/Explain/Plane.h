//===- Plane.h - The part of a layer that is drawn --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A picture shows two spatial dimensions: the last two, or a row of one. Of a layer
// with more dimensions it shows the slice in which the chosen element lies, and of
// several input channels the first that reaches it.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_PLANE_H
#define TCONV_LIB_EXPLAIN_PLANE_H

#include "Format.h"
#include "Reach.h"
#include "Sum.h"
#include "tconv/Explain/Layer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tconv::explain {

struct Cell {
  int64_t row = 0;
  int64_t column = 0;

  friend bool operator==(const Cell &a, const Cell &b) {
    return a.row == b.row && a.column == b.column;
  }
};

/// A term whose x and w both lie in the plane.
struct PlaneTerm {
  Cell input;
  Cell tap;
};

class Plane {
public:
  Plane(const Layer &layer, const ElementIndex &at);

  const Layer &layer;
  Names names;
  /// The chosen element, its place in the plane, and everything that it is a sum of.
  ElementIndex at;
  Cell chosen;
  Contributions contributions;
  /// The two dimensions; the first is a row of one element if the layer has only one.
  DimGeometry dims[2]{{{}, 1, 1, 1}, {}};
  Phase phases[2];
  /// The terms in the plane, by ascending input.
  std::vector<PlaneTerm> terms;

  ElementIndex input(const Cell &cell) const;
  Position tap(const Cell &cell) const;
  ElementIndex output(const Cell &cell) const;

  std::string nameX(const Cell &cell) const { return names.x(input(cell)); }
  std::string nameW(const Cell &cell) const;

  /// \name Values as text of at most `width` characters, empty if there are none.
  /// @{
  std::string x(const Cell &cell, size_t width) const;
  std::string w(const Cell &cell, size_t width) const;
  std::string y(const Cell &cell, size_t width) const;
  std::string product(const Cell &input, const Cell &tap, size_t width) const;
  /// @}
  Term term(const PlaneTerm &term) const;

  /// Whether dimension 0 of the plane is one of the layer's.
  bool hasRows() const { return layer.geometry.dims.size() > 1; }
  /// What of the layer the plane leaves out, as sentences.
  std::vector<std::string> omissions() const;

private:
  Position spatial(const Position &leading, const Cell &cell) const;

  /// Where the plane lies in the leading dimensions.
  Position leadingInput, leadingTap, leadingOutput;
  int64_t inputChannel;
};

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_PLANE_H
