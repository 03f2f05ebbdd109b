//===- InitAll.h - Registration of everything that tconv uses ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_INITALL_H
#define TCONV_INITALL_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace mlir::tconv {

/// The tconv dialect, the upstream dialects that its passes produce or that its
/// tools read, and the interfaces that the pipelines need.
void registerAllDialects(DialectRegistry &registry);

/// The tconv dialect alone.
void registerTconvDialect(DialectRegistry &registry);

/// The passes and pipelines of tconv. Those of the emulator, which most programs do without, are
/// registered by registerTconvEmulatorPasses (EmulatorLowering.h).
void registerAllPasses();

} // namespace mlir::tconv

#endif // TCONV_INITALL_H
