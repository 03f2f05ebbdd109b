//===- SvgWriter.h - Elements of an SVG document ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes well-formed SVG: escapes text, closes what it opens and writes coordinates
// with at most two decimals, so that the same picture is the same text everywhere.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_SVGWRITER_H
#define TCONV_SUPPORT_SVGWRITER_H

#include <string>
#include <string_view>
#include <vector>

namespace tconv {

struct Point {
  double x = 0;
  double y = 0;
};

struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Rect inset(double by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
};

enum class Anchor { Start, Middle, End };

class SvgWriter {
public:
  /// A part of a picture, to be put into another one.
  SvgWriter() = default;
  /// A picture of that size, described for those who cannot see it.
  SvgWriter(double width, double height, std::string_view title, std::string_view description,
            std::string_view style);

  void rect(const Rect &rect, std::string_view classes, double radius = 0);
  void circle(const Point &center, double radius, std::string_view classes);
  void line(const Point &from, const Point &to, std::string_view classes);
  /// `size` in pixels; 0 leaves it to the class.
  void text(const Point &at, std::string_view text, std::string_view classes,
            Anchor anchor = Anchor::Start, double size = 0);
  void open(std::string_view classes);
  void close();
  /// Appends what another writer has drawn, or markup such as patterns.
  void raw(std::string_view markup) { document += markup; }

  /// What was written, closed if it is a picture.
  std::string finish() &&;

private:
  void attribute(std::string_view name, double value);
  void attribute(std::string_view name, std::string_view value);

  std::string document;
  bool isPicture = false;
  int groups = 0;
};

} // namespace tconv

#endif // TCONV_SUPPORT_SVGWRITER_H
