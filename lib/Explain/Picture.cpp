//===- Picture.cpp - Grids, badges and panels of the picture --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "Picture.h"

#include <algorithm>
#include <cmath>

using namespace tconv;
using namespace tconv::explain;

namespace {

/// The width of a letter relative to its size, for the numbers in cells.
constexpr double letterWidth = 0.63;
constexpr double smallestLetter = 8;
constexpr double largestLetter = 12;

} // namespace

Rect Grid::span(const Range &rowSpan, const Range &columnSpan) const {
  auto part = [](const Range &span, const Range &grid) {
    int64_t begin = std::clamp(span.begin, grid.begin, grid.end);
    return Range{begin - grid.begin, std::clamp(span.end, begin, grid.end) - grid.begin};
  };
  Range r = part(rowSpan, rows), c = part(columnSpan, columns);
  return {origin.x + cell * static_cast<double>(c.begin),
          origin.y + cell * static_cast<double>(r.begin), cell * static_cast<double>(c.size()),
          cell * static_cast<double>(r.size())};
}

double explain::cellSize(double space, int64_t count) {
  return std::clamp(std::floor(space / static_cast<double>(std::max<int64_t>(1, count))), 11.0,
                    24.0);
}

size_t explain::charactersIn(double cell) {
  return static_cast<size_t>((cell - 1) / (letterWidth * smallestLetter));
}

void explain::drawFitted(SvgWriter &svg, const Rect &rect, const std::string &text,
                         const std::string &classes) {
  if (text.empty())
    return;
  double size = std::clamp((rect.width - 4) / (letterWidth * static_cast<double>(text.size())),
                           smallestLetter, std::min(largestLetter, rect.height * 0.55));
  svg.text({rect.x + rect.width / 2, rect.y + rect.height / 2 + size * 0.36}, text, classes,
           Anchor::Middle, size);
}

void explain::drawCells(SvgWriter &svg, const Grid &grid,
                        const std::function<CellLook(const Cell &)> &look) {
  for (int64_t row = grid.rows.begin; row < grid.rows.end; ++row)
    for (int64_t column = grid.columns.begin; column < grid.columns.end; ++column) {
      Rect rect = grid.at({row, column});
      CellLook cell = look({row, column});
      if (!cell.classes.empty())
        svg.rect(rect, cell.classes);
      drawFitted(svg, rect, cell.text, cell.textClasses);
    }
}

void explain::drawIndices(SvgWriter &svg, const Grid &grid, const Cell &offset, bool withRows) {
  // Small cells have room for every other number, or every fourth.
  int64_t step = grid.cell >= 18 ? 1 : grid.cell >= 14 ? 2 : 4;
  if (grid.columns.end - offset.column > 999)
    step = std::max<int64_t>(step, 4);
  for (int64_t column = grid.columns.begin; column < grid.columns.end; ++column)
    if ((column - offset.column) % step == 0)
      svg.text({grid.at({0, column}).x + grid.cell / 2, grid.origin.y - 7},
               std::to_string(column - offset.column), "index", Anchor::Middle);
  for (int64_t row = grid.rows.begin; withRows && row < grid.rows.end; ++row)
    if ((row - offset.row) % std::min<int64_t>(step, 2) == 0)
      svg.text({grid.origin.x - 8, grid.at({row, 0}).y + grid.cell / 2 + 3.5},
               std::to_string(row - offset.row), "index", Anchor::End);
}

std::string explain::letterOf(size_t number) {
  return std::string(1, static_cast<char>('a' + number % 26));
}

std::string explain::colourOf(size_t number) { return "c" + std::to_string(number % maxColoured); }

void explain::drawBadge(SvgWriter &svg, const Point &center, size_t number) {
  svg.circle(center, 7, "badge " + colourOf(number));
  svg.text({center.x, center.y + 3.5}, letterOf(number), "letter", Anchor::Middle);
}

void explain::drawCellBadge(SvgWriter &svg, const Plane &plane, const Rect &cell, size_t number) {
  if (plane.hasRows())
    drawBadge(svg, {cell.x + 3, cell.y + 3}, number);
  else
    drawBadge(svg, {cell.x + cell.width / 2, cell.bottom() + 9}, number);
}

void explain::drawColoured(SvgWriter &svg, const Rect &cell, size_t number) {
  svg.rect(cell, "fill " + colourOf(number));
  svg.rect(cell.inset(1), "frame " + colourOf(number));
}

void explain::noteWindow(const Plane &plane, const Grid &grid, const int64_t (&all)[2],
                         const std::string &what, std::vector<std::string> &notes) {
  auto part = [](int64_t shown, int64_t of, const std::string &unit) {
    return std::to_string(shown) + " of " + std::to_string(of) + " " + unit;
  };
  if (grid.rows.size() >= all[0] && grid.columns.size() >= all[1])
    return;
  notes.push_back((plane.hasRows() ? part(grid.rows.size(), all[0], "rows") + " and " : "") +
                  part(grid.columns.size(), all[1], "columns") + " of " + what +
                  " are drawn, those around the chosen element.");
}

std::string explain::perDim(const Plane &plane,
                            const std::function<std::string(const DimGeometry &)> &text) {
  std::string rows = text(plane.dims[0]), columns = text(plane.dims[1]);
  if (!plane.hasRows() || rows == columns)
    return columns;
  return rows + " for rows, " + columns + " for columns";
}

std::vector<std::string> explain::wrap(const std::string &text, size_t width) {
  std::vector<std::string> lines;
  size_t begin = 0;
  while (text.size() - begin > width) {
    size_t blank = text.rfind(' ', begin + width);
    if (blank == std::string::npos || blank <= begin)
      blank = std::min(text.find(' ', begin), text.size());
    lines.push_back(text.substr(begin, blank - begin));
    begin = std::min(blank + 1, text.size());
  }
  if (begin < text.size())
    lines.push_back(text.substr(begin));
  return lines;
}

double explain::drawLines(SvgWriter &svg, const Point &at, const std::vector<std::string> &lines,
                          const std::string &classes, double lineHeight) {
  double y = at.y;
  for (const std::string &line : lines) {
    svg.text({at.x, y}, line, classes);
    y += lineHeight;
  }
  return y;
}

double explain::drawHeading(SvgWriter &svg, double top, const std::string &title,
                            const std::string &caption) {
  constexpr size_t captionWidth = 108;
  svg.line({margin, top}, {pictureWidth - margin, top}, "rule");
  svg.text({margin, top + 26}, title, "heading");
  return drawLines(svg, {margin, top + 46}, wrap(caption, captionWidth), "caption", 17) - 4;
}

int explain::termAtInput(const Plane &plane, const Cell &input) {
  for (size_t i = 0; i < std::min(plane.terms.size(), maxColoured); ++i)
    if (plane.terms[i].input == input)
      return static_cast<int>(i);
  return -1;
}

int explain::termAtTap(const Plane &plane, const Cell &tap) {
  for (size_t i = 0; i < std::min(plane.terms.size(), maxColoured); ++i)
    if (plane.terms[i].tap == tap)
      return static_cast<int>(i);
  return -1;
}
