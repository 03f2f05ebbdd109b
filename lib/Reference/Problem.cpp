//===- Problem.cpp - A checked problem for the reference --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All sizes are computed once, here, and each with overflow in mind.
//
//===----------------------------------------------------------------------===//

#include "Problem.h"

#include "tconv/Support/Errors.h"

#include <algorithm>
#include <string>

namespace tconv::reference {
namespace {

std::string text(int64_t number) { return std::to_string(number); }

Status checkTypes(const HostTensor &input, const HostTensor &filter, const HostTensor *bias,
                  const ConvTransposeAttributes &attributes) {
  ElementType type = input.type();
  if (!isFloat(type) && type != ElementType::I8)
    return Error{"expected an f64, f32, f16, bf16 or i8 input, got " + input.typeString()};
  if (filter.type() != type)
    return Error{"expected a filter of " + std::string(name(type)) + ", got " +
                 filter.typeString()};
  const bool hasZeroPoints =
      attributes.inputZeroPoint != 0 || attributes.filterZeroPoint != 0 || attributes.inputUnsigned;
  if (hasZeroPoints && isFloat(type))
    return Error{"expected an i8 input for zero points, got " + input.typeString()};
  ElementType biasType = isFloat(type) ? type : ElementType::I32;
  if (bias && bias->type() != biasType)
    return Error{"expected a bias of " + std::string(name(biasType)) + ", got " +
                 bias->typeString()};
  return success();
}

Status checkRanks(const HostTensor &input, const HostTensor &filter,
                  const ConvTransposeAttributes &attributes) {
  if (input.rank() < 3 || input.rank() > 5)
    return Error{"expected an input of rank 3, 4 or 5, got " + input.typeString()};
  if (filter.rank() != input.rank())
    return Error{"expected a filter of rank " + text(input.rank()) + ", got " +
                 filter.typeString()};
  if (input.numElements() == 0 || filter.numElements() == 0)
    return Error{"expected an input and a filter with elements, got " + input.typeString() +
                 " and " + filter.typeString()};
  size_t spatial = input.rank() - 2;
  for (const std::vector<int64_t> *values :
       {&attributes.stride, &attributes.paddingBegin, &attributes.paddingEnd, &attributes.dilation,
        &attributes.outputPadding})
    if (values->size() != spatial)
      return Error{"expected " + text(spatial) + " numbers in each attribute, got " +
                   text(values->size())};
  return success();
}

Status checkChannels(const Problem &problem, const HostTensor &filter, const HostTensor *bias) {
  if (problem.groups < 1 || problem.inputChannels % problem.groups != 0)
    return Error{"expected a number of groups that divides the " + text(problem.inputChannels) +
                 " input channels, got " + text(problem.groups)};
  if (filter.shape()[0] != problem.inputChannels)
    return Error{"expected a filter of " + text(problem.inputChannels) + " input channels, got " +
                 filter.typeString()};
  int64_t channels = 0;
  if (__builtin_mul_overflow(problem.groups, problem.groupOutputChannels, &channels))
    return Error{"expected fewer than 2^63 output channels, got " + text(problem.groups) +
                 " groups of " + text(problem.groupOutputChannels)};
  if (bias && bias->shape() != std::vector<int64_t>{channels})
    return Error{"expected a bias of " + text(channels) + " elements, got " + bias->typeString()};
  return success();
}

/// The attributes of one spatial dimension.
struct Dimension {
  int64_t input, kernel, stride, paddingBegin, paddingEnd, dilation, outputPadding;
};

Status checkDimension(const Dimension &d) {
  if (d.input < 1 || d.kernel < 1)
    return Error{"expected sizes of at least 1, got an input size of " + text(d.input) +
                 " and a kernel size of " + text(d.kernel)};
  if (d.stride < 1 || d.dilation < 1)
    return Error{"expected a stride and a dilation of at least 1, got " + text(d.stride) + " and " +
                 text(d.dilation)};
  int64_t end = std::max(d.stride, d.dilation);
  if (d.outputPadding < 0 || d.outputPadding >= end)
    return Error{"expected an output padding from 0 to " + text(end - 1) + ", got " +
                 text(d.outputPadding)};
  return success();
}

std::string sizeFormula(const Dimension &d) {
  auto signedText = [](int64_t number) {
    return number < 0 ? "(" + text(number) + ")" : text(number);
  };
  return "(" + text(d.input) + " - 1)*" + text(d.stride) + " - " + signedText(d.paddingBegin) +
         " - " + signedText(d.paddingEnd) + " + " + text(d.dilation) + "*(" + text(d.kernel) +
         " - 1) + " + text(d.outputPadding) + " + 1";
}

/// O = (I-1)*s - pb - pe + d*(K-1) + op + 1. With each summand below 2^59 neither the
/// sum nor a position of the loop nest overflows.
Result<int64_t> outputSize(const Dimension &d) {
  if (Status status = checkDimension(d); !status)
    return status.error();
  constexpr int64_t limit = int64_t(1) << 59;
  auto fits = [](int64_t number) { return -limit < number && number < limit; };
  int64_t reach = 0, extent = 0;
  bool overflow = __builtin_mul_overflow(d.input - 1, d.stride, &reach) ||
                  __builtin_mul_overflow(d.kernel - 1, d.dilation, &extent);
  if (overflow || !fits(reach) || !fits(extent) || !fits(d.paddingBegin) || !fits(d.paddingEnd) ||
      !fits(d.outputPadding) || !fits(d.stride) || !fits(d.dilation))
    return unsupported("expected numbers below 2^59 in the output size " + sizeFormula(d));
  int64_t size = reach - d.paddingBegin - d.paddingEnd + extent + d.outputPadding + 1;
  if (size < 1)
    return Error{"expected an output size of at least 1, got " + sizeFormula(d) + " = " +
                 text(size)};
  return size;
}

Status fillDimensions(Problem &problem, const HostTensor &input, const HostTensor &filter,
                      const ConvTransposeAttributes &attributes) {
  size_t spatial = attributes.stride.size();
  for (size_t i = 0; i != spatial; ++i) {
    Dimension d = {input.shape()[i + (problem.channelsLast ? 1 : 2)],
                   filter.shape()[i + 2],
                   attributes.stride[i],
                   attributes.paddingBegin[i],
                   attributes.paddingEnd[i],
                   attributes.dilation[i],
                   attributes.outputPadding[i]};
    Result<int64_t> output = outputSize(d);
    if (!output)
      return output.error();
    size_t axis = 3 - spatial + i;
    problem.input[axis] = d.input;
    problem.kernel[axis] = d.kernel;
    problem.output[axis] = *output;
    problem.stride[axis] = d.stride;
    problem.dilation[axis] = d.dilation;
    problem.paddingBegin[axis] = d.paddingBegin;
  }
  return success();
}

void fillOutputShape(Problem &problem, size_t spatial) {
  problem.outputShape = {problem.batch};
  problem.outputShape.insert(problem.outputShape.end(), problem.output.end() - spatial,
                             problem.output.end());
  size_t channelAxis = problem.channelsLast ? spatial + 1 : 1;
  problem.outputShape.insert(problem.outputShape.begin() + channelAxis, problem.outputChannels());
}

} // namespace

Result<Problem> makeProblem(const HostTensor &input, const HostTensor &filter,
                            const HostTensor *bias, const ConvTransposeAttributes &attributes) {
  if (Status status = checkTypes(input, filter, bias, attributes); !status)
    return status.error();
  if (Status status = checkRanks(input, filter, attributes); !status)
    return status.error();

  Problem problem;
  problem.batch = input.shape()[0];
  problem.channelsLast = attributes.channelsLast;
  problem.inputChannels = problem.channelsLast ? input.shape().back() : input.shape()[1];
  problem.groups = attributes.groups;
  problem.groupOutputChannels = filter.shape()[1];
  problem.inputZeroPoint = attributes.inputZeroPoint;
  problem.filterZeroPoint = attributes.filterZeroPoint;
  problem.inputUnsigned = attributes.inputUnsigned;
  if (Status status = checkChannels(problem, filter, bias); !status)
    return status.error();
  if (Status status = fillDimensions(problem, input, filter, attributes); !status)
    return status.error();
  fillOutputShape(problem, attributes.stride.size());
  problem.terms = problem.inputChannels / problem.groups * volume(problem.kernel);
  problem.terms += bias ? 1 : 0;
  return problem;
}

} // namespace tconv::reference
