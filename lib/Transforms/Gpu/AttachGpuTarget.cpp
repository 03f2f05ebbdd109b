//===- AttachGpuTarget.cpp - Which GPU kernels are compiled for -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   gpu.module @kernels { ... }
//
// becomes
//
//   gpu.module @kernels [#nvvm.target<O = 3, chip = "sm_90", features = "+ptx80">] { ... }
//
// Test: test/Transforms/Gpu/attach-gpu-target.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "tconv/Device/GpuArch.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_ATTACHGPUTARGETPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

struct AttachGpuTargetPass : mlir::tconv::impl::AttachGpuTargetPassBase<AttachGpuTargetPass> {
  using AttachGpuTargetPassBase::AttachGpuTargetPassBase;

  void runOnOperation() override {
    ::tconv::Result<::tconv::GpuArch> known = ::tconv::GpuArch::parse(arch);
    if (!known) {
      emitError(getOperation().getLoc()) << known.message();
      return signalPassFailure();
    }
    Attribute target = NVVM::NVVMTargetAttr::get(
        &getContext(), /*optLevel=*/3, "nvptx64-nvidia-cuda", known->name(), known->ptxFeature());
    for (auto module : getOperation().getOps<gpu::GPUModuleOp>())
      module.setTargetsAttr(ArrayAttr::get(&getContext(), target));
  }
};

} // namespace
