//===- LayerOfModule.cpp - The layer that a module holds ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/ExplainModule/LayerOfModule.h"

#include "tconv/Entry/Constants.h"
#include "tconv/Entry/EntryPoint.h"
#include "tconv/Entry/ShapeCheck.h"
#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

Result<ConvTransposeOp> findLayer(mlir::func::FuncOp function) {
  std::vector<ConvTransposeOp> layers;
  function.walk([&](ConvTransposeOp op) { layers.push_back(op); });
  if (layers.size() == 1)
    return layers.front();
  return Error{"expected one tconv.conv_transpose in @" + function.getSymName().str() + ", found " +
               std::to_string(layers.size())};
}

/// The sizes of a layer, from the shapes of its operands.
Result<Geometry> geometryOf(ConvTransposeOp op, const std::vector<int64_t> &input,
                            const std::vector<int64_t> &filter) {
  std::vector<int64_t> inputSizes, kernelSizes;
  std::vector<DimAttributes> attributes;
  for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial) {
    inputSizes.push_back(input[op.getSpatialDim(spatial)]);
    kernelSizes.push_back(filter[spatial + 2]);
    attributes.push_back(op.getDimAttributes(spatial));
  }
  int64_t groups = op.getGroups();
  return Geometry::create(input[0], input[op.getChannelDim()], filter[1] * groups, groups,
                          inputSizes, kernelSizes, attributes);
}

Result<Layer> sampleLayerOf(ConvTransposeOp op) {
  if (!op.getInputType().hasStaticShape() || !op.getFilterType().hasStaticShape())
    return Error{"expected static sizes, or an --input for each argument, got dynamic sizes"};
  Result<Geometry> geometry =
      geometryOf(op, op.getInputType().getShape().vec(), op.getFilterType().getShape().vec());
  if (!geometry)
    return geometry.error();
  return createSampleLayer(std::move(*geometry));
}

} // namespace

Result<Layer> tconv::layerOf(mlir::ModuleOp module, const std::string &name,
                             const std::vector<HostTensor> &inputs,
                             const std::vector<std::string> &paths) {
  Result<EntryFunction> entry = findEntry(module, name);
  if (!entry)
    return entry.error();
  Result<ConvTransposeOp> op = findLayer(entry->asFunc());
  if (!op)
    return op.error();
  if (inputs.empty() && !entry->entry.inputs.empty())
    return sampleLayerOf(*op);
  if (Status status = checkInputFiles(entry->entry, inputs, paths); !status)
    return status.error();
  // Has an input for each argument now.
  if (Status status = checkShapes(entry->asFunc(), inputs); !status)
    return status.error();
  Result<HostTensor> input = evaluate(op->getInput(), inputs);
  if (!input)
    return input.error();
  Result<HostTensor> filter = evaluate(op->getFilter(), inputs);
  if (!filter)
    return filter.error();
  std::optional<HostTensor> bias;
  if (op->getBias()) {
    Result<HostTensor> value = evaluate(op->getBias(), inputs);
    if (!value)
      return value.error();
    bias = std::move(*value);
  }
  Result<Geometry> geometry = geometryOf(*op, input->shape(), filter->shape());
  if (!geometry)
    return geometry.error();
  Result<Layer> layer =
      createLayer(std::move(*geometry), std::move(*input), std::move(*filter), std::move(bias),
                  op->getLayout() == mlir::tconv::Layout::ChannelsLast);
  if (layer)
    layer->zeroPoints = op->getZeroPoints();
  return layer;
}
