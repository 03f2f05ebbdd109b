//===- ReadConvention.cpp - A layer in the words of another system --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each system's words for a layer (NAME=VALUE) are asked for by name, with the system's
// defaults and what it means by them; words that are left over are errors. What comes out
// is a layer in this project's terms.
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Conventions.h"

#include <algorithm>
#include <charconv>
#include <map>

using namespace tconv;

namespace {

using Numbers = std::vector<int64_t>;

constexpr int64_t limit = int64_t(1) << 31; // so that no formula overflows

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0)
      parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// The words of one layer; each is asked for once, and what is left over is an error.
class Words {
public:
  static Result<Words> of(std::string_view text) {
    Words words;
    for (std::string_view word : split(text, ' ')) {
      const size_t equals = word.find('=');
      if (equals == 0 || equals == std::string_view::npos)
        return Error{"expected NAME=VALUE, got '" + std::string(word) + "'"};
      std::string name(word.substr(0, equals));
      if (!words.values.emplace(name, word.substr(equals + 1)).second)
        return Error{"expected " + name + " once, got it twice"};
    }
    return words;
  }

  std::string text(const std::string &name, const std::string &otherwise) {
    std::string value = values.count(name) ? values[name] : otherwise;
    values.erase(name);
    return value;
  }

  /// Numbers from `least` on, `count` of them; one stands for all. Without the word `otherwise`,
  /// as often; or nothing at all if `count` is 0 and the word is missing.
  Numbers numbers(const std::string &name, size_t count, int64_t least, int64_t otherwise) {
    if (!values.count(name))
      return Numbers(count, otherwise);
    Numbers result;
    for (std::string_view part : split(values[name], ',')) {
      int64_t number = 0;
      auto [end, code] = std::from_chars(part.data(), part.data() + part.size(), number);
      if (code != std::errc() || end != part.data() + part.size() || number < least ||
          number >= limit)
        fail("expected numbers of " + name + " from " + std::to_string(least) + " to 2^31, got '" +
             std::string(part) + "'");
      result.push_back(number);
    }
    values.erase(name);
    if (count && result.size() == 1)
      result.resize(count, result.front());
    if (result.empty() || (count && result.size() != count))
      fail("expected " + (count ? std::to_string(count) : std::string("at least 1")) +
           " numbers of " + name + ", got " + std::to_string(result.size()));
    return count && !error.empty() ? Numbers(count, otherwise) : result;
  }

  void fail(const std::string &message) {
    if (error.empty())
      error = message;
  }

  bool has(const std::string &name) const { return values.count(name); }
  std::string leftOver() const { return values.empty() ? "" : values.begin()->first; }

  std::string error; // the first one

private:
  std::map<std::string, std::string> values;
};

/// A layer of the kernel that a word gives.
ConventionLayer begin(Words &words, const std::string &kernelName) {
  ConventionLayer layer;
  layer.kernel = words.numbers(kernelName, 0, 1, 1);
  if (layer.kernel.empty() || layer.kernel.size() > 3)
    words.fail("expected " + kernelName + " of 1, 2 or 3 numbers, got " +
               std::to_string(layer.kernel.size()));
  layer.dims.resize(std::min<size_t>(layer.kernel.size(), 3));
  layer.kernel.resize(layer.dims.size());
  if (words.has("input"))
    layer.input = words.numbers("input", layer.dims.size(), 1, 1);
  return layer;
}

void setStrides(Words &words, ConventionLayer &layer, const std::string &stride,
                const std::string &dilation) {
  const size_t count = layer.dims.size();
  Numbers strides = words.numbers(stride, count, 1, 1);
  Numbers dilations = dilation.empty() ? Numbers(count, 1) : words.numbers(dilation, count, 1, 1);
  for (size_t dim = 0; dim < count; ++dim) {
    layer.dims[dim].stride = strides[dim];
    layer.dims[dim].dilation = dilations[dim];
  }
}

void setOutputPadding(Words &words, ConventionLayer &layer) {
  Numbers numbers = words.numbers("output_padding", layer.dims.size(), 0, 0);
  for (size_t dim = 0; dim < numbers.size(); ++dim) {
    layer.dims[dim].outputPadding = numbers[dim];
    const int64_t below = std::max(layer.dims[dim].stride, layer.dims[dim].dilation);
    if (numbers[dim] >= below)
      words.fail("expected an output_padding below " + std::to_string(below) +
                 ", the larger of stride and dilation, got " + std::to_string(numbers[dim]));
  }
}

void setGroups(Words &words, ConventionLayer &layer, const std::string &name) {
  layer.groups = words.numbers(name, 1, 1, 1).front();
}

/// What is cut off so that a size comes out, or sizes times the stride; ONNX and TensorFlow.
int64_t totalPadding(Words &words, const ConventionLayer &layer, size_t dim, int64_t size) {
  const DimAttributes &attributes = layer.dims[dim];
  if (size == 0)
    return attributes.dilation * (layer.kernel[dim] - 1) + 1 + attributes.outputPadding -
           attributes.stride;
  if (layer.input.empty()) {
    words.fail("expected input=I,... beside output_shape");
    return 0;
  }
  return outputSize<int64_t>(layer.input[dim], layer.kernel[dim], attributes) - size;
}

