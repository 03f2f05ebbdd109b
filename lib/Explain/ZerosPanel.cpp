//===- ZerosPanel.cpp - The second panel: zero insertion ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The zero-inserted and padded input with the window of the chosen element, and the
// flipped kernel that lies on it.
//
//===----------------------------------------------------------------------===//

#include "Picture.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr int64_t maxPaddedCells = 22;
constexpr int64_t maxKernelCells = 10;
constexpr double paddedWidth = 330, paddedLeft = margin + 16;
constexpr double kernelWidth = 150;

class ZerosPanel {
public:
  ZerosPanel(SvgWriter &svg, const Plane &plane) : svg(svg), plane(plane) { layOut(); }

  double draw(double top);
  void note(std::vector<std::string> &notes) const;

private:
  void layOut();
  double drawPadded(double top);
  void drawTaps();
  double drawKernel(double top);
  double drawProducts(double top);
  std::vector<std::string> productCounts() const;

  int64_t halo(int dim) const {
    return plane.dims[dim].attributes.dilation * (plane.dims[dim].kernel - 1);
  }
  CellLook look(const Cell &cell) const;
  Cell flipped(const Cell &tap) const {
    return {plane.dims[0].kernel - 1 - tap.row, plane.dims[1].kernel - 1 - tap.column};
  }
  size_t numTerms() const { return std::min(plane.terms.size(), maxColoured); }

  SvgWriter &svg;
  const Plane &plane;
  Grid padded;
  /// Where the flipped kernel and the products are: beside the grid or below it.
  double kernelLeft = 440;
};

void ZerosPanel::layOut() {
  Range *ranges[] = {&padded.rows, &padded.columns};
  const int64_t chosen[] = {plane.chosen.row, plane.chosen.column};
  for (int i = 0; i < 2; ++i)
    *ranges[i] = windowOf({0, plane.dims[i].insertion().paddedSize}, chosen[i] + halo(i) / 2,
                          maxPaddedCells);
  padded.cell = cellSize(plane.hasRows() ? paddedWidth : wholeWidth,
                         std::max(padded.rows.size(), padded.columns.size()));
}

/// An element of x, an inserted zero or a padded one.
CellLook ZerosPanel::look(const Cell &cell) const {
  Cell input;
  bool inserted = false;
  const int64_t index[] = {cell.row, cell.column};
  int64_t *parts[] = {&input.row, &input.column};
  for (int i = 0; i < 2; ++i) {
    const DimGeometry &dim = plane.dims[i];
    int64_t position = index[i] - zeroFront(dim);
    if (position < 0 || position > (dim.input - 1) * dim.attributes.stride)
      return {"pad", ""};
    inserted |= position % dim.attributes.stride != 0;
    *parts[i] = position / dim.attributes.stride;
  }
  if (inserted)
    return {"cell", padded.cell >= 15 ? "0" : "", "faint"};
  return {"real", plane.x(input, charactersIn(padded.cell))};
}

/// Where the taps of a dilated kernel lie within its window.
void ZerosPanel::drawTaps() {
  if (plane.dims[0].attributes.dilation == 1 && plane.dims[1].attributes.dilation == 1)
    return;
  auto isTap = [](const DimGeometry &dim, int64_t offset) {
    return offset >= 0 && offset % dim.attributes.dilation == 0 &&
           offset / dim.attributes.dilation < dim.kernel;
  };
  for (int64_t row = padded.rows.begin; row < padded.rows.end; ++row)
    for (int64_t column = padded.columns.begin; column < padded.columns.end; ++column)
      if (isTap(plane.dims[0], row - plane.chosen.row) &&
          isTap(plane.dims[1], column - plane.chosen.column))
        svg.rect(padded.at({row, column}).inset(1.5), "tap");
}

double ZerosPanel::drawPadded(double top) {
  padded.origin = {paddedLeft, top + 34};
  svg.text({paddedLeft, top + 12}, "x with zeros inserted, then padded", "label strong");
  drawIndices(svg, padded, {0, 0}, plane.hasRows());
  drawCells(svg, padded, [&](const Cell &cell) { return look(cell); });
  for (size_t i = 0; i < numTerms(); ++i) {
    auto place = [&](int dim, int64_t index) {
      return zeroFront(plane.dims[dim]) + index * plane.dims[dim].attributes.stride;
    };
    Cell cell{place(0, plane.terms[i].input.row), place(1, plane.terms[i].input.column)};
    if (!padded.contains(cell))
      continue;
    drawColoured(svg, padded.at(cell), i);
    drawCellBadge(svg, plane, padded.at(cell), i);
  }
  drawTaps();
  svg.rect(padded.span({plane.chosen.row, plane.chosen.row + halo(0) + 1},
                       {plane.chosen.column, plane.chosen.column + halo(1) + 1}),
           "window");
  return padded.frame().bottom() + (plane.hasRows() ? 0 : badgeRoom);
}

