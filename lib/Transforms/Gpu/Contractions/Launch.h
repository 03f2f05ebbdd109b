//===- Launch.h - Launches of one-dimensional grids ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All launches of the portable tier have one dimension. A grid has up to 2^31 - 1 blocks in
// it, and each thread at least one element of some tensor to write: there is no GPU whose
// memory holds a tensor that needs more blocks. (In the other dimensions 65535 blocks are the
// limit.)
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_LAUNCH_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_LAUNCH_H

#include "../../Layers/Emitter.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {

/// Threads of a block where nothing else decides.
constexpr int64_t defaultBlockSize = 256;

/// What the body of a launch is built from.
struct LaunchIds {
  gpu::LaunchOp op;
  Value block, thread;
};

/// Launches `blocks` blocks of `threads` threads, or nothing if `blocks` is zero. `function` says
/// what the kernel does; it becomes a part of the kernel's name.
void emitLaunch(Emitter &emitter, StringRef function, Value blocks, int64_t threads,
                llvm::function_ref<void(LaunchIds)> body);

/// Launches one thread for each of `count` items; `body` gets the item.
void emitLaunchOverItems(Emitter &emitter, StringRef function, Value count,
                         llvm::function_ref<void(Value)> body);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_LAUNCH_H
