//===- Print.cpp - Tensors as NumPy prints them -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows _formatArray of numpy/core/arrayprint.py: brackets, line breaks and the
// elements that are left out.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/Print.h"

#include "FloatFormat.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace tconv {
namespace {

// NumPy's defaults.
constexpr int64_t threshold = 1000;
constexpr int64_t edgeItems = 3;
constexpr size_t lineWidth = 75;

using Formatter = std::function<std::string(int64_t linear)>;

/// Arranges the elements, given the text of each.
class ArrayLayout {
public:
  explicit ArrayLayout(const HostTensor &tensor);

  /// The positions of the elements that are shown, in C order.
  std::vector<int64_t> shown() const;
  std::string format(const Formatter &element) const;

private:
  bool summarizes(size_t axis) const { return summary && shape[axis] > 2 * edgeItems; }
  /// The index that is shown after `index`.
  int64_t next(size_t axis, int64_t index) const;
  void collect(size_t axis, int64_t base, std::vector<int64_t> &into) const;
  std::string formatAxis(size_t axis, int64_t base, const Formatter &element) const;
  std::string formatRow(int64_t base, const Formatter &element) const;

  const std::vector<int64_t> &shape;
  std::vector<int64_t> stride;
  bool summary;
};

ArrayLayout::ArrayLayout(const HostTensor &tensor)
    : shape(tensor.shape()), stride(tensor.shape().size(), 1),
      summary(tensor.numElements() > threshold) {
  for (size_t axis = shape.size(); axis-- > 1;)
    stride[axis - 1] = stride[axis] * shape[axis];
}

int64_t ArrayLayout::next(size_t axis, int64_t index) const {
  bool gap = summarizes(axis) && index + 1 == edgeItems;
  return gap ? shape[axis] - edgeItems : index + 1;
}

void ArrayLayout::collect(size_t axis, int64_t base, std::vector<int64_t> &into) const {
  if (axis == shape.size()) {
    into.push_back(base);
    return;
  }
  for (int64_t i = 0; i < shape[axis]; i = next(axis, i))
    collect(axis + 1, base + i * stride[axis], into);
}

std::vector<int64_t> ArrayLayout::shown() const {
  std::vector<int64_t> positions;
  collect(0, 0, positions);
  return positions;
}

std::string ArrayLayout::format(const Formatter &element) const {
  return formatAxis(0, 0, element);
}

/// Everything along `axis` and the axes behind it; the first line is not indented.
std::string ArrayLayout::formatAxis(size_t axis, int64_t base, const Formatter &element) const {
  if (axis + 1 == shape.size())
    return formatRow(base, element);
  std::string indent(axis + 1, ' ');
  std::string separator = std::string(shape.size() - axis - 1, '\n') + indent;
  std::string text = "[";
  for (int64_t i = 0; i < shape[axis]; i = next(axis, i)) {
    if (i != 0)
      text += separator;
    text += formatAxis(axis + 1, base + i * stride[axis], element);
    if (next(axis, i) != i + 1)
      text += separator + "...";
  }
  return text + "]";
}

std::string ArrayLayout::formatRow(int64_t base, const Formatter &element) const {
  size_t axis = shape.size() - 1;
  std::string indent(shape.size(), ' ');
  // The closing brackets of all axes must fit too.
  size_t width = lineWidth - std::min(lineWidth, shape.size());
  std::string text, line = indent;
  auto append = [&](const std::string &word) {
    if (line.size() + word.size() > width && line.size() > indent.size()) {
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
      line = indent;
    }
    line += word;
  };
  for (int64_t i = 0; i < shape[axis]; i = next(axis, i)) {
    append(element(base + i * stride[axis]));
    if (next(axis, i) != i + 1) {
      line += " ";
      append("...");
    }
    if (next(axis, i) < shape[axis])
      line += " ";
  }
  text += line;
  return "[" + text.substr(indent.size()) + "]";
}

std::string padded(const std::string &text, size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string integerText(const HostTensor &tensor, int64_t linear) {
  int64_t value = tensor.intAt(linear);
  if (tensor.type() == ElementType::I1)
    return value ? "True" : "False";
  return std::to_string(value);
}

std::string formatIntegers(const HostTensor &tensor, const ArrayLayout &layout) {
  size_t width = tensor.type() == ElementType::I1 ? 5 : 0;
  for (int64_t i : layout.shown())
    width = std::max(width, integerText(tensor, i).size());
  return layout.format([&](int64_t i) { return padded(integerText(tensor, i), width); });
}

std::string formatFloats(const HostTensor &tensor, const ArrayLayout &layout, ElementType type) {
  std::vector<double> values;
  for (int64_t i : layout.shown())
    values.push_back(tensor.at(i));
  FloatFormat format(values, type);
  return layout.format([&](int64_t i) { return format.format(tensor.at(i)); });
}

} // namespace

std::string formatNumpy(const HostTensor &tensor) {
  if (tensor.numElements() == 0)
    return "[]";
  // NumPy has no bfloat16.
  bool brain = tensor.type() == ElementType::BF16;
  ElementType type = brain ? ElementType::F32 : tensor.type();
  if (tensor.rank() == 0)
    return isFloat(type) ? formatFloatScalar(tensor.at(0), type) : integerText(tensor, 0);
  ArrayLayout layout(tensor);
  return isFloat(type) ? formatFloats(tensor, layout, type) : formatIntegers(tensor, layout);
}

} // namespace tconv
