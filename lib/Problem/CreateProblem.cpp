//===- CreateProblem.cpp - Problems from descriptors ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks how the numbers of a descriptor fit together, and writes them back.
//
//===----------------------------------------------------------------------===//

#include "tconv/Problem/Descriptor.h"

#include <algorithm>

using namespace tconv;

static Status checkGroups(const ProblemDescriptor &layer) {
  if (layer.inputChannels % layer.groups != 0 || layer.outputChannels % layer.groups != 0)
    return Error{"expected a number of groups that divides the " +
                 std::to_string(layer.inputChannels) + " input and " +
                 std::to_string(layer.outputChannels) + " output channels, got " +
                 std::to_string(layer.groups)};
  return success();
}

static Status checkOutputPadding(const DimAttributes &dim) {
  int64_t end = std::max(dim.stride, dim.dilation);
  if (dim.outputPadding >= end)
    return Error{"expected an output padding from 0 to " + std::to_string(end - 1) +
                 " (below the larger of stride and dilation), got " +
                 std::to_string(dim.outputPadding)};
  return success();
}

static Status checkZeroPoints(const ProblemDescriptor &layer) {
  const ZeroPoints &zero = layer.zeroPoints;
  if (zero.areDefault())
    return success();
  if (layer.type != ElementType::I8)
    return Error{"expected int8 or uint8 for the zero points zx and zw, got " +
                 std::string(name(layer.type))};
  const int64_t low = zero.inputUnsigned ? 0 : -128;
  if (zero.input < low || zero.input > low + 255)
    return Error{"expected zx from " + std::to_string(low) + " to " + std::to_string(low + 255) +
                 ", got " + std::to_string(zero.input)};
  if (zero.filter > 127)
    return Error{"expected zw from -128 to 127, got " + std::to_string(zero.filter)};
  return success();
}

/// Why nothing is left of the full result.
static std::string whyEmpty(const ProblemDescriptor &layer) {
  for (size_t i = 0; i < layer.attributes.size(); ++i) {
    DimGeometry dim{layer.attributes[i], layer.input[i], layer.kernel[i], 0};
    std::optional<int64_t> output = computeOutputSize(dim.input, dim.kernel, dim.attributes);
    if (!output || *output >= 1)
      continue;
    // The size before padding cuts it: (I - 1)*s + d*(K - 1) + 1.
    int64_t full = *output + dim.attributes.paddingBegin + dim.attributes.paddingEnd -
                   dim.attributes.outputPadding;
    return ": the full result has " + std::to_string(full) +
           (full == 1 ? " element" : " elements") + " there and padding cuts " +
           std::to_string(dim.attributes.paddingBegin) + " in front and " +
           std::to_string(dim.attributes.paddingEnd) + " behind, so nothing is left";
  }
  return "";
}

static std::string joinSizes(const std::vector<int64_t> &sizes) {
  std::string text;
  for (int64_t size : sizes)
    text += (text.empty() ? "" : "x") + std::to_string(size);
  return text;
}

static Status checkOutput(const ProblemDescriptor &layer, const Geometry &geometry) {
  std::vector<int64_t> output;
  for (const DimGeometry &dim : geometry.dims)
    output.push_back(dim.output);
  if (!layer.output.empty() && layer.output != output)
    return Error{"expected an output size of " + joinSizes(output) +
                 ", which follows from the other numbers, got " + joinSizes(layer.output)};
  return success();
}

Result<Problem> tconv::createProblem(const ProblemDescriptor &layer) {
  if (Status status = checkGroups(layer); !status)
    return status.error();
  for (const DimAttributes &dim : layer.attributes)
    if (Status status = checkOutputPadding(dim); !status)
      return status.error();
  if (Status status = checkZeroPoints(layer); !status)
    return status.error();
  Result<Geometry> geometry =
      Geometry::create(layer.batch, layer.inputChannels, layer.outputChannels, layer.groups,
                       layer.input, layer.kernel, layer.attributes);
  if (!geometry)
    return Error{geometry.message() + whyEmpty(layer)};
  if (Status status = checkOutput(layer, *geometry); !status)
    return status.error();
  return Problem{std::move(*geometry), layer.bias,
                 layer.layout.value_or(TensorLayout::ChannelsFirst), layer.type, layer.zeroPoints};
}

/// A number per dimension, once if all are equal.
template <typename Get>
static std::string spatial(const char *name, const Geometry &geometry, const Get &get) {
  std::vector<std::string> texts;
  for (const DimGeometry &dim : geometry.dims)
    texts.push_back(get(dim));
  if (std::equal(texts.begin() + 1, texts.end(), texts.begin()))
    texts.resize(1);
  std::string text = std::string(" ") + name + texts[0];
  for (size_t i = 1; i < texts.size(); ++i)
    text += "x" + texts[i];
  return text;
}

std::string tconv::formatDescriptor(const Geometry &geometry) {
  std::vector<int64_t> input, kernel;
  for (const DimGeometry &dim : geometry.dims) {
    input.push_back(dim.input);
    kernel.push_back(dim.kernel);
  }
  auto padding = [](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    return std::to_string(a.paddingBegin) +
           (a.paddingEnd == a.paddingBegin ? "" : ":" + std::to_string(a.paddingEnd));
  };
  auto number = [](int64_t DimAttributes::*member) {
    return [member](const DimGeometry &dim) { return std::to_string(dim.attributes.*member); };
  };
  return "n" + std::to_string(geometry.batch) + " ci" + std::to_string(geometry.inputChannels) +
         " co" + std::to_string(geometry.outputChannels) + " i" + joinSizes(input) + " k" +
         joinSizes(kernel) + spatial("s", geometry, number(&DimAttributes::stride)) +
         spatial("p", geometry, padding) +
         spatial("d", geometry, number(&DimAttributes::dilation)) +
         spatial("op", geometry, number(&DimAttributes::outputPadding)) + " g" +
         std::to_string(geometry.groups);
}

std::string tconv::formatDescriptor(const Problem &problem) {
  std::string text = formatDescriptor(problem.geometry);
  if (problem.bias)
    text += " b";
  text += problem.layout == TensorLayout::ChannelsLast ? " cl" : " cf";
  if (problem.zeroPoints.input != 0)
    text += " zx" + std::to_string(problem.zeroPoints.input);
  if (problem.zeroPoints.filter != 0)
    text += " zw" + std::to_string(problem.zeroPoints.filter);
  if (problem.type != ElementType::I8)
    return text + " " + std::string(name(problem.type));
  // "i8" is an input of 8 elements.
  return text + (problem.zeroPoints.inputUnsigned ? " uint8" : " int8");
}
