//===- Conventions.h - How other systems say a layer ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer's attributes in the words of PyTorch, ONNX, TOSA, TensorFlow and StableHLO: read
// from one convention, written in all of them. What the words mean is in docs/conventions.md.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_CONVENTIONS_H
#define TCONV_EXPLAIN_CONVENTIONS_H

#include "tconv/Geometry/Formulas.h"
#include "tconv/Support/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tconv {

/// The attributes of a layer, and as many sizes as a convention needs.
struct ConventionLayer {
  std::vector<int64_t> kernel;
  std::vector<int64_t> input; // empty: not given
  std::vector<DimAttributes> dims;
  int64_t groups = 1;
};

/// Reads "onnx kernel_shape=3,3 strides=2,2 pads=1,1,1,1": the name of a convention, and its
/// words. `input=I,I` gives the sizes of the input where a convention needs them.
Result<ConventionLayer> readConvention(std::string_view text);

/// The layer in every convention, a line for each, or why one cannot say it.
std::string describeConventions(const ConventionLayer &layer);

} // namespace tconv

#endif // TCONV_EXPLAIN_CONVENTIONS_H
