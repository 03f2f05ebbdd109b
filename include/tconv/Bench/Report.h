//===- Report.h - Results as a table, JSON and a picture --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_BENCH_REPORT_H
#define TCONV_BENCH_REPORT_H

#include "tconv/Bench/Machine.h"
#include "tconv/Bench/Measure.h"
#include "tconv/Support/Result.h"

#include <string>
#include <vector>

namespace tconv::bench {

/// A table for people, aligned, with a legend in front and, of several layers, the
/// geometric mean of the ratios to the roofline behind. Empty without results.
std::string formatTable(const Machine &machine, const std::vector<LayerResult> &results);

/// One JSON object in one line. Times are in ms, rates in 1e9 a second.
std::string formatJson(const Machine &machine, const LayerResult &result);

/// A layer that could not be measured: {"name", "error", "unsupported"} in one line.
std::string formatJson(const std::string &layer, const Error &error);

/// The measured times against the rooflines, on a logarithmic axis, as an SVG picture
/// for light and dark backgrounds. Needs at least one result.
std::string plotRooflines(const Machine &machine, const std::vector<LayerResult> &results);

} // namespace tconv::bench

#endif // TCONV_BENCH_REPORT_H
