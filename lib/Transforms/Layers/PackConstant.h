//===- PackConstant.h - Packing of a filter at compile time -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_PACKCONSTANT_H
#define TCONV_LIB_TRANSFORMS_LAYERS_PACKCONSTANT_H

#include "Names.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace mlir::tconv {

/// The packed form, of element type `type`, of a constant filter; null if its elements
/// cannot be read, or if that is more than the code of a module can hold.
DenseElementsAttr packConstant(Attribute filter, const FilterPacking &packing, Type type,
                               const ::tconv::ZeroPoints &zeroPoints);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_PACKCONSTANT_H
