//===- FindPlan.h - The plan of a layer of dynamic sizes --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_FINDPLAN_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_FINDPLAN_H

#include "KernelLayer.h"

namespace mlir::tconv {

/// Code with the plan of the layer's sizes (tconv/Runtime/Plans.h), which the runtime finds or
/// makes: `emit` gets a buffer of 64-bit numbers.
void emitWithPlan(Emitter &b, const KernelLayer &layer, llvm::function_ref<void(Value)> emit);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_FINDPLAN_H