void readPyTorch(Words &words, ConventionLayer &layer) {
  setStrides(words, layer, "stride", "dilation");
  setOutputPadding(words, layer);
  setGroups(words, layer, "groups");
  Numbers padding = words.numbers("padding", layer.dims.size(), 0, 0);
  for (size_t dim = 0; dim < padding.size(); ++dim)
    layer.dims[dim].paddingBegin = layer.dims[dim].paddingEnd = padding[dim];
}

void readOnnx(Words &words, ConventionLayer &layer) {
  const size_t count = layer.dims.size();
  setStrides(words, layer, "strides", "dilations");
  setOutputPadding(words, layer);
  setGroups(words, layer, "group");
  std::string mode = words.text("auto_pad", "NOTSET");
  const bool same = mode == "SAME_UPPER" || mode == "SAME_LOWER";
  if (!same && mode != "NOTSET" && mode != "VALID")
    words.fail("expected an auto_pad of NOTSET, VALID, SAME_UPPER or SAME_LOWER, got '" + mode +
               "'");
  const bool hasShape = words.has("output_shape");
  Numbers shape = words.numbers("output_shape", count, 1, 0);
  Numbers pads = words.numbers("pads", 2 * count, -limit, 0);
  for (size_t dim = 0; dim < count; ++dim) {
    DimAttributes &attributes = layer.dims[dim];
    if (!same && !hasShape) {
      attributes.paddingBegin = mode == "VALID" ? 0 : pads[dim];
      attributes.paddingEnd = mode == "VALID" ? 0 : pads[count + dim];
      continue;
    }
    const int64_t total = totalPadding(words, layer, dim, shape[dim]);
    const int64_t cut = std::max<int64_t>(total, 0);
    attributes.paddingBegin = mode == "SAME_UPPER" ? cut / 2 : cut - cut / 2;
    attributes.paddingEnd = total - attributes.paddingBegin;
  }
}

void readTosa(Words &words, ConventionLayer &layer) {
  if (layer.dims.size() != 2)
    words.fail("expected a kernel of 2 numbers, got " + std::to_string(layer.dims.size()));
  setStrides(words, layer, "stride", "");
  Numbers added = words.numbers("out_pad", 2 * layer.dims.size(), -limit, 0);
  for (size_t dim = 0; dim < layer.dims.size(); ++dim) {
    layer.dims[dim].paddingBegin = -added[2 * dim];
    layer.dims[dim].paddingEnd = -added[2 * dim + 1];
  }
}

void readTensorFlow(Words &words, ConventionLayer &layer) {
  setStrides(words, layer, "strides", "dilations");
  std::string mode = words.text("padding", "VALID");
  if (mode != "SAME" && mode != "VALID")
    words.fail("expected a padding of SAME or VALID, got '" + mode + "'");
  const bool hasShape = words.has("output_shape");
  Numbers shape = words.numbers("output_shape", layer.dims.size(), 1, 0);
  for (size_t dim = 0; dim < layer.dims.size(); ++dim) {
    DimAttributes &attributes = layer.dims[dim];
    if (!hasShape && mode == "VALID")
      continue;
    const int64_t total = totalPadding(words, layer, dim, shape[dim]);
    attributes.paddingBegin = mode == "SAME" ? std::max<int64_t>(total, 0) / 2 : 0;
    attributes.paddingEnd = total - attributes.paddingBegin;
  }
}

void readStablehlo(Words &words, ConventionLayer &layer) {
  setStrides(words, layer, "lhs_dilation", "rhs_dilation");
  setGroups(words, layer, "feature_group_count");
  for (int64_t stride : words.numbers("window_strides", layer.dims.size(), 1, 1))
    if (stride != 1)
      words.fail("expected window_strides of 1, got " + std::to_string(stride) +
                 ": with others it is no transposed convolution");
  Numbers padding = words.numbers("padding", 2 * layer.dims.size(), -limit, 0);
  for (size_t dim = 0; dim < layer.dims.size(); ++dim) {
    const int64_t reach = layer.dims[dim].dilation * (layer.kernel[dim] - 1);
    layer.dims[dim].paddingBegin = reach - padding[2 * dim];
    layer.dims[dim].paddingEnd = reach - padding[2 * dim + 1];
  }
}

/// A convention's name, the word for its kernel, and what reads the rest.
struct Convention {
  std::string_view name;
  const char *kernel;
  void (*read)(Words &, ConventionLayer &);
};

constexpr Convention conventions[] = {{"pytorch", "kernel_size", readPyTorch},
                                      {"onnx", "kernel_shape", readOnnx},
                                      {"tosa", "kernel", readTosa},
                                      {"tensorflow", "kernel", readTensorFlow},
                                      {"stablehlo", "kernel", readStablehlo}};

} // namespace

Result<ConventionLayer> tconv::readConvention(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(first);
  const std::string_view name = text.substr(0, text.find(' '));
  const auto *convention = std::find_if(std::begin(conventions), std::end(conventions),
                                        [&](auto &entry) { return entry.name == name; });
  if (convention == std::end(conventions))
    return Error{"expected pytorch, onnx, tosa, tensorflow or stablehlo, and words of it, got '" +
                 std::string(name) + "'"};
  Result<Words> words = Words::of(text.substr(name.size()));
  if (!words)
    return words.error();
  ConventionLayer layer = begin(*words, convention->kernel);
  if (words->error.empty())
    convention->read(*words, layer);
  if (words->error.empty() && !words->leftOver().empty())
    return Error{"expected words of " + std::string(name) + ", got '" + words->leftOver() + "'"};
  if (!words->error.empty())
    return Error{words->error};
  return layer;
}
