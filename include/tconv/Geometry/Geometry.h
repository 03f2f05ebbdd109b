//===- Geometry.h - Everything that follows from a layer's sizes --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that derives output sizes, phases, taps, ranges and operation counts
// of a transposed convolution with known sizes. Free of MLIR, so that the verifier,
// the decompositions, schedules and explanations can all share it. For sizes known
// only at run time the same formulas (Formulas.h) are built as IR.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_GEOMETRY_GEOMETRY_H
#define TCONV_GEOMETRY_GEOMETRY_H

#include "tconv/Geometry/Formulas.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tconv {

using PhaseRow = PhaseRowOf<int64_t>;
using Insertion = InsertionOf<int64_t>;

/// O, or nothing if the formula overflows.
std::optional<int64_t> computeOutputSize(int64_t input, int64_t kernel, const DimAttributes &dim);

/// An input size of a layer of that many spatial dimensions with results that reach all taps, and
/// are at least 1.
int64_t typicalInputSize(size_t rank, const DimAttributes &dim);

/// The formula of the output size with its attributes put in, for example
/// "(I - 1)*2 - 1 - 1 + 1*(K - 1) + 0 + 1".
std::string describeOutputSize(const DimAttributes &dim);

/// The formula of the output size with all its numbers put in, for example
/// "(I - 1)*s - pb - pe + d*(K - 1) + op + 1 = (4 - 1)*2 - 1 - 1 + 1*(4 - 1) + 0 + 1 = 8".
std::string describeOutputSize(int64_t input, int64_t kernel, const DimAttributes &dim);

/// How many elements a form reads in front of and behind x, where it has zeros.
struct Halo {
  int64_t front;
  int64_t back;
};

/// One spatial dimension of a layer. All sizes are in elements.
struct DimGeometry {
  DimAttributes attributes;
  int64_t input = 0;
  int64_t kernel = 0;
  int64_t output = 0;

  /// The number of phases with at least one tap (their q range may be empty).
  int64_t numRows() const;
  PhaseRow row(int64_t firstTap) const;
  /// Whether every output element belongs to a row, that is, has a tap in range. Not
  /// looked for, and false, if there are more than 2^16 rows.
  bool rowsCoverOutput() const;
  /// What all rows together read outside of x; if there are more than 2^16, a bound.
  Halo phaseHalo() const;
  Insertion insertion() const;
  /// The number of pairs (i, k) that meet inside y; all pairs, a bound, if both I and K
  /// are above 2^22.
  int64_t pairsInside() const;
};

/// A multiply-add count; a double, since counts of legal layers exceed 2^63.
using OperationCount = double;

/// The count as a whole number, for people to read.
std::string formatCount(OperationCount count);

/// A layer with known sizes.
struct Geometry {
  int64_t batch = 0;
  int64_t inputChannels = 0;
  int64_t outputChannels = 0;
  int64_t groups = 1;
  std::vector<DimGeometry> dims;

  /// Derives the output sizes; an error if one is below 1 or overflows. All sizes
  /// must be non-negative, kernel sizes, strides and dilations positive.
  static Result<Geometry> create(int64_t batch, int64_t inputChannels, int64_t outputChannels,
                                 int64_t groups, const std::vector<int64_t> &input,
                                 const std::vector<int64_t> &kernel,
                                 const std::vector<DimAttributes> &attributes);

  /// The number of phases: tuples of rows, one of each dimension.
  int64_t numPhases() const;
  /// Multiply-adds that contribute to an output element (form 1, borders cut).
  OperationCount usefulMultiplyAdds() const;
  /// Multiply-adds of the dense convolution over the zero-inserted input (form 2).
  OperationCount zeroInsertionMultiplyAdds() const;
};

/// Elements [begin, end) of x that the outputs [outputBegin, outputEnd) of one
/// dimension can read: what a shard of y needs.
struct InputRange {
  int64_t begin;
  int64_t end;
};
InputRange inputRangeOfOutputs(const DimGeometry &dim, int64_t outputBegin, int64_t outputEnd);

} // namespace tconv

#endif // TCONV_GEOMETRY_GEOMETRY_H
