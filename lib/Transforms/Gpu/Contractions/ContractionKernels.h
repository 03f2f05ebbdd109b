//===- ContractionKernels.h - Kernels that compute contractions ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONKERNELS_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONKERNELS_H

#include "ContractionValues.h"
#include "TileShape.h"

namespace mlir::tconv {

/// A launch whose blocks compute tiles of the result, with the inputs' tiles in shared memory.
void emitStagedContraction(Emitter &emitter, const ContractionValues &values, TileShape shape);

/// A launch whose threads compute a few elements each, straight from memory.
void emitDirectContraction(Emitter &emitter, const ContractionValues &values);

/// sum + a * b, in one rounding where the target has an instruction for it.
Value emitMultiplyAdd(Emitter &emitter, Value a, Value b, Value sum);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONKERNELS_H
