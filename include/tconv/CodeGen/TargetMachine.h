//===- TargetMachine.h - The processor that code is made for ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_TARGETMACHINE_H
#define TCONV_CODEGEN_TARGETMACHINE_H

#include "tconv/Device/GpuArch.h"
#include "tconv/Pipelines/Pipelines.h"

#include <memory>
#include <optional>
#include <string>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace tconv {

/// What code is made for.
struct TargetOptions {
  mlir::tconv::Target kind = mlir::tconv::Target::Cpu;

  /// A processor of this machine's architecture as LLVM calls it, like "znver4"; empty or "host":
  /// this machine's. The others are for GPUs.
  std::string cpu;

  /// The architecture that kernels are made for; nothing for the GPU's own, or sm_80 where there
  /// is none.
  std::optional<GpuArch> arch;
  /// NVIDIA's assembler; empty for the one of CUDA_HOME or PATH, if there is one.
  std::string ptxas;
  /// Whether tensor cores may multiply f32, of whose fractions they read 10 bits.
  bool allowTf32 = false;
};

/// LLVM's code generator for the processor of the options, for position-independent code. An error
/// if LLVM knows no such processor.
Result<std::unique_ptr<llvm::TargetMachine>> createTargetMachine(const TargetOptions &options);

/// Unsupported if this machine lacks instructions that the code of `machine` may use.
Status checkRunsHere(const llvm::TargetMachine &machine);

} // namespace tconv

#endif // TCONV_CODEGEN_TARGETMACHINE_H
