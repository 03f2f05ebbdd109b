//===- StagedInput.h - An input's tile in shared memory ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_STAGEDINPUT_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_STAGEDINPUT_H

#include "ContractionValues.h"
#include "TileShape.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {

/// Where a block and a thread stand in a contraction.
struct TileSite {
  const ContractionValues &values;
  TileShape shape;
  gpu::LaunchOp launch;
  Value thread;
  SmallVector<Value> batchIndices;
};

/// `lanes` rows or columns of an input, as [depth, lane] in shared memory, in the type in which
/// sums are. What is outside of the input is zero there.
class StagedInput {
public:
  /// The tile that starts at lane `begin` of `kind`. Emits what is the same for the whole
  /// reduction: each thread's lanes, and where they start in memory.
  StagedInput(Emitter &emitter, const TileSite &site, const OperandValues &operand, LoopKind kind,
              Value begin);

  /// What this thread copies of the steps of the reduction from `begin` on, loaded from memory
  /// and stored in the tile.
  SmallVector<Value> emitElements(Emitter &emitter, Value begin);
  void emitStores(Emitter &emitter, ValueRange elements);
  /// `count` neighbouring lanes at one of these steps.
  Value emitLoad(Emitter &emitter, Value depth, Value lane, int64_t count);

private:
  void assign(Emitter &emitter, bool alongReduction);
  void addLane(Emitter &emitter, Value lane, Value begin);
  Value emitElement(Emitter &emitter, Value valid, Value position);

  /// A row or column that a thread copies: its place in the tile, its position in memory, and
  /// whether it exists, null if it surely does.
  struct Lane {
    Value place, position, valid;
  };

  const TileSite &site;
  const OperandValues &operand;
  LoopKind kind;
  int64_t width;
  Type type;
  Value memory;
  SmallVector<Value> places, depths;
  SmallVector<Lane> lanes;
};

/// Whether `index` is below `count`; null if it must be, since a tile size divides the count.
Value emitIsInside(Emitter &emitter, Value index, Value count, int64_t tile);
/// Both conditions, of which either may be null, for true.
Value emitAnd(Emitter &emitter, Value a, Value b);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_STAGEDINPUT_H
