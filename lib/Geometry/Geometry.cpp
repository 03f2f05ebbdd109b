//===- Geometry.cpp - Everything that follows from a layer's sizes --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Evaluates Formulas.h with numbers. Sizes are checked for overflow once, when the
// output size is computed: every further quantity is bounded by it.
//
//===----------------------------------------------------------------------===//

#include "tconv/Geometry/Geometry.h"

#include "tconv/Geometry/CheckedInt.h"

#include <limits>

using namespace tconv;

namespace {

/// Properties of all rows are only looked for up to this many.
constexpr int64_t manyRows = 1 << 16;

/// The number in a quantity that cannot overflow any more.
int64_t get(const CheckedInt &number) {
  return number.value().value_or(std::numeric_limits<int64_t>::max());
}

OperationCount channelPairs(const Geometry &geometry) {
  return OperationCount(geometry.batch) * geometry.inputChannels *
         (OperationCount(geometry.outputChannels) / geometry.groups);
}

} // namespace

std::string tconv::formatCount(OperationCount count) {
  std::string digits = std::to_string(count);
  return digits.substr(0, digits.find('.'));
}

std::optional<int64_t> tconv::computeOutputSize(int64_t input, int64_t kernel,
                                                const DimAttributes &dim) {
  // What is derived later is bounded too: the halo of form 2, and the end of a phase,
  // which is less than a stride behind the output.
  CheckedInt size = outputSize(CheckedInt(input), CheckedInt(kernel), dim);
  CheckedInt margin = max(size, CheckedInt(0)) + CheckedInt(kernel - 1) * dim.dilation +
                      CheckedInt(input - 1) * dim.stride +
                      CheckedInt(std::max(dim.stride, dim.dilation));
  return margin.overflowed() ? std::nullopt : size.value();
}

int64_t tconv::typicalInputSize(size_t rank, const DimAttributes &dim) {
  constexpr int64_t sizes[] = {4096, 64, 16};
  const CheckedInt cut =
      max(CheckedInt(dim.paddingBegin) + CheckedInt(dim.paddingEnd), CheckedInt(0));
  return (CheckedInt(sizes[std::min<size_t>(rank, 3) - 1]) + ceilDiv(cut, dim.stride))
      .value()
      .value_or(1);
}

/// The formula for sizes called `input` and `kernel`.
static std::string outputSizeFormula(const std::string &input, const std::string &kernel,
                                     const DimAttributes &dim) {
  auto minus = [](int64_t number) {
    std::string digits = std::to_string(number);
    return number < 0 ? " + " + digits.substr(1) : " - " + digits;
  };
  return "(" + input + " - 1)*" + std::to_string(dim.stride) + minus(dim.paddingBegin) +
         minus(dim.paddingEnd) + " + " + std::to_string(dim.dilation) + "*(" + kernel + " - 1) + " +
         std::to_string(dim.outputPadding) + " + 1";
}

std::string tconv::describeOutputSize(const DimAttributes &dim) {
  return outputSizeFormula("I", "K", dim);
}

std::string tconv::describeOutputSize(int64_t input, int64_t kernel, const DimAttributes &dim) {
  std::optional<int64_t> size = outputSize(CheckedInt(input), CheckedInt(kernel), dim).value();
  return "(I - 1)*s - pb - pe + d*(K - 1) + op + 1 = " +
         outputSizeFormula(std::to_string(input), std::to_string(kernel), dim) +
         (size ? " = " + std::to_string(*size) : ", which overflows 64 bits");
}

int64_t DimGeometry::numRows() const { return get(numPhaseRows(CheckedInt(kernel), attributes)); }

PhaseRow DimGeometry::row(int64_t firstTap) const {
  PhaseRowOf<CheckedInt> row = phaseRow(CheckedInt(firstTap), CheckedInt(input), CheckedInt(kernel),
                                        CheckedInt(output), attributes);
  return {firstTap,           get(row.taps),   get(row.residue),
          get(row.inputBase), get(row.qBegin), get(row.qEnd)};
}

bool DimGeometry::rowsCoverOutput() const {
  if (numRows() > manyRows)
    return false;
  int64_t covered = 0;
  for (int64_t firstTap = 0; firstTap < numRows(); ++firstTap) {
    PhaseRow phase = row(firstTap);
    covered += phase.qEnd - phase.qBegin;
  }
  return covered == output;
}

