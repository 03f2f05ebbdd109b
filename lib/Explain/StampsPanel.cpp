//===- StampsPanel.cpp - The first panel: stamps that add up --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From left to right: x and w, the full result with the stamps that overlap at the
// chosen element and the frame that padding leaves, and each of these stamps by itself.
// Cells of the full result are counted from its corner: f = o + pb.
//
//===----------------------------------------------------------------------===//

#include "Picture.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr int64_t maxResultCells = 20;
constexpr int64_t maxOperandCells = 8;
constexpr int64_t maxStampCells = 6;
constexpr double operandWidth = 132, operandLeft = margin + 16;
constexpr double resultWidth = 300, resultLeft = 206;
constexpr double stampWidth = 118, stampLeft = 546;

/// Whether a tap lands `offset` behind the first one.
bool covers(const DimGeometry &dim, int64_t offset) {
  return offset >= 0 && offset % dim.attributes.dilation == 0 &&
         offset / dim.attributes.dilation < dim.kernel;
}

/// One panel while it is drawn.
class StampsPanel {
public:
  StampsPanel(SvgWriter &svg, const Plane &plane) : svg(svg), plane(plane) { layOutResult(); }

  double draw(double top);
  void note(std::vector<std::string> &notes) const;

private:
  void layOutResult();
  Grid operandGrid(const Point &at, int64_t rows, int64_t columns, const Cell &center) const;
  double drawInput(const Point &at);
  double drawFilter(const Point &at);
  double drawResult(const Point &at);
  void drawCrop();
  void drawStampCells(size_t number);
  std::string paddingSentence() const;
  void drawStampFrames();
  double drawStamp(const Point &at, size_t number);
  double drawStampsAlone(double top);

  int64_t padding(int dim) const { return plane.dims[dim].attributes.paddingBegin; }
  Cell toOutput(const Cell &f) const { return {f.row - padding(0), f.column - padding(1)}; }
  bool isCut(const Cell &f) const {
    Cell o = toOutput(f);
    return o.row < 0 || o.column < 0 || o.row >= plane.dims[0].output ||
           o.column >= plane.dims[1].output;
  }
  /// Where tap `tap` of a stamp lands.
  Cell landing(const Cell &input, const Cell &tap) const {
    auto one = [](const DimGeometry &dim, int64_t i, int64_t k) {
      return i * dim.attributes.stride + k * dim.attributes.dilation;
    };
    return {one(plane.dims[0], input.row, tap.row), one(plane.dims[1], input.column, tap.column)};
  }
  size_t numStamps() const { return std::min(plane.terms.size(), maxColoured); }
  SvgWriter &svg;
  const Plane &plane;
  Grid result;
};

void StampsPanel::layOutResult() {
  Range *ranges[] = {&result.rows, &result.columns};
  const int64_t chosen[] = {plane.chosen.row, plane.chosen.column};
  for (int i = 0; i < 2; ++i) {
    const DimGeometry &dim = plane.dims[i];
    Range all{std::min<int64_t>(0, padding(i)), std::max(fullSize(dim), padding(i) + dim.output)};
    *ranges[i] = windowOf(all, chosen[i] + padding(i), maxResultCells);
  }
  result.cell = cellSize(plane.hasRows() ? resultWidth : wholeWidth,
                         std::max(result.rows.size(), result.columns.size()));
}

double StampsPanel::drawInput(const Point &at) {
  Cell center =
      plane.terms.empty() ? Cell{plane.phases[0].q, plane.phases[1].q} : plane.terms.front().input;
  Grid grid = operandGrid(at, plane.dims[0].input, plane.dims[1].input, center);
  svg.text({at.x, at.y + 12}, "input x", "label strong");
  drawIndices(svg, grid, {0, 0}, plane.hasRows());
  drawCells(svg, grid, [&](const Cell &cell) {
    return CellLook{"real", plane.x(cell, charactersIn(grid.cell))};
  });
  for (size_t i = 0; i < numStamps(); ++i) {
    if (!grid.contains(plane.terms[i].input))
      continue;
    drawColoured(svg, grid.at(plane.terms[i].input), i);
    drawCellBadge(svg, plane, grid.at(plane.terms[i].input), i);
  }
  return grid.frame().bottom() + (plane.hasRows() ? 0 : badgeRoom);
}

