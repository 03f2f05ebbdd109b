//===- WidthTile.h - A tile of neighbouring positions -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHTILE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHTILE_H

#include "KernelLayer.h"
#include "Tables.h"

#include "tconv/Schedule/RowPlan.h"

namespace mlir::tconv {

/// A row of y while its code is built: positions in the buffers, in elements.
struct PlacedRow {
  Value rows;   ///< the buffer of the rows of x
  Value filter; ///< the group's
  Value bias;   ///< the group's
  Value y;      ///< the row in the first output channel of the group
  Value segmentBegin, segmentEnd;
};

/// Builds one tile of some output channels and vectors of positions: sums over the
/// row's segments and the input channels, and stores.
class WidthTile {
public:
  WidthTile(const KernelLayer &layer, const PlanTables &tables, const ::tconv::WidthPlan &plan,
            int64_t channels, int64_t vectors)
      : layer(layer), tables(tables), plan(plan), channels(channels), vectors(vectors) {}

  /// `channel` is the first output channel; of the outputs that belong to the tile's
  /// positions, the first `outputs` exist.
  void emit(Emitter &b, const PlacedRow &row, Value channel, Value position, int64_t outputs);

private:
  using Sums = SmallVector<Value>;

  int64_t stride() const { return layer.geometry.dims.back().attributes.stride; }
  /// Where the sums of a channel, a residue and a vector stand.
  size_t number(int64_t channel, int64_t residue, int64_t vector) const {
    return (channel * stride() + residue) * vectors + vector;
  }
  size_t numSums() const { return static_cast<size_t>(channels * stride() * vectors); }
  Sums startSums(Emitter &b, const PlacedRow &row, Value channel);
  void addTaps(Emitter &b, Value rows, Value x, Value filter, MutableArrayRef<Value> sums);
  Sums addInputs(Emitter &b, Value rows, Value x, Value filter, ValueRange sums);
  void store(Emitter &b, const PlacedRow &row, Value y, Value channel, int64_t outputs,
             const Sums &sums);

  const KernelLayer &layer;
  const PlanTables &tables;
  const ::tconv::WidthPlan &plan;
  int64_t channels;
  int64_t vectors;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHTILE_H