Halo DimGeometry::phaseHalo() const {
  if (numRows() > manyRows) {
    int64_t reach = get(maxReach(CheckedInt(kernel), attributes));
    return {reach, reach};
  }
  Halo halo{0, 0};
  for (int64_t firstTap = 0; firstTap < numRows(); ++firstTap) {
    PhaseRow phase = row(firstTap);
    if (phase.qBegin == phase.qEnd)
      continue;
    halo.front = std::max(halo.front, -firstInput(phase, attributes));
    halo.back = std::max(halo.back, phase.qEnd + phase.inputBase - input);
  }
  return halo;
}

Insertion DimGeometry::insertion() const {
  InsertionOf<CheckedInt> result =
      zeroInsertion(CheckedInt(input), CheckedInt(kernel), CheckedInt(output), attributes);
  return {get(result.paddedSize), get(result.first), get(result.count), get(result.begin)};
}

int64_t DimGeometry::pairsInside() const {
  // Walk the shorter of the two axes and count the other one's range in closed form.
  constexpr int64_t manySteps = 1 << 22;
  if (std::min(kernel, input) > manySteps)
    return get(CheckedInt(kernel) * input);
  const bool walkKernel = kernel <= input;
  const int64_t steps = walkKernel ? kernel : input;
  const int64_t step = walkKernel ? attributes.dilation : attributes.stride;
  const int64_t partners = walkKernel ? input : kernel;
  const int64_t partnerStep = walkKernel ? attributes.stride : attributes.dilation;
  int64_t pairs = 0;
  for (int64_t i = 0; i < steps; ++i) {
    CheckedInt origin(attributes.paddingBegin - i * step);
    CheckedInt first = max(CheckedInt(0), ceilDiv(origin, partnerStep));
    CheckedInt end = min(CheckedInt(partners), ceilDiv(origin + CheckedInt(output), partnerStep));
    pairs += get(max(CheckedInt(0), end - first));
  }
  return pairs;
}

Result<Geometry> Geometry::create(int64_t batch, int64_t inputChannels, int64_t outputChannels,
                                  int64_t groups, const std::vector<int64_t> &input,
                                  const std::vector<int64_t> &kernel,
                                  const std::vector<DimAttributes> &attributes) {
  Geometry geometry{batch, inputChannels, outputChannels, groups, {}};
  for (size_t dim = 0; dim < attributes.size(); ++dim) {
    std::optional<int64_t> output = computeOutputSize(input[dim], kernel[dim], attributes[dim]);
    if (!output || *output < 1)
      return Error{"expected an output size of at least 1 in spatial dimension " +
                   std::to_string(dim) + ", got " +
                   describeOutputSize(input[dim], kernel[dim], attributes[dim])};
    geometry.dims.push_back({attributes[dim], input[dim], kernel[dim], *output});
  }
  return geometry;
}

int64_t Geometry::numPhases() const {
  CheckedInt phases(1);
  for (const DimGeometry &dim : dims)
    phases = phases * dim.numRows();
  return get(phases);
}

OperationCount Geometry::usefulMultiplyAdds() const {
  OperationCount count = channelPairs(*this);
  for (const DimGeometry &dim : dims)
    count *= dim.pairsInside();
  return count;
}

OperationCount Geometry::zeroInsertionMultiplyAdds() const {
  OperationCount count = channelPairs(*this);
  for (const DimGeometry &dim : dims)
    count *= OperationCount(dim.output) * dim.kernel;
  return count;
}

InputRange tconv::inputRangeOfOutputs(const DimGeometry &dim, int64_t outputBegin,
                                      int64_t outputEnd) {
  const DimAttributes &attributes = dim.attributes;
  const int64_t s = attributes.stride;
  CheckedInt halo(attributes.dilation * (dim.kernel - 1));
  CheckedInt first = ceilDiv(CheckedInt(outputBegin + attributes.paddingBegin) - halo, s);
  CheckedInt last = floorDiv(CheckedInt(outputEnd - 1 + attributes.paddingBegin), s);
  int64_t begin = get(min(max(first, CheckedInt(0)), CheckedInt(dim.input)));
  int64_t end = get(min(max(last + CheckedInt(1), CheckedInt(begin)), CheckedInt(dim.input)));
  return {begin, end < begin ? begin : end};
}
