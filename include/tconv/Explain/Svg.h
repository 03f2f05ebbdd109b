//===- Svg.h - An output element as a picture -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A static picture of the three forms for one output element, readable on light and on
// dark pages and without telling colours apart.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_SVG_H
#define TCONV_EXPLAIN_SVG_H

#include "tconv/Explain/Layer.h"

#include <string>

namespace tconv {

/// An SVG document. It shows the stamps that overlap at the element, the zero-inserted
/// input under the flipped kernel, and the phases with their sub-kernels. Of a large
/// layer it shows a part around the element and says so. The same arguments give the
/// same text. The index must lie inside y.
std::string renderSvg(const Layer &layer, const ElementIndex &at);

} // namespace tconv

#endif // TCONV_EXPLAIN_SVG_H
