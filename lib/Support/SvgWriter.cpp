//===- SvgWriter.cpp - Elements of an SVG document ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "tconv/Support/SvgWriter.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

using namespace tconv;

static std::string escape(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (static_cast<unsigned char>(c) >= ' ') // XML has no other control characters.
      escaped += c;
  }
  return escaped;
}

static std::string shortNumber(double value) {
  char buffer[32];
  double rounded = std::round(value * 100) / 100;
  std::to_chars_result end =
      std::to_chars(buffer, buffer + sizeof(buffer), rounded + 0.0, std::chars_format::fixed);
  return std::string(buffer, end.ptr);
}

SvgWriter::SvgWriter(double width, double height, std::string_view title,
                     std::string_view description, std::string_view style)
    : isPicture(true) {
  std::string w = shortNumber(width), h = shortNumber(height);
  document = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + w + " " + h +
             "\" width=\"" + w + "\" height=\"" + h +
             "\" role=\"img\" aria-labelledby=\"title description\">\n";
  document += "<title id=\"title\">" + escape(title) + "</title>\n";
  document += "<desc id=\"description\">" + escape(description) + "</desc>\n";
  document += "<style>" + escape(style) + "</style>\n";
}

void SvgWriter::attribute(std::string_view name, double value) {
  attribute(name, std::string_view(shortNumber(value)));
}

void SvgWriter::attribute(std::string_view name, std::string_view value) {
  document.append(" ").append(name).append("=\"").append(escape(value)).append("\"");
}

void SvgWriter::rect(const Rect &rect, std::string_view classes, double radius) {
  document += "<rect";
  attribute("x", rect.x);
  attribute("y", rect.y);
  attribute("width", std::max(0.0, rect.width));
  attribute("height", std::max(0.0, rect.height));
  if (radius > 0)
    attribute("rx", radius);
  attribute("class", classes);
  document += "/>\n";
}

void SvgWriter::circle(const Point &center, double radius, std::string_view classes) {
  document += "<circle";
  attribute("cx", center.x);
  attribute("cy", center.y);
  attribute("r", radius);
  attribute("class", classes);
  document += "/>\n";
}

void SvgWriter::line(const Point &from, const Point &to, std::string_view classes) {
  document += "<line";
  attribute("x1", from.x);
  attribute("y1", from.y);
  attribute("x2", to.x);
  attribute("y2", to.y);
  attribute("class", classes);
  document += "/>\n";
}

void SvgWriter::text(const Point &at, std::string_view text, std::string_view classes,
                     Anchor anchor, double size) {
  document += "<text";
  attribute("x", at.x);
  attribute("y", at.y);
  attribute("class", classes);
  if (anchor != Anchor::Start)
    attribute("text-anchor", anchor == Anchor::Middle ? "middle" : "end");
  if (size > 0)
    attribute("font-size", size);
  document += ">" + escape(text) + "</text>\n";
}

void SvgWriter::open(std::string_view classes) {
  document += "<g";
  attribute("class", classes);
  document += ">\n";
  ++groups;
}

void SvgWriter::close() {
  assert(groups > 0 && "no group to close");
  document += "</g>\n";
  --groups;
}

std::string SvgWriter::finish() && {
  assert(groups == 0 && "a group is still open");
  if (isPicture)
    document += "</svg>\n";
  return std::move(document);
}
