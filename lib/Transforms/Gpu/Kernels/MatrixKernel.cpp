//===- MatrixKernel.cpp - A layer as products of matrices -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each block computes one tile of the product in the way that CUTLASS has made common: tiles of x
// and w pass through stages in shared memory, warps multiply fragments of them into registers, and
// sums go out through shared memory. With split_k, blocks add parts of the sum to a workspace of
// their own, and a second kernel adds those in a fixed order.
//
//===----------------------------------------------------------------------===//

#include "MatrixKernel.h"

#include "AddPartsKernel.h"
#include "InputMaps.h"
#include "MainLoop.h"
#include "ScalarEpilogue.h"
#include "SumStore.h"
#include "WarpgroupBlock.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The tile of a block, from x and w to y.
void emitBlock(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block, Value x,
               Value filter, Value shared, const SumTarget &target) {
  InputTile input(b, layer, block, x);
  FilterTile filterTile(b, layer, block, filter);
  auto multiply = MultiplyTile::create(b, layer);
  SumStore store(b, layer, block, target, shared);
  SmallVector<Value> sums = MainLoop(layer, block, input, filterTile, *multiply, shared).emit(b);
  store.emit(b, *multiply, sums);
}

LLVM::LLVMFuncOp createKernel(KernelModule &kernels, const GpuKernelLayer &layer,
                              const ::tconv::Im2colMaps &maps, bool isPart) {
  KernelOp op = layer.op;
  const size_t others = isPart ? 0 : epilogueBuffers(op).size();
  const size_t pointers = others + 3, numMaps = maps.maps.size();
  auto kernel = kernels.createKernel(op, "kernel", pointers, layer.schedule.threads(), numMaps);
  Block &body = kernel.getBody().front();
  KernelBuilder b(op.getLoc(), body.getTerminator());
  ValueRange arguments = body.getArguments().drop_front(numMaps);
  SumTarget target{arguments.back(), SmallVector<Value>(arguments.slice(2, others)), isPart};
  Value shared = kernels.getShared(b);
  BlockPosition block = BlockPosition::decode(b, kernels.get(), layer);
  // Phases have different numbers of pixels; blocks that have none are done.
  b.ifThen(b.below(block.firstPixel, block.phase.pixels), [&] {
    if (layer.schedule.kernel == ::tconv::GpuKernel::Wgmma)
      emitWarpgroupBlock(b, kernels.get(), layer, block,
                         {maps, body.getArguments().take_front(numMaps), arguments[1]}, shared,
                         target);
    else
      emitBlock(b, layer, block, arguments[0], arguments[1], shared, target);
  });
  return kernel;
}

/// Of x, for the kernel wgmma, whose check has looked at them; none for the others.
::tconv::Im2colMaps findMaps(const GpuKernelLayer &layer) {
  if (layer.schedule.kernel != ::tconv::GpuKernel::Wgmma)
    return {};
  return *::tconv::Im2colMaps::create(layer.problem.geometry, layer.phases, layer.schedule.order);
}

} // namespace

void mlir::tconv::emitMatrixKernel(KernelBuilder &b, KernelModule &kernels,
                                   const GpuKernelLayer &layer) {
  KernelOp op = layer.op;
  const int64_t parts = layer.schedule.splitK;
  const LaunchSizes sizes{.blocks = layer.blocks.total(),
                          .blocksY = parts,
                          .threads = layer.schedule.threads(),
                          .sharedBytes = layer.memory.totalBytes};
  const ::tconv::Im2colMaps maps = findMaps(layer);
  SmallVector<Value> parameters = createInputMaps(b, layer, maps);
  SmallVector<Value> buffers{op.getInput(), op.getFilter()};
  if (parts == 1) {
    llvm::append_range(buffers, epilogueBuffers(op));
    buffers.push_back(op.getInit());
    createLaunch(b, createKernel(kernels, layer, maps, /*isPart=*/false), sizes, buffers,
                 parameters);
    return;
  }
  auto type = MemRefType::get({parts * layer.outputElements()}, layer.sum);
  Value workspace = memref::AllocOp::create(b, type);
  buffers.push_back(workspace);
  createLaunch(b, createKernel(kernels, layer, maps, /*isPart=*/true), sizes, buffers, parameters);
  emitAddPartsKernel(b, kernels, layer, workspace);
  memref::DeallocOp::create(b, workspace);
}
