//===- FilterCorrections.h - What sums of unsigned bytes are corrected by *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_FILTERCORRECTIONS_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_FILTERCORRECTIONS_H

#include "../../Layers/Emitter.h"

#include "tconv/Schedule/FilterPacking.h"

namespace mlir::tconv {

/// Where a lane block of a group begins in the packed filter.
Value packedBlockBegin(Emitter &b, const ::tconv::FilterPacking &packing, Value group,
                       Value firstLane);

/// Writes the corrections of each lane block behind what is packed of it: for each tap and lane,
/// the sum of its elements times `-inputOffset`, the zero point of the input as unsigned bytes.
void emitCorrections(Emitter &b, const ::tconv::FilterPacking &packing, Value packed,
                     int64_t inputOffset);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_FILTERCORRECTIONS_H