double ZerosPanel::drawKernel(double top) {
  Cell center = flipped(plane.terms.empty() ? Cell{0, 0} : plane.terms.front().tap);
  Grid grid;
  grid.rows = windowOf({0, plane.dims[0].kernel}, center.row, maxKernelCells);
  grid.columns = windowOf({0, plane.dims[1].kernel}, center.column, maxKernelCells);
  grid.cell = cellSize(kernelWidth, std::max(grid.rows.size(), grid.columns.size()));
  grid.origin = {kernelLeft, top + 24};
  svg.text({kernelLeft, top + 12}, "flipped kernel under the window", "label strong");
  drawCells(svg, grid, [&](const Cell &cell) {
    bool used = termAtTap(plane, flipped(cell)) >= 0;
    return CellLook{"cell", plane.w(flipped(cell), charactersIn(grid.cell)),
                    used ? "value strong" : "faint value"};
  });
  for (size_t i = 0; i < numTerms(); ++i) {
    Cell cell = flipped(plane.terms[i].tap);
    if (grid.contains(cell))
      drawColoured(svg, grid.at(cell), i);
  }
  svg.rect(grid.frame(), "window");
  return grid.frame().bottom();
}

std::vector<std::string> ZerosPanel::productCounts() const {
  ProductCounts counts = countProducts(plane.layer.geometry, plane.at.position);
  return {formatCount(counts.all()) + (counts.all() == 1 ? " product: " : " products: ") +
              formatCount(counts.real) + " with elements of x,",
          formatCount(counts.inserted) + " with inserted and " + formatCount(counts.padded) +
              " with padded zeros"};
}

double ZerosPanel::drawProducts(double top) {
  double y = top + 26;
  for (size_t i = 0; i < numTerms(); ++i, y += 20) {
    const PlaneTerm &term = plane.terms[i];
    std::string text = plane.nameX(term.input) + "*" + plane.nameW(term.tap);
    if (plane.layer.hasValues())
      text += " = " + productText(plane.layer, plane.term(term));
    drawBadge(svg, {kernelLeft + 7, y - 4}, i);
    svg.text({kernelLeft + 20, y}, text, "mono");
  }
  return drawLines(svg, {kernelLeft, y + 2}, productCounts(), "label", 17) - 17;
}

double ZerosPanel::draw(double top) {
  auto zeros = [](const DimGeometry &dim) { return std::to_string(dim.attributes.stride - 1); };
  auto front = [](const DimGeometry &dim) {
    return std::to_string(dim.attributes.dilation) + "*(" + std::to_string(dim.kernel) +
           " - 1) - " + std::to_string(dim.attributes.paddingBegin) + " = " +
           std::to_string(zeroFront(dim));
  };
  bool crops = zeroFront(plane.dims[0]) < 0 || zeroFront(plane.dims[1]) < 0;
  double y = drawHeading(
      svg, top, "2. Zero insertion",
      "Put s - 1 = " + perDim(plane, zeros) +
          " zeros between the elements of x and pad it in front by d*(K - 1) - p = " +
          perDim(plane, front) + (crops ? " (negative: crop)" : "") +
          ", not by p. An ordinary convolution with the flipped kernel, step 1, then gives y.");
  if (plane.hasRows())
    return std::max(drawPadded(y), drawProducts(drawKernel(y))) + 24;
  kernelLeft = paddedLeft;
  return drawProducts(drawKernel(drawPadded(y) + 16)) + 24;
}

void ZerosPanel::note(std::vector<std::string> &notes) const {
  noteWindow(plane, padded,
             {plane.dims[0].insertion().paddedSize, plane.dims[1].insertion().paddedSize},
             "the zero-inserted and padded input", notes);
}

} // namespace

double explain::drawZeroInsertion(SvgWriter &svg, const Plane &plane, double top,
                                  std::vector<std::string> &notes) {
  ZerosPanel panel(svg, plane);
  panel.note(notes);
  return panel.draw(top);
}
