//===- Picture.h - Grids, badges and panels of the picture ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the three panels of the picture are drawn with. Coordinates are in pixels.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_PICTURE_H
#define TCONV_LIB_EXPLAIN_PICTURE_H

#include "Plane.h"
#include "tconv/Support/SvgWriter.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tconv::explain {

constexpr double pictureWidth = 800;
constexpr double margin = 24;
/// The width of a grid that has the whole picture to itself.
constexpr double wholeWidth = pictureWidth - 2 * margin - 16;
/// The room that badges below a cell need.
constexpr double badgeRoom = 18;

/// Cells of equal size.
struct Grid {
  Point origin;
  double cell = 0;
  Range rows, columns;

  double width() const { return cell * static_cast<double>(columns.size()); }
  double height() const { return cell * static_cast<double>(rows.size()); }
  Rect frame() const { return {origin.x, origin.y, width(), height()}; }
  Rect at(const Cell &cell) const {
    return span({cell.row, cell.row + 1}, {cell.column, cell.column + 1});
  }
  /// The part of a block of cells that is on the grid; empty if none is.
  Rect span(const Range &rows, const Range &columns) const;
  bool contains(const Cell &cell) const {
    return rows.contains(cell.row) && columns.contains(cell.column);
  }
};

/// The cell size with which `count` cells fill `space`, within bounds.
double cellSize(double space, int64_t count);

/// How a cell is drawn. `classes` may be empty.
struct CellLook {
  std::string classes;
  std::string text;
  std::string textClasses = "value";
};

/// Draws all cells of a grid.
void drawCells(SvgWriter &svg, const Grid &grid, const std::function<CellLook(const Cell &)> &look);
/// The look's text in the middle of a rectangle, as large as fits.
void drawFitted(SvgWriter &svg, const Rect &rect, const std::string &text,
                const std::string &classes);
/// Characters that fit into a cell at the smallest size of letters.
size_t charactersIn(double cell);

/// Indices along the upper and the left side; `offset` is what index 0 of y is called
/// in the grid's indices. The left side is left out for a single row of a 1-D layer.
void drawIndices(SvgWriter &svg, const Grid &grid, const Cell &offset, bool withRows);

/// The letter of the number-th coloured thing: "a", "b", ...
std::string letterOf(size_t number);
/// "c0" to "c5", the classes of that colour.
std::string colourOf(size_t number);
/// A letter on a coloured disc.
void drawBadge(SvgWriter &svg, const Point &center, size_t number);
/// The badge of a cell: at its corner or, in a 1-D picture, below it.
void drawCellBadge(SvgWriter &svg, const Plane &plane, const Rect &cell, size_t number);
/// Marks a cell as belonging to a coloured term.
void drawColoured(SvgWriter &svg, const Rect &cell, size_t number);

/// "20 of 198 rows and 20 of 198 columns of y are drawn."; nothing if all are.
void noteWindow(const Plane &plane, const Grid &grid, const int64_t (&all)[2],
                const std::string &what, std::vector<std::string> &notes);
/// "1 row" and so on where the dimensions differ: `text` of each, once if equal.
std::string perDim(const Plane &plane, const std::function<std::string(const DimGeometry &)> &text);

/// The lines of a text of at most `width` characters each, broken at blanks.
std::vector<std::string> wrap(const std::string &text, size_t width);
/// Writes lines below each other, the first at `at`; returns where the next would be.
double drawLines(SvgWriter &svg, const Point &at, const std::vector<std::string> &lines,
                 const std::string &classes, double lineHeight);

/// A panel's heading and its sentence; returns where the panel's drawing begins.
double drawHeading(SvgWriter &svg, double top, const std::string &title,
                   const std::string &caption);

/// The number of terms that are drawn, each in its colour.
constexpr size_t maxColoured = 6;
/// The number of the coloured term that reads `input`; -1 if none does.
int termAtInput(const Plane &plane, const Cell &input);
int termAtTap(const Plane &plane, const Cell &tap);

/// \name The panels
/// Each draws from `top` on, says in `notes` what it leaves out, and returns where it
/// ends.
/// @{
double drawStamps(SvgWriter &svg, const Plane &plane, double top, std::vector<std::string> &notes);
double drawZeroInsertion(SvgWriter &svg, const Plane &plane, double top,
                         std::vector<std::string> &notes);
double drawPhases(SvgWriter &svg, const Plane &plane, double top, std::vector<std::string> &notes);
/// @}

/// The style sheet and the patterns.
std::string pictureStyle();
std::string picturePatterns();

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_PICTURE_H
