//===- TranslateProgram.h - From the LLVM dialect to programs ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_TRANSLATEPROGRAM_H
#define TCONV_CODEGEN_TRANSLATEPROGRAM_H

#include "tconv/Device/Program.h"
#include "tconv/Entry/EntryPoint.h"

namespace tconv {

/// Translates the entry function of a module that has passed the stage nvvm, and the function that
/// packs its inputs `packInputs`, if there is one. What cannot be done on the host of a device,
/// like reading its memory, is emitted as an MLIR diagnostic, and summarised in the error.
Result<Program> translateProgram(mlir::ModuleOp module, const EntryPoint &entry,
                                 std::vector<uint32_t> packInputs);

} // namespace tconv

#endif // TCONV_CODEGEN_TRANSLATEPROGRAM_H
