//===- Descriptor.h - Layers written in one line ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sizes and attributes of a layer as a line of text, for command lines and file
// names: "n1 ci512 co256 i8x8 k4x4 s2 p1 d1 op0 g1".
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_DESCRIPTOR_H
#define TCONV_EXPLAIN_DESCRIPTOR_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tconv {

/// What a descriptor says; one entry of `input`, `kernel` and `attributes` per spatial
/// dimension.
struct LayerDescription {
  int64_t batch = 1;
  int64_t inputChannels = 1;
  int64_t outputChannels = 1;
  int64_t groups = 1;
  std::vector<int64_t> input;
  std::vector<int64_t> kernel;
  std::vector<DimAttributes> attributes;
};

/// Parses tokens separated by blanks, in any order: the sizes i and k, both required,
/// the batch n, channels ci and co, groups g, stride s, padding p, dilation d and output
/// padding op. i, k, s, p, d and op take a number per spatial dimension, as in i8x16,
/// or one for all of them; i or k says how many dimensions there are, 1 to 3. p1:2 pads
/// by 1 at the begin and 2 at the end; padding may be negative.
///
/// The numbers are checked one by one; `createGeometry` checks how they fit together.
Result<LayerDescription> parseDescriptor(std::string_view text);

/// The geometry of a described layer; an error if the groups do not divide the
/// channels, if an output padding is too large or if the output is empty.
Result<Geometry> createGeometry(const LayerDescription &description);

/// The descriptor of a layer, which parses to the same layer.
std::string formatDescriptor(const Geometry &geometry);

} // namespace tconv

#endif // TCONV_EXPLAIN_DESCRIPTOR_H
