//===- Excerpt.h - The part of a layer that a page can hold -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The elements of x and w around an output element, in indices of the whole layer.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_EXCERPT_H
#define TCONV_LIB_EXPLAIN_EXCERPT_H

#include "Reach.h"
#include "tconv/Explain/Layer.h"

#include <vector>

namespace tconv::explain {

struct Excerpt {
  Range batch, inputChannels, outputChannels;
  /// Of x and of the taps of w, for each spatial dimension.
  std::vector<Range> input, kernel;
  /// Of w's second dimension, which counts the output channels within a group.
  Range filterOutputs;
  /// Whether it is all of the layer.
  bool isWhole = true;
};

/// The whole layer or, if it is too large for a page, a part that still contains the terms
/// of an output element as far as possible.
Excerpt excerptFor(const Geometry &geometry, const ElementIndex &at);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_EXCERPT_H
