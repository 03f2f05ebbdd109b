//===- LayerSpec.cpp - Layers as torch and ONNX say them ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerSpec.h"

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace mlir::tconv;

FailureOr<Value> mlir::tconv::emitLayer(OpBuilder &builder, Location loc, StringRef name,
                                        const LayerSpec &spec) {
  ConvTransposeSignature signature{cast<RankedTensorType>(spec.input.getType()),
                                   cast<RankedTensorType>(spec.filter.getType()),
                                   spec.bias ? cast<RankedTensorType>(spec.bias.getType())
                                             : RankedTensorType(),
                                   spec.result,
                                   spec.stride,
                                   spec.begin,
                                   spec.end,
                                   spec.dilation,
                                   spec.outputPadding,
                                   spec.groups,
                                   Layout::ChannelsFirst};
  if (::tconv::Status status = signature.verify(); !status)
    return emitError(loc) << "'" << name << "': " << status.message();
  // Types of front ends may know less than the sizes of the operands say.
  RankedTensorType type = signature.inferOutput();
  Value layer = ConvTransposeOp::create(builder, loc, type, spec.input, spec.filter, spec.bias,
                                        spec.stride, spec.begin, spec.end, spec.dilation,
                                        spec.outputPadding, spec.groups, Layout::ChannelsFirst,
                                        KernelScheduleAttr(), IntegerAttr(), IntegerAttr());
  return type == spec.result ? layer
                             : tensor::CastOp::create(builder, loc, spec.result, layer).getResult();
}
