//===- ParseElement.cpp - Indices written as text -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The index of an output element as it is given on a command line.
//
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "tconv/Explain/Describe.h"

#include <charconv>
#include <optional>

using namespace tconv;
using namespace tconv::explain;

/// The numbers between commas, blanks around them allowed.
static std::optional<std::vector<int64_t>> parseNumbers(std::string_view text) {
  std::vector<int64_t> numbers;
  auto skipBlanks = [&] {
    while (text.starts_with(' '))
      text.remove_prefix(1);
  };
  while (true) {
    skipBlanks();
    std::from_chars_result end =
        std::from_chars(text.data(), text.data() + text.size(), numbers.emplace_back());
    if (end.ec != std::errc())
      return std::nullopt;
    text.remove_prefix(end.ptr - text.data());
    skipBlanks();
    if (text.empty())
      return numbers;
    if (!text.starts_with(','))
      return std::nullopt;
    text.remove_prefix(1);
  }
}

static Status checkIndex(const std::string &name, int64_t index, int64_t size) {
  if (index < 0 || index >= size)
    return Error{"expected 0 <= " + name + " < " + std::to_string(size) + ", got " +
                 std::to_string(index)};
  return success();
}

static Status checkElement(const ElementIndex &element, const Layer &layer) {
  if (Status status = checkIndex("batch", element.batch, layer.geometry.batch); !status)
    return status;
  if (Status status = checkIndex("channel", element.channel, layer.geometry.outputChannels);
      !status)
    return status;
  const int64_t dims = layer.numSpatialDims();
  for (int64_t dim = 0; dim < dims; ++dim)
    if (Status status =
            checkIndex(dimName(dim, dims), element.position[dim], layer.geometry.dims[dim].output);
        !status)
      return status;
  return success();
}

Result<ElementIndex> tconv::parseElement(std::string_view text, const Layer &layer) {
  const auto dims = static_cast<size_t>(layer.numSpatialDims());
  std::optional<std::vector<int64_t>> numbers = parseNumbers(text);
  if (!numbers || (numbers->size() != dims && numbers->size() != dims + 2))
    return Error{"expected " + std::to_string(dims) +
                 (dims == 1 ? " spatial index" : " spatial indices") +
                 " of an output element, or batch, channel and these, separated by commas, got '" +
                 std::string(text) + "'"};
  ElementIndex element;
  element.position.assign(numbers->end() - static_cast<std::ptrdiff_t>(dims), numbers->end());
  if (numbers->size() > dims) {
    element.batch = (*numbers)[0];
    element.channel = (*numbers)[1];
  }
  if (Status status = checkElement(element, layer); !status)
    return status.error();
  return element;
}
