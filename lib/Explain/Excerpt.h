//===- Excerpt.h - The part of a layer that a page can hold -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A contiguous part of a layer that is a layer itself.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_EXCERPT_H
#define TCONV_LIB_EXPLAIN_EXCERPT_H

#include "tconv/Explain/Layer.h"

#include <string>

namespace tconv::explain {

struct Excerpt {
  /// Its sizes; of w the taps from 0 on are taken.
  Geometry geometry;
  /// Where it begins in the whole layer.
  int64_t firstBatch = 0;
  int64_t firstInputChannel = 0;
  int64_t firstOutputChannel = 0;
  Position firstInput;
  /// The chosen element, counted within the excerpt.
  ElementIndex at;
  /// What is left out, empty if nothing is.
  std::string omitted;
};

/// The whole layer or, if it is too large for a page, a part around an output element
/// that still contains the terms of this element as far as possible.
Excerpt excerptFor(const Layer &layer, const ElementIndex &at);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_EXCERPT_H
