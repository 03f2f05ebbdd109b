//===- RooflinePlot.cpp - Measured times and rooflines in a picture -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A row for each layer: a bar from the roofline, which is an open mark, to the measured
// time, a filled one. The axis is logarithmic, so that equal lengths are equal ratios.
// Colours and marks are not the only ones to say something: numbers stand beside them.
//
//===----------------------------------------------------------------------===//

#include "Text.h"
#include "tconv/Bench/Report.h"
#include "tconv/Support/SvgWriter.h"

#include <algorithm>
#include <cmath>

using namespace tconv;
using namespace tconv::bench;

namespace {

// The colours are those of Okabe and Ito, which any colour vision can tell apart.
constexpr char style[] = R"(
.ground{fill:#ffffff}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;font-size:12px;fill:#1f2328}
.title{font-size:16px;font-weight:600}
.muted{fill:#57606a}
.grid{stroke:#d8dee4;stroke-width:1}
.row{stroke:#eaeef2;stroke-width:1}
.bar{stroke-width:4;stroke-opacity:.35}
.roof{fill:#ffffff;stroke-width:2}
.compute{fill:#0072b2;stroke:#0072b2}
.memory{fill:#d55e00;stroke:#d55e00}
.roof.compute,.roof.memory{fill:#ffffff}
@media (prefers-color-scheme:dark){
.ground{fill:#0d1117}
text{fill:#e6edf3}
.muted{fill:#9da7b3}
.grid{stroke:#30363d}
.row{stroke:#21262d}
.compute{fill:#56b4e9;stroke:#56b4e9}
.memory{fill:#f0883e;stroke:#f0883e}
.roof.compute,.roof.memory{fill:#0d1117}
}
)";

constexpr double margin = 20, rowHeight = 24, top = 96, bottom = 46;
constexpr double labelWidthMin = 60, labelWidthMax = 360, plotWidth = 460, numbersWidth = 150;
/// About the width of a character of the labels.
constexpr double characterWidth = 6.6;

/// Decades that hold all times, in seconds.
struct Axis {
  double left;
  double low = 0;
  double high = 0;

  Axis(double left, const std::vector<LayerResult> &results) : left(left) {
    low = high = std::log10(results.front().best);
    for (const LayerResult &result : results) {
      for (double time : {result.best, result.rooflineTime()}) {
        low = std::min(low, std::log10(time));
        high = std::max(high, std::log10(time));
      }
    }
    low = std::floor(low);
    high = std::max(low + 1, std::ceil(high));
  }

  double at(double seconds) const {
    return left + (std::log10(seconds) - low) / (high - low) * plotWidth;
  }
};

/// "10 ms", of 10^exponent seconds.
std::string timeLabel(double exponent) {
  const char *const units[] = {" s", " ms", " us", " ns"};
  int unit = std::clamp(static_cast<int>(std::ceil(-exponent / 3)), 0, 3);
  return std::to_string(std::lround(std::pow(10.0, exponent + 3 * unit))) + units[unit];
}

double labelWidth(const std::vector<LayerResult> &results) {
  size_t longest = 0;
  for (const LayerResult &result : results)
    longest = std::max(longest, result.name.size());
  return std::clamp(characterWidth * static_cast<double>(longest), labelWidthMin, labelWidthMax);
}

/// A label that fits its column.
std::string shorten(const std::string &text) {
  auto limit = static_cast<size_t>(labelWidthMax / characterWidth);
  return text.size() <= limit ? text : text.substr(0, limit - 3) + "...";
}

void drawHead(SvgWriter &svg, const Machine &machine, const std::vector<LayerResult> &results) {
  const PeakRate &peak = results.back().peak;
  std::string what = machine.processor() + ", " + std::to_string(machine.threads()) +
                     (machine.threads() == 1 ? " thread, " : " threads, ") + "peak of " +
                     std::string(name(results.back().problem.type)) + " " +
                     significant(peak.operationsPerSecond * 1e-9) + " GFLOP/s (" +
                     peak.instructions + ")";
  svg.text({margin, 30}, "Transposed convolution: measured time and roofline", "title");
  svg.text({margin, 50}, what, "muted");
  double x = margin + 6, y = 70;
  auto key = [&](const char *classes, const char *text, double width) {
    svg.circle({x, y - 4}, 5, classes);
    svg.text({x + 11, y}, text, "muted");
    x += width;
  };
  key("roof compute", "roofline", 82);
  key("compute", "measured, multiply-adds decide", 232);
  key("memory", "measured, memory decides", 204);
  svg.text({x, y}, "x: times the roofline", "muted");
}

void drawAxis(SvgWriter &svg, const Axis &axis, double height) {
  for (double exponent = axis.low; exponent <= axis.high; ++exponent) {
    double x = axis.at(std::pow(10.0, exponent));
    svg.line({x, top - 8}, {x, height - bottom}, "grid");
    svg.text({x, height - bottom + 18}, timeLabel(exponent), "muted", Anchor::Middle);
  }
}

void drawRow(SvgWriter &svg, const Axis &axis, const LayerResult &result, double y) {
  std::string kind = result.isMemoryBound() ? "memory" : "compute";
  double roof = axis.at(result.rooflineTime()), measured = axis.at(result.best);
  svg.text({margin, y + 4}, shorten(result.name), "label");
  svg.line({axis.left, y}, {axis.left + plotWidth, y}, "row");
  svg.line({roof, y}, {measured, y}, "bar " + kind);
  svg.circle({roof, y}, 5, "roof " + kind);
  svg.circle({measured, y}, 5, kind);
  double right = axis.left + plotWidth + numbersWidth;
  svg.text({right - 60, y + 4}, significant(result.best * 1e3) + " ms", "label", Anchor::End);
  svg.text({right, y + 4}, significant(result.ratio()) + "x", "label", Anchor::End);
}

} // namespace

std::string bench::plotRooflines(const Machine &machine, const std::vector<LayerResult> &results) {
  Axis axis(margin + labelWidth(results) + 14, results);
  double width = axis.left + plotWidth + numbersWidth + margin;
  double height = top + rowHeight * static_cast<double>(results.size()) + bottom;
  SvgWriter svg(width, height, "Measured times and rooflines",
                std::to_string(results.size()) +
                    " layers, geometric mean of measured time over roofline " +
                    significant(meanRatio(results)),
                style);
  svg.rect({0, 0, width, height}, "ground");
  drawHead(svg, machine, results);
  drawAxis(svg, axis, height);
  double y = top + rowHeight / 2;
  for (const LayerResult &result : results) {
    drawRow(svg, axis, result, y);
    y += rowHeight;
  }
  svg.text({axis.left + plotWidth + numbersWidth, height - 12},
           "geometric mean " + significant(meanRatio(results)) + "x", "label", Anchor::End);
  return std::move(svg).finish();
}
