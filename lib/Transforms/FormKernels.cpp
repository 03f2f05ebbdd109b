//===- FormKernels.cpp - Scheduled layers as kernels with packed filters --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w schedule <...> : ...
//
// becomes
//
//   %packed = tconv.pack_filter ins(%w : ...) outs(%0 : ...) {...} -> tensor<...>
//   %y = tconv.kernel ins(%x, %packed : ...) outs(%1 : ...) attributes {...} -> tensor<...>
//
// A filter that is a constant is packed here and now.
//
// Test: test/Transforms/form-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Layers/DescribeLayer.h"
#include "Layers/PackConstant.h"
#include "tconv/Schedule/CheckGpuSchedule.h"
#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_FORMKERNELSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

Value createPackedFilter(OpBuilder &builder, ConvTransposeOp op,
                         const ::tconv::FilterPacking &packing) {
  Type type = op.getScheduleAttr().getPackedElementType(op.getInputType().getElementType());
  Attribute constant;
  const ::tconv::ZeroPoints zero = op.getZeroPoints();
  if (matchPattern(op.getFilter(), m_Constant(&constant)))
    if (DenseElementsAttr packed = packConstant(constant, packing, type, zero))
      return arith::ConstantOp::create(builder, op.getLoc(), packed);
  auto packedType = RankedTensorType::get({packing.elements()}, type);
  Value init = tensor::EmptyOp::create(builder, op.getLoc(), packedType.getShape(), type);
  return PackFilterOp::create(builder, op.getLoc(), packedType, op.getFilter(), init,
                              op.getStrideAttr(), op.getDilationAttr(), op.getGroupsAttr(),
                              op.getScheduleAttr(), builder.getI64IntegerAttr(zero.filter),
                              builder.getI64IntegerAttr(zero.unsignedInput()))
      .getPacked();
}

/// Those of the result.
SmallVector<Value> dynamicSizes(OpBuilder &builder, ConvTransposeOp op) {
  ReifiedRankedShapedTypeDims shapes;
  if (op.getOutputType().hasStaticShape() || failed(op.reifyResultShapes(builder, shapes)))
    return {};
  SmallVector<Value> sizes;
  for (auto [dim, size] : llvm::enumerate(shapes.front()))
    if (op.getOutputType().isDynamicDim(dim))
      sizes.push_back(getValueOrCreateConstantIndexOp(builder, op.getLoc(), size));
  return sizes;
}

void formKernel(OpBuilder &builder, ConvTransposeOp op) {
  builder.setInsertionPoint(op);
  auto packing = op.getScheduleAttr().getFilterPacking(describeLayer(op, /*hint=*/{})->geometry);
  Value filter = createPackedFilter(builder, op, packing);
  RankedTensorType type = op.getOutputType();
  Value init = tensor::EmptyOp::create(builder, op.getLoc(), type, dynamicSizes(builder, op));
  auto kernelShape = builder.getDenseI64ArrayAttr(op.getFilterType().getShape().drop_front(2));
  auto kernel = KernelOp::create(
      builder, op.getLoc(), type, op.getInput(), filter, op.getBias(), init, ValueRange{},
      kernelShape, op.getStrideAttr(), op.getPaddingBeginAttr(), op.getPaddingEndAttr(),
      op.getDilationAttr(), op.getOutputPaddingAttr(), op.getGroupsAttr(), op.getLayoutAttr(),
      op.getScheduleAttr(), builder.getI64IntegerAttr(op.getZeroPoints().input),
      op.getInputUnsignedAttr());
  op.replaceAllUsesWith(kernel.getOutput());
  op.erase();
}

::tconv::Status checkSchedule(ConvTransposeOp op) {
  auto gpu = dyn_cast<GpuScheduleAttr>(op.getScheduleAttr());
  auto problem = gpu ? describeLayer(op) : describeLayer(op, /*hint=*/{});
  if (!problem)
    return problem.error();
  if (gpu)
    return ::tconv::checkGpuSchedule(gpu.toSchedule(), *problem);
  const ::tconv::Schedule schedule = cast<ScheduleAttr>(op.getScheduleAttr()).toSchedule();
  if (schedule.family == ::tconv::KernelFamily::Width &&
      ShapedType::isDynamicShape(op.getInputType().getShape().drop_front()))
    return ::tconv::unsupported("expected static spatial sizes for the family width");
  return ::tconv::checkSchedule(schedule, *problem);
}

/// Schedules may have been written by hand.
LogicalResult checkLayer(ConvTransposeOp op) {
  if (::tconv::Status status = checkSchedule(op); !status)
    return op.emitError("the schedule does not fit the layer: ") << status.message();
  return success();
}

struct FormKernelsPass : mlir::tconv::impl::FormKernelsPassBase<FormKernelsPass> {
  void runOnOperation() override {
    SmallVector<ConvTransposeOp> layers;
    getOperation()->walk([&](ConvTransposeOp op) {
      if (op.getScheduleAttr())
        layers.push_back(op);
    });
    OpBuilder builder(&getContext());
    for (ConvTransposeOp op : layers) {
      if (failed(checkLayer(op)))
        return signalPassFailure();
      formKernel(builder, op);
    }
  }
};

} // namespace
