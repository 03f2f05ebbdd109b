//===- Format.h - Numbers and indices as text -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How explanations write numbers, indices and the names of elements.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_FORMAT_H
#define TCONV_LIB_EXPLAIN_FORMAT_H

#include "tconv/Explain/Layer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tconv::explain {

/// The shortest digits that give the number back as a double or, for the element
/// types of at most 32 bits, as a float. "nan", "inf", "-inf" for the others.
std::string formatNumber(double value, ElementType type = ElementType::F64);

/// At most `width` characters, rounded if need be; empty if that is impossible.
std::string formatNarrow(double value, ElementType type, size_t width);

/// "axbxc" and the like.
std::string joinNumbers(const std::vector<int64_t> &numbers, const char *separator);
/// "1 element", "2 elements".
std::string plural(int64_t count, const std::string &word);

/// The names of elements: x[0,0], or x[n,ci,0,0] in a layer with several batches or
/// channels; w[0,0], or w[ci,co,0,0] with co counted within its group.
class Names {
public:
  explicit Names(const Layer &layer);

  std::string x(const ElementIndex &index) const;
  std::string w(int64_t inputChannel, int64_t outputChannel, const Position &tap) const;
  std::string w(const Term &term, const ElementIndex &output) const;
  std::string y(const ElementIndex &index) const;

private:
  bool withChannels;
  int64_t outputsPerGroup;
};

/// The name of a spatial dimension: "row" and "column" for two.
std::string dimName(int64_t dim, int64_t numDims);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_FORMAT_H
