//===- CheckMemory.h - Whether results fit into memory ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_CHECKMEMORY_H
#define TCONV_LIB_EXECUTION_CHECKMEMORY_H

#include "tconv/Entry/EntryPoint.h"

namespace tconv {

/// An error if the results of static sizes, or that of one of the layers, need more memory than
/// is left, so that no time is spent to compile what cannot be run. The function's inputs may be in
/// memory already and are not counted.
Status checkMemory(mlir::FunctionOpInterface function, const EntryPoint &entry);

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_CHECKMEMORY_H
