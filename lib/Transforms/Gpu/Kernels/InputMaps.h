//===- InputMaps.h - Tensor maps of x, made by the host ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTMAPS_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTMAPS_H

#include "GpuKernelLayer.h"
#include "KernelBuilder.h"
#include "tconv/Schedule/Im2colMaps.h"

namespace mlir::tconv {

/// The maps of a layer, as arguments of its kernel.
SmallVector<Value> createInputMaps(KernelBuilder &b, const GpuKernelLayer &layer,
                                   const ::tconv::Im2colMaps &maps);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTMAPS_H
