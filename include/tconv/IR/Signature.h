//===- Signature.h - How a function is called ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On tensors, a function's type says how it is called. On buffers, where some arguments are
// results, and in the LLVM dialect, where a buffer is several arguments, attributes do.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_SIGNATURE_H
#define TCONV_IR_SIGNATURE_H

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace mlir::tconv {

/// Of a function on buffers or in the LLVM dialect: the type that it had on tensors, with a buffer
/// for each of them.
inline constexpr llvm::StringLiteral signatureAttrName{"tconv.signature"};
/// Of the same: which inputs had the mark tconv.constant.
inline constexpr llvm::StringLiteral constantInputsAttrName{"tconv.constant_inputs"};

/// Whether the attributes say how a function is called.
bool hasRecordedSignature(FunctionOpInterface function);

/// Records how a function on tensors is called.
void recordSignature(FunctionOpInterface function);

/// The inputs and results of a function, as they were recorded or as its type has them. Packed
/// filters are none of its inputs.
FunctionType getSignature(FunctionOpInterface function);

/// The numbers of the inputs that are the same in every call.
SmallVector<int64_t> getConstantInputs(FunctionOpInterface function);

} // namespace mlir::tconv

#endif // TCONV_IR_SIGNATURE_H
