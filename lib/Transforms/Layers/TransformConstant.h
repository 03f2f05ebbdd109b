//===- TransformConstant.h - Transform of a packed filter -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_TRANSFORMCONSTANT_H
#define TCONV_LIB_TRANSFORMS_LAYERS_TRANSFORMCONSTANT_H

#include "Names.h"

#include "mlir/IR/Types.h"

namespace mlir::tconv {

/// Writes the transformed filter behind a packed one, both in the bytes of `type`, f32 or f64:
/// the same bits as kernels/Winograd/FilterTransform.cpp makes code for.
void transformConstant(const FilterPacking &packing, Type type, std::vector<char> &packed);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_TRANSFORMCONSTANT_H
