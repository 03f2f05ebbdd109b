//===- LayoutConversion.h - Between a layer's buffers and a kernel's *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_LAYOUTCONVERSION_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_LAYOUTCONVERSION_H

#include "KernelLayer.h"

namespace mlir::tconv {

/// Whether the kernel of a layer reads x, or writes y, where it is.
bool readsInPlace(const KernelLayer &layer);
bool writesInPlace(const KernelLayer &layer);

/// Copies x into the kernel's layout and type.
void emitPackInput(Emitter &b, const KernelLayer &layer, Value source, Value packed);
/// Copies what the kernel stored to the result, whose layout or type is another.
void emitUnpackOutput(Emitter &b, const KernelLayer &layer, Value source, Value y);
/// Gives each padded lane the number of its channel, and zero to those that have none.
void emitPackChannels(Emitter &b, const KernelLayer &layer, Value source, Value packed);
/// Gives every element of y, channels last, the value of a sum without terms.
void emitBackground(Emitter &b, const KernelLayer &layer);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_LAYOUTCONVERSION_H
