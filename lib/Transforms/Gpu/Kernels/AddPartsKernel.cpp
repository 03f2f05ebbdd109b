//===- AddPartsKernel.cpp - The parts of sums, added ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thread for each element of y, which adds its parts from the first to the last: results do not
// depend on the order in which blocks have ended.
//
//===----------------------------------------------------------------------===//

#include "AddPartsKernel.h"

#include "ScalarEpilogue.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr int64_t threads = 256;

/// The sum of the parts of an element.
Value addParts(KernelBuilder &b, const GpuKernelLayer &layer, Value workspace, Value index) {
  Value sum;
  for (int64_t part = 0; part < layer.schedule.splitK; ++part) {
    Value elements =
        arith::ConstantOp::create(b, b.getI64IntegerAttr(part * layer.outputElements()));
    Value address = b.at(b.at(workspace, layer.sum, elements), layer.sum, index);
    Value number = b.load(layer.sum, address, layer.sumBytes());
    if (!sum)
      sum = number;
    else if (isa<FloatType>(layer.sum))
      sum = arith::AddFOp::create(b, sum, number);
    else
      sum = b.add(sum, number);
  }
  return sum;
}

void emitElement(KernelBuilder &b, const GpuKernelLayer &layer, Block &body, Value index) {
  Value sum = addParts(b, layer, body.getArgument(0), index);
  Value channel = b.rem(b.div(index, layer.y.channel), layer.problem.geometry.outputChannels);
  ValueRange others = body.getArguments().drop_front().drop_back();
  Value result = emitScalarEpilogue(b, layer.op, sum, others, channel, index).front();
  b.store(result, b.at(body.getArguments().back(), layer.result, index),
          layer.result.getIntOrFloatBitWidth() / 8);
}

} // namespace

void mlir::tconv::emitAddPartsKernel(KernelBuilder &b, KernelModule &kernels,
                                     const GpuKernelLayer &layer, Value workspace) {
  KernelOp op = layer.op;
  SmallVector<Value> buffers{workspace};
  llvm::append_range(buffers, epilogueBuffers(op));
  buffers.push_back(op.getInit());
  auto kernel = kernels.createKernel(op, "add_parts", buffers.size(), threads);
  Block &body = kernel.getBody().front();
  {
    KernelBuilder inner(op.getLoc(), body.getTerminator());
    Value index = inner.add(inner.mul(inner.blockIndexX(), threads), inner.threadIndex());
    inner.ifThen(inner.below(index, layer.outputElements()),
                 [&] { emitElement(inner, layer, body, index); });
  }
  const int64_t blocks = llvm::divideCeil(layer.outputElements(), threads);
  createLaunch(b, kernel, {.blocks = blocks, .threads = threads}, buffers);
}
