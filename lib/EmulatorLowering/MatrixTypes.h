//===- MatrixTypes.h - Elements of matrices in NVVM ----------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATORLOWERING_MATRIXTYPES_H
#define TCONV_LIB_EMULATORLOWERING_MATRIXTYPES_H

#include "tconv/Emulator/EntryPoints.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

#include <optional>

namespace mlir::tconv {

/// The emulator's name of a type of elements of mma and wmma, if it has it.
std::optional<::tconv::MatrixElement> getMatrixElement(NVVM::MMATypes type);

} // namespace mlir::tconv

#endif // TCONV_LIB_EMULATORLOWERING_MATRIXTYPES_H