double StampsPanel::drawFilter(const Point &at) {
  Cell center = plane.terms.empty() ? Cell{0, 0} : plane.terms.front().tap;
  Grid grid = operandGrid(at, plane.dims[0].kernel, plane.dims[1].kernel, center);
  svg.text({at.x, at.y + 12}, "kernel w, the stamp", "label strong");
  drawIndices(svg, grid, {0, 0}, plane.hasRows());
  drawCells(svg, grid, [&](const Cell &cell) {
    return CellLook{"cell", plane.w(cell, charactersIn(grid.cell))};
  });
  for (size_t i = 0; i < numStamps(); ++i)
    if (grid.contains(plane.terms[i].tap))
      drawColoured(svg, grid.at(plane.terms[i].tap), i);
  return grid.frame().bottom();
}

Grid StampsPanel::operandGrid(const Point &at, int64_t rows, int64_t columns,
                              const Cell &center) const {
  Grid grid;
  grid.rows = windowOf({0, rows}, center.row, maxOperandCells);
  grid.columns = windowOf({0, columns}, center.column, maxOperandCells);
  grid.cell = cellSize(operandWidth, std::max(grid.rows.size(), grid.columns.size()));
  grid.origin = {at.x, at.y + 34};
  return grid;
}

/// The frames of the stamps, each a little smaller than the one before so that none
/// hides another.
void StampsPanel::drawStampFrames() {
  for (size_t i = 0; i < numStamps(); ++i) {
    Cell first = landing(plane.terms[i].input, {0, 0});
    Cell last = landing(plane.terms[i].input, {plane.dims[0].kernel - 1, plane.dims[1].kernel - 1});
    Rect rect = result.span({first.row, last.row + 1}, {first.column, last.column + 1});
    svg.rect(rect.inset(1.5 + 1.5 * static_cast<double>(i)), "frame " + colourOf(i));
  }
  for (size_t i = 0; i < numStamps(); ++i) {
    Cell first = landing(plane.terms[i].input, {0, 0});
    if (result.contains(first))
      drawCellBadge(svg, plane, result.at(first), i);
  }
}

/// Tints the cells that a stamp covers.
void StampsPanel::drawStampCells(size_t number) {
  Cell origin = landing(plane.terms[number].input, {0, 0});
  for (int64_t row = result.rows.begin; row < result.rows.end; ++row)
    for (int64_t column = result.columns.begin; column < result.columns.end; ++column)
      if (covers(plane.dims[0], row - origin.row) && covers(plane.dims[1], column - origin.column))
        svg.rect(result.at({row, column}), "fill " + colourOf(number));
}

/// The sides of y that are in the picture.
void StampsPanel::drawCrop() {
  Range rows{padding(0), padding(0) + plane.dims[0].output};
  Range columns{padding(1), padding(1) + plane.dims[1].output};
  Rect crop = result.span(rows, columns);
  if (rows.begin >= result.rows.begin)
    svg.line({crop.x, crop.y}, {crop.right(), crop.y}, "crop");
  if (rows.end <= result.rows.end)
    svg.line({crop.x, crop.bottom()}, {crop.right(), crop.bottom()}, "crop");
  if (columns.begin >= result.columns.begin)
    svg.line({crop.x, crop.y}, {crop.x, crop.bottom()}, "crop");
  if (columns.end <= result.columns.end)
    svg.line({crop.right(), crop.y}, {crop.right(), crop.bottom()}, "crop");
}

double StampsPanel::drawResult(const Point &at) {
  result.origin = {at.x, at.y + 34};
  svg.text({at.x, at.y + 12}, "full result; the dashed frame is y", "label strong");
  drawIndices(svg, result, {padding(0), padding(1)}, plane.hasRows());
  drawCells(svg, result, [&](const Cell &f) { return CellLook{isCut(f) ? "" : "cell", ""}; });
  for (size_t i = 0; i < numStamps(); ++i)
    drawStampCells(i);
  drawCells(svg, result, [&](const Cell &f) {
    if (isCut(f))
      return CellLook{"cut", ""};
    return CellLook{"", plane.y(toOutput(f), charactersIn(result.cell)),
                    toOutput(f) == plane.chosen ? "value strong" : "value"};
  });
  drawStampFrames();
  drawCrop();
  svg.rect(result.at({plane.chosen.row + padding(0), plane.chosen.column + padding(1)}), "chosen");
  return result.frame().bottom() + (plane.hasRows() ? 0 : badgeRoom);
}

