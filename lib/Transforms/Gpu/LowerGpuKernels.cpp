//===- LowerGpuKernels.cpp - Kernels in GPU modules, and their launches ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   tconv.kernel ins(%x, %packed : ...) outs(%y : ...) attributes {...}
//
// becomes
//
//   gpu.launch_func @tconv_kernels::@main_kernel blocks in (...) threads in (...)
//       dynamic_shared_memory_size %bytes args(%0 : i64, %1 : i64, %2 : i64)
//
// and a function of a gpu.module. Kernels/MatrixKernel.h is where to begin to read.
//
// Test: test/Transforms/Gpu/lower-gpu-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Kernels/DepthwiseKernel.h"
#include "Kernels/MatrixKernel.h"
#include "Kernels/PackFilterKernel.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERGPUKERNELSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

LogicalResult lowerKernel(KernelOp op, const ::tconv::TargetGpu &target, KernelModule &kernels) {
  if (op.getInputType().getDimSize(0) == 0) {
    op.erase();
    return success();
  }
  if (op.getInputType().isDynamicDim(0))
    return op.emitError("expected static sizes, got ") << op.getInputType();
  auto layer = GpuKernelLayer::of(op, target);
  if (!layer)
    return op.emitError() << layer.message();
  KernelBuilder b(op.getLoc(), op);
  if (layer->schedule.kernel == ::tconv::GpuKernel::Depthwise)
    emitDepthwiseKernel(b, kernels, *layer);
  else
    emitMatrixKernel(b, kernels, *layer);
  op.erase();
  return success();
}

LogicalResult lowerPacking(PackFilterOp op, KernelModule &kernels) {
  if (!isa<GpuScheduleAttr>(op.getSchedule()))
    return op.emitError("expected a schedule for a GPU");
  KernelBuilder b(op.getLoc(), op);
  emitPackFilterKernel(b, kernels, op);
  op.erase();
  return success();
}

struct LowerGpuKernelsPass : mlir::tconv::impl::LowerGpuKernelsPassBase<LowerGpuKernelsPass> {
  using LowerGpuKernelsPassBase::LowerGpuKernelsPassBase;

  void runOnOperation() override {
    auto target = ::tconv::TargetGpu::of(arch);
    KernelModule kernels(getOperation());
    SmallVector<PackFilterOp> filters;
    SmallVector<KernelOp> layers;
    getOperation().walk([&](PackFilterOp op) { filters.push_back(op); });
    getOperation().walk([&](KernelOp op) { layers.push_back(op); });
    for (PackFilterOp op : filters)
      if (failed(lowerPacking(op, kernels)))
        return signalPassFailure();
    if (!layers.empty() && !target) {
      layers.front().emitError() << target.message();
      return signalPassFailure();
    }
    for (KernelOp op : layers)
      if (failed(lowerKernel(op, *target, kernels)))
        return signalPassFailure();
  }
};

} // namespace
