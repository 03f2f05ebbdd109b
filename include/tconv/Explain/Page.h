//===- Page.h - The interactive page of a layer -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One HTML file that needs nothing else: the scripts of lib/Explain/page and a layer.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_PAGE_H
#define TCONV_EXPLAIN_PAGE_H

#include "tconv/Explain/Layer.h"

#include <string>
#include <string_view>

namespace tconv {

/// A layer for the page, as JSON that can stand in a script element:
///   {"dims": [{"input", "kernel", "stride", "paddingBegin", "paddingEnd", "dilation",
///    "outputPadding"}...], "batch", "inputChannels", "outputChannels", "groups",
///    "held": null or {"batch", "inputChannels", "outputChannels", "input", "kernel"},
///    "x": [N, Ci, I...] in C order, "w": [Ci, Co/groups, K...], "bias": [...] or null,
///    "title", "omitted": null or what else was left out, "at": [n, co, o...]}
/// Numbers that JSON does not have are the strings "nan", "inf" and "-inf".
///
/// A page holds at most 4096 numbers of x and of w and does at most a million
/// multiply-adds. Of a larger layer it gets the part around `at`: fewer images and
/// channels first, then a piece of x and w. `held` then has the ranges {"lo", "hi"} that x, w
/// and the bias have the numbers of (for each dimension in `input` and `kernel`); all sizes and
/// indices stay those of the whole layer. A layer without values gets sample ones.
std::string layerJson(const Layer &layer, const ElementIndex &at, std::string_view title);

/// The page, opened at an output element. `pipeline` is nothing, or what compilation
/// makes of the layer, as JSON that can stand in a script element:
///   {"stages": [{"name", "sentence", "ir"}...], "remarks": ["...", ...]}
std::string renderPage(const Layer &layer, const ElementIndex &at, std::string_view title,
                       std::string_view pipeline = {});

} // namespace tconv

#endif // TCONV_EXPLAIN_PAGE_H
