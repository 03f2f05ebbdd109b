//===- ModuleText.cpp - A module that holds a layer -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes tconv.conv_transpose in its pretty form.
//
//===----------------------------------------------------------------------===//

#include "tconv/Problem/Problem.h"

#include "tconv/HostTensor/HostTensor.h"

using namespace tconv;

static std::string tensor(ElementType type, const std::vector<int64_t> &shape) {
  return "tensor<" + typeString(type, shape) + ">";
}

/// "[1, 2]": one attribute of all dimensions.
static std::string list(const std::vector<DimGeometry> &dims, int64_t DimAttributes::*attribute) {
  std::string text;
  for (const DimGeometry &dim : dims)
    text += (text.empty() ? "[" : ", ") + std::to_string(dim.attributes.*attribute);
  return text + "]";
}

static std::string paddingList(const std::vector<DimGeometry> &dims) {
  std::string text;
  for (const DimGeometry &dim : dims)
    text += (text.empty() ? "[[" : ", [") + std::to_string(dim.attributes.paddingBegin) + ", " +
            std::to_string(dim.attributes.paddingEnd) + "]";
  return text + "]";
}

static std::string zeroPoints(const ZeroPoints &zero) {
  std::string text;
  if (zero.input != 0)
    text += " input_zero_point " + std::to_string(zero.input);
  if (zero.filter != 0)
    text += " filter_zero_point " + std::to_string(zero.filter);
  return text + (zero.inputUnsigned ? " input_unsigned" : "");
}

static std::string attributes(const Problem &problem) {
  const std::vector<DimGeometry> &dims = problem.geometry.dims;
  return "stride " + list(dims, &DimAttributes::stride) + " padding " + paddingList(dims) +
         " dilation " + list(dims, &DimAttributes::dilation) + " output_padding " +
         list(dims, &DimAttributes::outputPadding) + " groups " +
         std::to_string(problem.geometry.groups) +
         (problem.layout == TensorLayout::ChannelsLast ? " channels_last" : "") +
         zeroPoints(problem.zeroPoints);
}

std::string tconv::moduleText(const Problem &problem, bool constantWeights) {
  std::string x = tensor(problem.type, problem.inputShape());
  std::string w = tensor(problem.type, problem.filterShape());
  std::string b = tensor(problem.resultType(), problem.biasShape());
  std::string y = tensor(problem.resultType(), problem.outputShape());
  std::string mark = constantWeights ? " {tconv.constant}" : "";
  std::string arguments = "%x: " + x + ", %w: " + w + mark;
  std::string operands = "%x, %w", types = x + ", " + w;
  if (problem.bias) {
    arguments += ", %b: " + b + mark;
    operands += ", %b";
    types += ", " + b;
  }
  return "func.func @main(" + arguments + ") -> " + y + " {\n  %y = tconv.conv_transpose " +
         operands + " " + attributes(problem) + "\n      : (" + types + ") -> " + y +
         "\n  return %y : " + y + "\n}\n";
}
