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

std::string rangeText(const Range &range) {
  return "{" + member("lo", std::to_string(range.begin)) + ", " +
         member("hi", std::to_string(range.end)) + "}";
}

std::string rangesText(const std::vector<Range> &ranges) {
  return array(static_cast<int64_t>(ranges.size()),
               [&](int64_t i) { return rangeText(ranges[i]); });
}

std::string heldText(const Excerpt &excerpt) {
  if (excerpt.isWhole)
    return "null";
  return "{" + member("batch", rangeText(excerpt.batch)) + ", " +
         member("inputChannels", rangeText(excerpt.inputChannels)) + ", " +
         member("outputChannels", rangeText(excerpt.outputChannels)) + ", " +
         member("input", rangesText(excerpt.input)) + ", " +
         member("kernel", rangesText(excerpt.kernel)) + "}";
}

/// The indices that stand at `linear` in C order.
Position positionOf(int64_t linear, const std::vector<Range> &ranges) {
  Position position(ranges.size());
  for (size_t dim = ranges.size(); dim-- > 0;) {
    position[dim] = ranges[dim].begin + linear % ranges[dim].size();
    linear /= ranges[dim].size();
  }
  return position;
}

int64_t volume(const std::vector<Range> &ranges) {
  int64_t product = 1;
  for (const Range &range : ranges)
    product *= range.size();
  return product;
}

std::string inputText(const Layer &layer, const Excerpt &excerpt) {
  const int64_t size = volume(excerpt.input), channels = excerpt.inputChannels.size();
  return array(excerpt.batch.size() * channels * size, [&](int64_t i) -> std::string {
    if (!layer.hasValues())
      return "1";
    ElementIndex index{excerpt.batch.begin + i / size / channels,
                       excerpt.inputChannels.begin + i / size % channels,
                       positionOf(i % size, excerpt.input)};
    return number(layer.inputAt(index), layer.input.type());
  });
}

std::string filterText(const Layer &layer, const Excerpt &excerpt) {
  const int64_t size = volume(excerpt.kernel), outputs = excerpt.filterOutputs.size();
  return array(excerpt.inputChannels.size() * outputs * size, [&](int64_t i) {
    if (!layer.hasValues())
      return std::to_string(i + 1);
    // filterAt counts the output channel modulo the channels of a group.
    return number(layer.filterAt(excerpt.inputChannels.begin + i / size / outputs,
                                 excerpt.filterOutputs.begin + i / size % outputs,
                                 positionOf(i % size, excerpt.kernel)),
                  layer.filter.type());
  });
}

std::string biasText(const Layer &layer, const Excerpt &excerpt) {
  if (!layer.bias)
    return "null";
  return array(excerpt.outputChannels.size(), [&](int64_t i) {
    return number(layer.biasAt(excerpt.outputChannels.begin + i), layer.bias->type());
  });
}

constexpr char noValues[] =
    "the values, which are not known: here x is all ones and w counts from 1";

} // namespace

std::string tconv::layerJson(const Layer &layer, const ElementIndex &at, std::string_view title) {
  const Geometry &g = layer.geometry;
  Excerpt excerpt = excerptFor(g, at);
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
  add("held", heldText(excerpt));
  add("x", inputText(layer, excerpt));
  add("w", filterText(layer, excerpt));
  add("bias", biasText(layer, excerpt));
  add("title", quote(title));
  add("omitted", layer.hasValues() ? "null" : quote(noValues));
  std::vector<int64_t> index{at.batch, at.channel};
  index.insert(index.end(), at.position.begin(), at.position.end());
  add("at", "[" + joinNumbers(index, ", ") + "]");
  return text + "}";
}