/// One stamp by itself, its values in place and what padding cuts off hatched.
double StampsPanel::drawStamp(const Point &at, size_t number) {
  const PlaneTerm &term = plane.terms[number];
  Grid grid;
  grid.rows = windowOf({0, plane.dims[0].kernel}, term.tap.row, maxStampCells);
  grid.columns = windowOf({0, plane.dims[1].kernel}, term.tap.column, maxStampCells);
  grid.cell = std::min(22.0, cellSize(stampWidth - 8, grid.columns.size()));
  grid.origin = {at.x, at.y + 22};
  drawBadge(svg, {at.x + 7, at.y + 8}, number);
  svg.text({at.x + 19, at.y + 12}, plane.nameX(term.input) + "*w", "mono");
  drawCells(svg, grid, [&](const Cell &tap) {
    bool hit = tap == term.tap;
    return CellLook{isCut(landing(term.input, tap)) ? "cut" : "fill " + colourOf(number),
                    plane.product(term.input, tap, charactersIn(grid.cell)),
                    hit ? "value strong" : "value"};
  });
  svg.rect(grid.frame(), "frame " + colourOf(number));
  svg.rect(grid.at(term.tap), "chosen");
  return grid.frame().bottom();
}

double StampsPanel::drawStampsAlone(double top) {
  svg.text({stampLeft, top + 12},
           plane.terms.empty() ? "no stamp reaches the element" : "the stamps that meet there",
           "label strong");
  double bottom = top + 20;
  for (size_t i = 0; i < numStamps(); i += 2) {
    double rowTop = bottom + (i == 0 ? 4 : 14);
    for (size_t j = i; j < std::min(i + 2, numStamps()); ++j)
      bottom = std::max(
          bottom, drawStamp({stampLeft + stampWidth * static_cast<double>(j - i), rowTop}, j));
  }
  SumText sum = sumText(plane.layer, contributionsTo(plane.layer, plane.at, maxColoured));
  return drawLines(svg, {stampLeft, bottom + 24},
                   wrap(sum.element + " = " + numbersAndTotal(sum), 32), "mono strong", 16) -
         16;
}

/// What padding does in this layer.
std::string StampsPanel::paddingSentence() const {
  bool cuts = false, adds = false;
  for (const DimGeometry &dim : plane.dims) {
    cuts |= dim.attributes.paddingBegin > 0 || dim.attributes.paddingEnd > 0;
    adds |= dim.attributes.paddingBegin < 0 || dim.attributes.paddingEnd < 0;
  }
  if (!cuts && !adds)
    return " There is no padding, so nothing is cut off.";
  return std::string(
             cuts ? " Padding then cuts what is hatched off the full result; it adds nothing."
                  : "") +
         (adds ? " Negative padding adds elements around the full result." : "");
}

double StampsPanel::draw(double top) {
  std::string step = perDim(
      plane, [](const DimGeometry &dim) { return plural(dim.attributes.stride, "element"); });
  double y =
      drawHeading(svg, top, "1. Stamps that add up",
                  "Each element of x stamps a copy of w, scaled by it, at i*s - p: s = " + step +
                      " apart. Where stamps overlap they add up." + paddingSentence());
  if (plane.hasRows()) {
    double left = drawFilter({operandLeft, drawInput({operandLeft, y}) + 18});
    return std::max({left, drawResult({resultLeft, y}), drawStampsAlone(y)}) + 24;
  }
  double operands = std::max(drawInput({operandLeft, y}), drawFilter({resultLeft, y}));
  return drawResult({operandLeft, std::max(operands, drawStampsAlone(y)) + 16}) + 24;
}

void StampsPanel::note(std::vector<std::string> &notes) const {
  if (plane.terms.size() > maxColoured)
    notes.push_back("Of the " + std::to_string(plane.terms.size()) +
                    " terms in the picture the first " + std::to_string(maxColoured) +
                    " have colours and letters.");
  noteWindow(plane, result, {fullSize(plane.dims[0]), fullSize(plane.dims[1])}, "the full result",
             notes);
}

} // namespace

double explain::drawStamps(SvgWriter &svg, const Plane &plane, double top,
                           std::vector<std::string> &notes) {
  StampsPanel panel(svg, plane);
  panel.note(notes);
  return panel.draw(top);
}
