//===- EmulatorLowering.h - Kernels as calls of the emulator -- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATORLOWERING_EMULATORLOWERING_H
#define TCONV_EMULATORLOWERING_EMULATORLOWERING_H

#include "tconv/Emulator/EmulatedCode.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::tconv {

#define GEN_PASS_DECL
#include "tconv/EmulatorLowering/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tconv/EmulatorLowering/Passes.h.inc"

/// The symbols that a lowered module leaves open besides the functions of EntryPoints.h: its
/// sites, the shared memory of the block, and the counters that code adds to itself.
inline constexpr llvm::StringLiteral emulatorSitesName = "tconvEmuSites";
inline constexpr llvm::StringLiteral emulatorSharedName = "tconvEmuShared";
inline constexpr llvm::StringLiteral emulatorCountersName = "tconvEmuCounters";

/// What the function is called that runs a thread of a kernel, `void (const uint64_t *)`.
std::string getEmulatedEntryName(llvm::StringRef kernel);

/// "file.mlir:3:5"; of a location with several parts, the first that is in a file.
std::string describeLocation(Location loc);

/// What a lowered module says of itself in its attributes: all but addresses. `module` is what
/// the pass makes of a gpu.module.
::tconv::EmulatedCode readEmulatedCode(ModuleOp module);

} // namespace mlir::tconv

#endif // TCONV_EMULATORLOWERING_EMULATORLOWERING_H
