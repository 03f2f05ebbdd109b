//===- Table.cpp - Results for people -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"
#include "tconv/Bench/Report.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::bench;

namespace {

using Row = std::vector<std::string>;

const Row headings = {"layer",   "best ms", "median ms",  "GFLOP/s", "% of peak",
                      "roof ms", "ratio",   "compile ms", "pack ms"};

Row rowOf(const LayerResult &result) {
  return {result.name,
          significant(result.best * 1e3),
          significant(result.median * 1e3),
          significant(result.operationsPerSecond() * 1e-9),
          significant(result.shareOfPeak() * 100) + (result.isNoisy() ? "?" : " "),
          significant(result.rooflineTime() * 1e3) + (result.isMemoryBound() ? "M" : " "),
          significant(result.ratio()),
          significant(result.compile * 1e3),
          significant(result.pack * 1e3)};
}

/// The first column to the left, numbers to the right.
std::string align(const std::vector<Row> &rows) {
  std::vector<size_t> widths(headings.size(), 0);
  for (const Row &row : rows)
    for (size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size());
  std::string text;
  for (const Row &row : rows) {
    for (size_t column = 0; column < row.size(); ++column) {
      std::string gap(widths[column] - row[column].size(), ' ');
      text += column == 0 ? row[column] + gap : "  " + gap + row[column];
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

/// One line for each type among the results.
std::string peakLines(const std::vector<LayerResult> &results) {
  std::map<ElementType, PeakRate> peaks;
  for (const LayerResult &result : results)
    peaks[result.problem.type] = result.peak;
  std::string text;
  for (const auto &[type, peak] : peaks)
    text += "peak of " + std::string(name(type)) + ": " +
            significant(peak.operationsPerSecond * 1e-9) + " GFLOP/s (" + peak.instructions + ")\n";
  return text;
}

constexpr char legend[] =
    "GFLOP/s: useful ones, without inserted zeros and what borders cut (flops_exact)\n"
    "roof: the larger of these at the peak, and of x, w, b and y once at the rate of a copy (M)\n"
    "?: just before or after, the machine reached less than 93 % of its peak, or the layer more\n";

} // namespace

std::string bench::formatTable(const Machine &machine, const std::vector<LayerResult> &results) {
  if (results.empty())
    return "";
  std::vector<Row> rows = {headings};
  for (const LayerResult &result : results)
    rows.push_back(rowOf(result));
  int threads = machine.threads();
  std::string text = machine.processor() + ", " + std::to_string(threads) +
                     (threads == 1 ? " thread\n" : " threads\n") + peakLines(results) + legend +
                     "\n" + align(rows);
  if (results.size() > 1)
    text += "\ngeometric mean of the ratios: " + significant(meanRatio(results)) + " (" +
            std::to_string(results.size()) + " layers)\n";
  for (const LayerResult &result : results)
    if (!result.check.empty())
      text += "check: " + result.name + ": " + result.check + "\n";
  return text;
}
