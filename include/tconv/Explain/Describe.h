//===- Describe.h - A layer and its elements in words -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The text of an explanation: where the sizes of a layer come from and where the value
// of an output element comes from, in each of the three forms. Every text ends with a
// newline unless it is said to be one line.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_DESCRIBE_H
#define TCONV_EXPLAIN_DESCRIBE_H

#include "tconv/Explain/Layer.h"
#include "tconv/Support/Result.h"

#include <string>
#include <string_view>

namespace tconv {

/// Reads "0,1", the spatial indices of an output element (of batch 0, channel 0), or a
/// full index "n,c,0,1". An error says which index is out of which range.
Result<ElementIndex> parseElement(std::string_view text, const Layer &layer);

/// The output size with its numbers, multiply-adds, what padding cuts off and which
/// output elements get no contribution.
std::string describeLayer(const Layer &layer);

/// The sum that one output element is, in the three forms. The index must lie inside y.
std::string describeElement(const Layer &layer, const ElementIndex &output);

/// One line: "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12". Of more than
/// `maxTerms` terms the first ones are written; the last number is the sum of all.
std::string describeSum(const Layer &layer, const ElementIndex &output, int64_t maxTerms = 16);

} // namespace tconv

#endif // TCONV_EXPLAIN_DESCRIBE_H
