//===- LayerJson.cpp - A layer as JSON ------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sizes and values that the page computes with.
//
//===----------------------------------------------------------------------===//

#include "Excerpt.h"
#include "Format.h"
#include "tconv/Explain/Page.h"

#include <cmath>
#include <functional>

using namespace tconv;
using namespace tconv::explain;

namespace {

std::string quote(std::string_view text) {
  const char *const hex = "0123456789abcdef";
  std::string quoted = "\"";
  for (char c : text) {
    auto code = static_cast<unsigned char>(c);
    // A script element ends at "</", whatever is around it.
    if (code < ' ' || c == '<')
      quoted.append("\\u00").append(1, hex[code >> 4]).append(1, hex[code & 15]);
    else if (c == '"' || c == '\\')
      quoted.append(1, '\\').append(1, c);
    else
      quoted += c;
  }
  return quoted + "\"";
}

std::string number(double value, ElementType type) {
  std::string text = formatNumber(value, type);
  return std::isfinite(value) && text.find('i') == std::string::npos ? text : quote(text);
}

std::string member(const char *name, const std::string &value) {
  return std::string("\"") + name + "\": " + value;
}

/// `text(i)` for i in [0, count), separated by commas, in brackets.
std::string array(int64_t count, const std::function<std::string(int64_t)> &text) {
  std::string list = "[";
  for (int64_t i = 0; i < count; ++i)
    list += (i ? ", " : "") + text(i);
  return list + "]";
}

std::string dimText(const DimGeometry &dim) {
  const DimAttributes &a = dim.attributes;
  auto field = [](const char *name, int64_t value) { return member(name, std::to_string(value)); };
  return "{" + field("input", dim.input) + ", " + field("kernel", dim.kernel) + ", " +
         field("stride", a.stride) + ", " + field("paddingBegin", a.paddingBegin) + ", " +
         field("paddingEnd", a.paddingEnd) + ", " + field("dilation", a.dilation) + ", " +
         field("outputPadding", a.outputPadding) + "}";
}

/// The indices of a position in C order, counted from `first`.
Position positionOf(int64_t linear, const Geometry &geometry, int64_t DimGeometry::*size,
                    const Position &first) {
  Position position(geometry.dims.size());
  for (size_t dim = geometry.dims.size(); dim-- > 0;) {
    position[dim] = first[dim] + linear % (geometry.dims[dim].*size);
    linear /= geometry.dims[dim].*size;
  }
  return position;
}

int64_t volume(const Geometry &geometry, int64_t DimGeometry::*size) {
  int64_t product = 1;
  for (const DimGeometry &dim : geometry.dims)
    product *= dim.*size;
  return product;
}

std::string inputText(const Layer &layer, const Excerpt &excerpt) {
  const Geometry &g = excerpt.geometry;
  const int64_t size = volume(g, &DimGeometry::input);
  return array(g.batch * g.inputChannels * size, [&](int64_t i) -> std::string {
    if (!layer.hasValues())
      return "1";
    ElementIndex index{excerpt.firstBatch + i / size / g.inputChannels,
                       excerpt.firstInputChannel + i / size % g.inputChannels,
                       positionOf(i % size, g, &DimGeometry::input, excerpt.firstInput)};
    return number(layer.inputAt(index), layer.input.type());
  });
}

std::string filterText(const Layer &layer, const Excerpt &excerpt) {
  const Geometry &g = excerpt.geometry;
  const int64_t size = volume(g, &DimGeometry::kernel);
  const int64_t outputs = g.outputChannels / g.groups;
  const Position origin(g.dims.size(), 0);
  return array(g.inputChannels * outputs * size, [&](int64_t i) {
    if (!layer.hasValues())
      return std::to_string(i + 1);
    // filterAt counts the output channel modulo the channels of a group.
    return number(layer.filterAt(excerpt.firstInputChannel + i / size / outputs,
                                 excerpt.firstOutputChannel + i / size % outputs,
                                 positionOf(i % size, g, &DimGeometry::kernel, origin)),
                  layer.filter.type());
  });
}

std::string biasText(const Layer &layer, const Excerpt &excerpt) {
  if (!layer.bias)
    return "null";
  return array(excerpt.geometry.outputChannels, [&](int64_t i) {
    return number(layer.biasAt(excerpt.firstOutputChannel + i), layer.bias->type());
  });
}

std::string omittedText(const Layer &layer, const Excerpt &excerpt) {
  std::string text = excerpt.omitted;
  if (!layer.hasValues())
    text += std::string(text.empty() ? "" : "; ") +
            "the values, which are not known: here x is all ones and w counts from 1";
  return text.empty() ? "null" : quote(text);
}

} // namespace

std::string tconv::layerJson(const Layer &layer, const ElementIndex &at, std::string_view title) {
  Excerpt excerpt = excerptFor(layer, at);
  const Geometry &g = excerpt.geometry;
  std::string text = "{";
  auto add = [&](const char *name, const std::string &value) {
    text += (text.size() > 1 ? ",\n " : "") + member(name, value);
  };
  const auto dims = static_cast<int64_t>(g.dims.size());
  add("dims", array(dims, [&](int64_t dim) { return dimText(g.dims[dim]); }));
  add("batch", std::to_string(g.batch));
  add("inputChannels", std::to_string(g.inputChannels));
  add("outputChannels", std::to_string(g.outputChannels));
  add("groups", std::to_string(g.groups));
  add("x", inputText(layer, excerpt));
  add("w", filterText(layer, excerpt));
  add("bias", biasText(layer, excerpt));
  add("title", quote(title));
  add("omitted", omittedText(layer, excerpt));
  add("at", array(dims, [&](int64_t dim) { return std::to_string(excerpt.at.position[dim]); }));
  return text + "}";
}
