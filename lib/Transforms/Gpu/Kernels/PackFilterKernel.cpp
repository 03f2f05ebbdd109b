//===- PackFilterKernel.cpp - Packing of a filter on a GPU ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Each thread writes one element of the packed filter, so that neighbours write
// neighbours. Filters are packed once and read often.
//
//===----------------------------------------------------------------------===//

#include "PackFilterKernel.h"

#include "ConstantTable.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr int64_t threads = 256;

/// What of the filter stands in a packed element: where, and whether it is no padding.
struct Source {
  Value index, exists;
};

Source locateSource(KernelBuilder &b, gpu::GPUModuleOp module, const FilterPacking &packing,
                    Value number) {
  auto next = [&](int64_t size) {
    Value digit = b.rem(number, size);
    number = b.div(number, size);
    return digit;
  };
  Value part = next(packing.channelsPerStep), lane = next(packing.blockLanes);
  Value step = next(packing.stepsPerTap);
  Value tap = next(static_cast<int64_t>(packing.tapOrder.size()));
  Value block = next(packing.numBlocks()), group = number;
  Value channel = b.add(b.mul(step, packing.channelsPerStep), part);
  Value output = b.add(b.mul(block, packing.blockLanes), lane);
  Value exists =
      b.both(b.below(channel, packing.inputChannels), b.below(output, packing.outputChannels));
  SmallVector<int32_t> order(packing.tapOrder.begin(), packing.tapOrder.end());
  Value table = createConstantTable(b, module, order);
  Value kernel = b.load(b.getI32Type(), b.at(table, b.getI32Type(), tap), 4);
  Value row = b.add(b.mul(group, packing.inputChannels), channel);
  Value index = b.add(b.mul(row, packing.outputChannels), output);
  return {b.add(b.mul(index, packing.kernelElements), kernel), exists};
}

} // namespace

void mlir::tconv::emitPackFilterKernel(KernelBuilder &b, KernelModule &kernels, PackFilterOp op) {
  const FilterPacking packing = op.getPacking();
  auto kernel = kernels.createKernel(op, "pack_filter", 2, threads);
  Block &body = kernel.getBody().front();
  {
    KernelBuilder inner(op.getLoc(), body.getTerminator());
    Type element = cast<MemRefType>(op.getFilter().getType()).getElementType();
    // As integers: nothing is computed with them.
    Type type = inner.getIntegerType(element.getIntOrFloatBitWidth());
    const int64_t bytes = element.getIntOrFloatBitWidth() / 8;
    Value number = inner.add(inner.mul(inner.blockIndexX(), threads), inner.threadIndex());
    inner.ifThen(inner.below(number, packing.elements()), [&] {
      Source source = locateSource(inner, kernels.get(), packing, number);
      Value index = inner.select(source.exists, source.index, inner.i32(0));
      Value loaded = inner.load(type, inner.at(body.getArgument(0), type, index), bytes);
      Value value = inner.select(source.exists, loaded, inner.zero(type));
      inner.store(value, inner.at(body.getArgument(1), type, number), bytes);
    });
  }
  const int64_t blocks = llvm::divideCeil(packing.elements(), threads);
  createLaunch(b, kernel, {.blocks = blocks, .threads = threads}, {op.getFilter(), op.getInit()});
}
