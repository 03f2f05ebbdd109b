//===- LayerChecks.cpp - What layers expect of sizes ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"
#include "Checks.h"

#include "tconv/IR/TconvOps.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

class LayerChecks {
public:
  explicit LayerChecks(ConvTransposeOp op)
      : op(op), emitter(op), input(op.getInput()), filter(op.getFilter()) {}

  void emit() {
    checkChannels();
    for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial)
      checkSpatial(spatial);
    checkMemory();
  }

private:
  IndexExpr sizeOf(Value tensor, int64_t dim) { return emitter.sizeOf(tensor, dim); }

  void checkChannels();
  void checkSpatial(int64_t spatial);
  void checkMemory();

  ConvTransposeOp op;
  CheckEmitter emitter;
  Value input, filter;
};

/// (C9) to (C14)
void LayerChecks::checkChannels() {
  int64_t channelDim = op.getChannelDim(), groups = op.getGroups();
  RankedTensorType output = op.getOutputType();
  IndexExpr channels = sizeOf(input, channelDim), perGroup = sizeOf(filter, 1);
  emitter.checkAtLeast(channels, 1, "expected at least 1 input channel");
  emitter.checkAtLeast(perGroup, 1, "expected at least 1 output channel in each group");
  emitter.checkEqual(channels, sizeOf(filter, 0),
                     "expected as many input channels as dimension 0 of the filter has");
  emitter.checkEqual(mod(channels, groups), IndexExpr(0),
                     "expected groups = " + Twine(groups) + " to divide the input channels");
  IndexExpr outputs = perGroup * groups;
  if (op.getBias())
    emitter.checkEqual(sizeOf(op.getBias(), 0), outputs,
                       "expected a bias of groups * filter.dim(1) elements");
  if (!output.isDynamicDim(0))
    emitter.checkEqual(sizeOf(input, 0), IndexExpr(output.getDimSize(0)),
                       "expected a batch of " + Twine(output.getDimSize(0)) + " as the result has");
  if (!output.isDynamicDim(channelDim))
    emitter.checkEqual(outputs, IndexExpr(output.getDimSize(channelDim)),
                       "expected groups * filter.dim(1) = " + Twine(output.getDimSize(channelDim)) +
                           " output channels as the result has");
}

/// (C9), (C15), (C16)
void LayerChecks::checkSpatial(int64_t spatial) {
  using Predicate = CheckEmitter::Predicate;
  ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
  int64_t declared = op.getOutputType().getDimSize(op.getSpatialDim(spatial));
  IndexExpr size = sizeOf(input, op.getSpatialDim(spatial)), kernel = sizeOf(filter, spatial + 2);
  std::string where = " in spatial dimension " + std::to_string(spatial);
  emitter.checkAtLeast(size, 1, "expected an input size of at least 1" + where);
  emitter.checkAtLeast(kernel, 1, "expected a filter size of at least 1" + where);
  // Above these sizes the formula could overflow.
  constexpr int64_t limit = int64_t(1) << 60;
  emitter.check(emitter.compare(Predicate::sle, size, IndexExpr(limit / dim.stride + 1)),
                "expected an input size with which the output size fits 63 bits" + where);
  emitter.check(emitter.compare(Predicate::sle, kernel, IndexExpr(limit / dim.dilation + 1)),
                "expected a filter size with which the output size fits 63 bits" + where);
  std::string formula =
      ::tconv::describeOutputSize(dim) + " for an input size I and a filter size K";
  IndexExpr outputs = outputSize(size, kernel, dim);
  if (ShapedType::isDynamic(declared))
    emitter.checkAtLeast(outputs, 1,
                         "expected an output size of at least 1" + where + ", got " + formula);
  else
    emitter.checkEqual(outputs, IndexExpr(declared),
                       "expected an output size of " + Twine(declared) + " as the result has" +
                           where + ", got " + formula);
}

/// (C16) for the tensors and everything that is computed on the way: a bound of their elements,
/// as what is left of the largest number of elements after a division by each size, which does
/// not overflow. (And is in integers: hosts of GPU programs have no other numbers.)
void LayerChecks::checkMemory() {
  constexpr int64_t mostElements = (int64_t(1) << 62) / sizeof(double) - 1;
  SmallVector<IndexExpr> sizes{sizeOf(filter, 0) + sizeOf(filter, 1) * op.getGroups()};
  for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial) {
    ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
    IndexExpr size = sizeOf(input, op.getSpatialDim(spatial)), kernel = sizeOf(filter, spatial + 2);
    sizes.push_back(size + outputSize(size, kernel, dim) + kernel * dim.dilation * 2);
  }
  sizes.push_back(sizeOf(input, 0));
  emitter.check(emitter.fitProduct(sizes, mostElements),
                "expected tensors of less than 2^62 bytes");
}

} // namespace

void mlir::tconv::emitLayerChecks(ConvTransposeOp op) { LayerChecks(op).emit(); }
