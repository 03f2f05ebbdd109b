//===- PhaseFields.h - The phase table in a kernel --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_PHASEFIELDS_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_PHASEFIELDS_H

#include "GpuKernelLayer.h"
#include "KernelBuilder.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {

/// One dimension of the phase of a block; the numbers are those of PhaseDim.
struct PhaseDimValues {
  Value extent, firstOutput, firstInput, taps;
};

struct PhaseValues {
  SmallVector<PhaseDimValues> dims;
  Value firstTap;
  Value taps;   ///< of all dimensions
  Value pixels; ///< of the whole batch
};

/// Loads the fields of a phase from a constant table of the module. What is the same for
/// all phases is a constant instead, so that divisions by it are cheap.
PhaseValues loadPhase(KernelBuilder &b, gpu::GPUModuleOp module, const GpuKernelLayer &layer,
                      Value number);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_PHASEFIELDS_H
