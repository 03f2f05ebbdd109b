//===- PhaseTable.cpp - The phases of a layer, as data --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/PhaseTable.h"

#include "Tuples.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

using namespace tconv;

namespace {

/// A phase of one dimension, and its number among the rows that have taps, or -1.
struct ResiduePhase {
  PhaseDim dim;
  int64_t row;
};

/// One for each residue whose outputs exist.
std::vector<ResiduePhase> residuePhases(const DimGeometry &dim) {
  const int64_t s = dim.attributes.stride, pad = dim.attributes.paddingBegin;
  std::vector<int64_t> rows(static_cast<size_t>(s), -1);
  for (int64_t row = 0; row < dim.numRows(); ++row)
    rows[static_cast<size_t>(dim.row(row).residue)] = row;
  std::vector<ResiduePhase> phases;
  for (int64_t residue = 0; residue < s; ++residue) {
    const int64_t begin = ceilDivide(pad - residue, s);
    const int64_t end = ceilDivide(dim.output + pad - residue, s);
    if (begin >= end)
      continue;
    ResiduePhase phase{{end - begin, begin * s + residue - pad, 0, 0},
                       rows[static_cast<size_t>(residue)]};
    if (phase.row >= 0) {
      PhaseRow row = dim.row(phase.row);
      phase.dim.taps = row.taps;
      phase.dim.firstInput = begin + row.inputBase - (row.taps - 1) * dim.attributes.inputStep();
    }
    phases.push_back(phase);
  }
  return phases;
}

/// The number of a phase among those of the packed filter; -1 if it has no taps.
int64_t packedNumber(const Geometry &geometry, const std::vector<ResiduePhase> &dims) {
  int64_t number = 0;
  for (size_t dim = 0; dim < dims.size(); ++dim) {
    if (dims[dim].row < 0)
      return -1;
    number = number * geometry.dims[dim].numRows() + dims[dim].row;
  }
  return number;
}

} // namespace

int64_t Phase::taps() const {
  int64_t product = 1;
  for (const PhaseDim &dim : dims)
    product *= dim.taps;
  return product;
}

int64_t Phase::pixels() const {
  int64_t product = 1;
  for (const PhaseDim &dim : dims)
    product *= dim.extent;
  return product;
}

Result<PhaseTable> PhaseTable::create(const Geometry &geometry, const FilterPacking &packing) {
  double strides = 1;
  for (const DimGeometry &dim : geometry.dims)
    strides *= double(dim.attributes.stride);
  if (strides > double(maxPhases))
    return unsupported("more than " + std::to_string(maxPhases) + " phases");
  std::vector<std::vector<ResiduePhase>> residues;
  std::vector<size_t> sizes;
  for (const DimGeometry &dim : geometry.dims) {
    residues.push_back(residuePhases(dim));
    sizes.push_back(residues.back().size());
  }
  PhaseTable table;
  forEachTuple(sizes, [&](const std::vector<size_t> &tuple) {
    std::vector<ResiduePhase> dims;
    Phase phase;
    for (size_t dim = 0; dim < tuple.size(); ++dim) {
      dims.push_back(residues[dim][tuple[dim]]);
      phase.dims.push_back(dims.back().dim);
    }
    if (int64_t number = packedNumber(geometry, dims); number >= 0)
      phase.firstTap = packing.firstTaps[static_cast<size_t>(number)];
    table.phases.push_back(phase);
  });
  return table;
}

int64_t PhaseTable::mostPixels() const {
  int64_t most = 0;
  for (const Phase &phase : phases)
    most = std::max(most, phase.pixels());
  return most;
}

int64_t PhaseTable::mostTaps() const {
  int64_t most = 0;
  for (const Phase &phase : phases)
    most = std::max(most, phase.taps());
  return most;
}
