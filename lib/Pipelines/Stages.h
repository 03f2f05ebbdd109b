//===- Stages.h - What each stage of compilation appends -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The builders that the tables in StageTable.cpp name.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_PIPELINES_STAGES_H
#define TCONV_LIB_PIPELINES_STAGES_H

#include "tconv/Pipelines/Pipelines.h"

namespace mlir::tconv {

/// Folds, removes dead code and merges equal values.
void cleanUp(OpPassManager &pm);

/// After this stage transposed convolutions that were written in linalg, TOSA, StableHLO or torch
/// are tconv.conv_transpose, and what stood around them is in upstream dialects, as far as it is
/// known.
void buildRaisedStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage layers are linalg convolutions on tensors or, with a schedule,
/// tconv.kernel ops that elementwise ops behind them have been fused into; and sizes known only at
/// run time have been asserted to be consistent.
void buildDecomposedStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage convolutions stand in scf.forall loops over tiles, their
/// contiguous dimension innermost, and elementwise ops on tensors are linalg ops.
void buildTiledStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage there are buffers, with their allocations and deallocations, and
/// no tensors. Public functions whose results all have static sizes take buffers for
/// the results as further arguments; the others return buffers of their own.
void buildBufferizedStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage there are loops over scalar loads and stores, and no linalg ops;
/// parallel loops are functions that tconv.parallel_call runs, if parallel.
void buildLoopsStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage there is only the LLVM dialect, with a C interface for each
/// function, and failures are returned, not aborted on.
void buildLLVMStage(OpPassManager &pm, const PipelineOptions &options);

/// After this stage everything that touches an element of a tensor is in a gpu.launch, and the
/// rest of a function computes sizes, allocates, branches, loops and launches. memref.alloc is
/// memory of the device. There is no memref.copy.
void buildLaunchesStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage the bodies of launches are kernels in the GPU module @kernels, and functions
/// have gpu.launch_func in their place.
void buildOutlinedStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage functions are in the LLVM dialect, but for gpu.launch_func, and there is one
/// GPU module, whose kernels are in the LLVM and NVVM dialects. Buffers of functions are in the
/// memory of a device: malloc and free stand for its allocations.
void buildNVVMStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage the GPU module is a gpu.binary that holds PTX for `options.arch`.
void buildPTXStage(OpPassManager &pm, const PipelineOptions &options);

} // namespace mlir::tconv

#endif // TCONV_LIB_PIPELINES_STAGES_H
