//===- Svg.cpp - An output element as a picture ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The panels below each other, with the formula above and the legend below. The height
// is known only when all of them are drawn, so they are drawn first.
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Svg.h"

#include "Picture.h"
#include "tconv/Explain/Describe.h"
#include "tconv/Problem/Descriptor.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr int64_t maxTermsInEquation = 8;

/// The output size of each dimension of the plane, once if both are alike.
std::vector<std::string> formulas(const Plane &plane) {
  std::vector<std::string> lines;
  const auto dims = plane.layer.numSpatialDims();
  for (int64_t dim = 0; dim < dims; ++dim) {
    const DimGeometry &d = plane.layer.geometry.dims[dim];
    std::string line = describeOutputSize(d.input, d.kernel, d.attributes);
    if (!lines.empty() && lines.back() == line)
      continue;
    lines.push_back(line);
  }
  for (std::string &line : lines)
    line = "O = " + line;
  return lines;
}

/// The equation in one line or, if it is long, broken before its numbers.
std::vector<std::string> equationLines(const Plane &plane) {
  constexpr size_t width = 92;
  SumText sum = sumText(plane.layer, contributionsTo(plane.layer, plane.at, maxTermsInEquation));
  std::string line = joinSum(sum), numbers = numbersAndTotal(sum);
  if (line.size() <= width || numbers.empty() || sum.symbols.empty())
    return wrap(line, width);
  std::vector<std::string> lines = wrap(sum.element + " = " + sum.symbols, width);
  for (const std::string &more : wrap("= " + numbers, width))
    lines.push_back(more);
  return lines;
}

double drawHeader(SvgWriter &svg, const Plane &plane) {
  svg.text({margin, 40}, "Where " + plane.names.y(plane.at) + " comes from", "title");
  double y = drawLines(
      svg, {margin, 64},
      wrap("Transposed convolution " + formatDescriptor(plane.layer.geometry), 105), "muted", 18);
  y = drawLines(svg, {margin, y + 2}, formulas(plane), "mono", 18);
  return drawLines(svg, {margin, y + 8}, equationLines(plane), "mono equation", 20);
}

/// One entry of the legend; returns where the next one begins.
double drawKey(SvgWriter &svg, const Point &at, const std::string &classes,
               const std::string &text) {
  svg.rect({at.x, at.y - 11, 16, 14}, classes);
  svg.text({at.x + 23, at.y}, text, "label");
  return at.x + 23 + 6.4 * static_cast<double>(text.size()) + 18;
}

double drawLegend(SvgWriter &svg, double top) {
  svg.line({margin, top}, {pictureWidth - margin, top}, "rule");
  Point at{margin, top + 26};
  at.x = drawKey(svg, at, "chosen", "chosen element");
  at.x = drawKey(svg, at, "crop", "y, what padding leaves");
  at.x = drawKey(svg, at, "cut", "cut off by padding");
  at.x = drawKey(svg, at, "real", "element of x");
  at.x = drawKey(svg, at, "pad", "padded zero");
  drawBadge(svg, {margin + 8, at.y + 19}, 0);
  svg.text({margin + 23, at.y + 23},
           "a coloured letter is one term of the sum, the same in all three pictures", "label");
  return at.y + 44;
}

} // namespace

std::string tconv::renderSvg(const Layer &layer, const ElementIndex &at) {
  Plane plane(layer, at);
  SvgWriter content;
  std::vector<std::string> notes = plane.omissions();
  double y = drawHeader(content, plane) + 4;
  y = drawStamps(content, plane, y, notes);
  y = drawZeroInsertion(content, plane, y, notes);
  y = drawPhases(content, plane, y, notes);
  y = drawLegend(content, y);
  for (const std::string &note : notes)
    y = drawLines(content, {margin, y}, wrap(note, 108), "note", 17);

  SvgWriter document(pictureWidth, y + 6, "Where " + plane.names.y(at) + " comes from",
                     describeSum(layer, at, maxTermsInEquation) +
                         ". Shown as stamps that add up, as zero insertion under the flipped "
                         "kernel, and as the sub-kernel of a phase.",
                     pictureStyle());
  document.raw(picturePatterns());
  document.rect({0, 0, pictureWidth, y + 6}, "ground", 8);
  document.raw(std::move(content).finish());
  return std::move(document).finish();
}
