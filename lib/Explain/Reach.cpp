//===- Reach.cpp - What reaches one output position -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Section 3 of the definition, solved for one output position without walking over
// the kernel: sizes may be huge.
//
//===----------------------------------------------------------------------===//

#include "Reach.h"

#include "tconv/Support/Division.h"

#include <algorithm>
#include <numeric>
#include <utility>

using namespace tconv;
using namespace tconv::explain;

Range explain::windowOf(const Range &all, int64_t center, int64_t limit) {
  if (all.size() <= limit)
    return all;
  int64_t begin = std::clamp(center - limit / 2, all.begin, all.end - limit);
  return {begin, begin + limit};
}

/// The number n in [0, modulus) with a*n = 1 (mod modulus); a and modulus are coprime.
static int64_t inverse(int64_t a, int64_t modulus) {
  int64_t previous = modulus, current = a % modulus;
  int64_t previousFactor = 0, factor = 1;
  while (current != 0) {
    int64_t quotient = previous / current;
    previous = std::exchange(current, previous - quotient * current);
    previousFactor = std::exchange(factor, previousFactor - quotient * factor);
  }
  return previousFactor < 0 ? previousFactor + modulus : previousFactor;
}

std::optional<int64_t> explain::firstTapOf(const DimGeometry &dim, int64_t residue) {
  const int64_t common = std::gcd(dim.attributes.stride, dim.attributes.dilation);
  if (residue % common != 0)
    return std::nullopt;
  const int64_t modulus = dim.attributes.tapStep();
  __extension__ using Wide = __int128;
  Wide tap = Wide(residue / common) * inverse(dim.attributes.inputStep(), modulus) % modulus;
  if (tap >= dim.kernel)
    return std::nullopt;
  return static_cast<int64_t>(tap);
}

Phase explain::phaseOf(const DimGeometry &dim, int64_t output) {
  const int64_t t = output + dim.attributes.paddingBegin;
  Phase phase;
  phase.q = floorDivide(t, dim.attributes.stride);
  phase.residue = t - phase.q * dim.attributes.stride;
  std::optional<int64_t> firstTap = firstTapOf(dim, phase.residue);
  if (!firstTap)
    return phase;
  PhaseRow row = dim.row(*firstTap);
  const int64_t step = dim.attributes.inputStep();
  phase.firstTap = *firstTap;
  phase.taps = row.taps;
  phase.firstInput = phase.q + row.inputBase;
  // 0 <= firstInput - j*step < I
  phase.begin =
      std::clamp<int64_t>(-floorDivide(dim.input - 1 - phase.firstInput, step), 0, row.taps);
  phase.end = std::clamp<int64_t>(floorDivide(phase.firstInput, step) + 1, phase.begin, row.taps);
  return phase;
}

std::vector<Read> explain::readsOf(const DimGeometry &dim, const Phase &phase, int64_t limit) {
  std::vector<Read> reads;
  for (int64_t j = phase.end; j-- > phase.begin && static_cast<int64_t>(reads.size()) < limit;)
    reads.push_back({phase.firstTap + j * dim.attributes.tapStep(),
                     phase.firstInput - j * dim.attributes.inputStep()});
  return reads;
}

/// The taps that lie on x or between its elements when the kernel lies on zero-inserted x.
static int64_t tapsOnInsertedInput(const DimGeometry &dim, int64_t output) {
  const int64_t d = dim.attributes.dilation;
  const int64_t t = output + dim.attributes.paddingBegin;
  const int64_t last = (dim.input - 1) * dim.attributes.stride;
  if (t < 0)
    return 0;
  // 0 <= t - k*d <= last
  int64_t begin = t > last ? ceilDivide(t - last, d) : 0;
  return std::max<int64_t>(0, std::min(dim.kernel, t / d + 1) - begin);
}

ProductCounts explain::countProducts(const Geometry &geometry, const std::vector<int64_t> &output) {
  const OperationCount channels = OperationCount(geometry.inputChannels / geometry.groups);
  OperationCount all = channels, inside = channels, real = channels, ofPhase = channels;
  for (size_t i = 0; i < geometry.dims.size(); ++i) {
    const DimGeometry &dim = geometry.dims[i];
    const Phase phase = phaseOf(dim, output[i]);
    all *= OperationCount(dim.kernel);
    inside *= OperationCount(tapsOnInsertedInput(dim, output[i]));
    real *= OperationCount(phase.numReads());
    ofPhase *= OperationCount(phase.taps);
  }
  return {real, inside - real, all - inside, ofPhase};
}

/// The reached outputs of one row. Its taps read intervals of q that overlap or touch,
/// unless they lie further apart than x is long.
static int64_t reachedByRow(const DimGeometry &dim, const PhaseRow &row) {
  const int64_t step = dim.attributes.inputStep();
  if (step <= dim.input)
    return row.qEnd - row.qBegin;
  int64_t count = 0;
  for (int64_t j = 0; j < row.taps; ++j) {
    int64_t begin = std::max(row.qBegin, j * step - row.inputBase);
    int64_t end = std::min(row.qEnd, j * step - row.inputBase + dim.input);
    count += std::max<int64_t>(0, end - begin);
  }
  return count;
}

int64_t explain::countReached(const DimGeometry &dim) {
  int64_t count = 0;
  for (int64_t firstTap = 0; firstTap < dim.numRows(); ++firstTap)
    count += reachedByRow(dim, dim.row(firstTap));
  return count;
}

int64_t explain::fullSize(const DimGeometry &dim) {
  return (dim.input - 1) * dim.attributes.stride + dim.attributes.dilation * (dim.kernel - 1) + 1;
}

int64_t explain::zeroFront(const DimGeometry &dim) {
  return dim.attributes.dilation * (dim.kernel - 1) - dim.attributes.paddingBegin;
}

int64_t explain::zeroBack(const DimGeometry &dim) {
  return dim.attributes.dilation * (dim.kernel - 1) - dim.attributes.paddingEnd +
         dim.attributes.outputPadding;
}
