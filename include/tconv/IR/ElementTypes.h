//===- ElementTypes.h - Types of elements, in MLIR and outside --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_ELEMENTTYPES_H
#define TCONV_IR_ELEMENTTYPES_H

#include "tconv/HostTensor/ElementType.h"

#include "mlir/IR/Types.h"

namespace mlir::tconv {

/// The type of the elements of a HostTensor that hold numbers of `type`; nothing if there
/// is none.
std::optional<::tconv::ElementType> elementTypeOf(Type type);

/// Whether vectors of a type stand in memory as its elements do one by one: those of bytes do, of
/// 1, 2, 4 or 8, but not those of i1 or i48.
bool isStoredInVectors(Type type);

} // namespace mlir::tconv

#endif // TCONV_IR_ELEMENTTYPES_H
