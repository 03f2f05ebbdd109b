//===- ModuleLayers.cpp - The layers of a module --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Layers.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/Support/Errors.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;
using namespace tconv::bench;
using mlir::tconv::ConvTransposeOp;

namespace {

/// "layer.mlir:4", as compilers write it.
std::string placeOf(ConvTransposeOp op, const std::string &path) {
  auto location = mlir::dyn_cast<mlir::FileLineColLoc>(op.getLoc());
  return location ? path + ":" + std::to_string(location.getLine()) : path;
}

Result<ProblemDescriptor> describe(ConvTransposeOp op) {
  mlir::RankedTensorType input = op.getInputType(), filter = op.getFilterType();
  if (!input.hasStaticShape() || !filter.hasStaticShape())
    return unsupported("expected a layer of static sizes to measure, got dynamic ones");
  std::string type;
  llvm::raw_string_ostream(type) << input.getElementType();
  ProblemDescriptor layer;
  layer.batch = input.getDimSize(0);
  layer.inputChannels = input.getDimSize(op.getChannelDim());
  layer.groups = static_cast<int64_t>(op.getGroups());
  layer.outputChannels = filter.getDimSize(1) * layer.groups;
  layer.bias = op.getBias() != nullptr;
  layer.type = parseElementType(type).value_or(ElementType::F32);
  bool last = op.getLayout() == mlir::tconv::Layout::ChannelsLast;
  layer.layout = last ? TensorLayout::ChannelsLast : TensorLayout::ChannelsFirst;
  for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial) {
    layer.input.push_back(input.getDimSize(op.getSpatialDim(spatial)));
    layer.kernel.push_back(filter.getDimSize(spatial + 2));
    layer.attributes.push_back(op.getDimAttributes(spatial));
  }
  return layer;
}

} // namespace

Result<std::vector<NamedLayer>> bench::layersOfModule(mlir::MLIRContext &context,
                                                      const std::string &path) {
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(path, &context);
  if (!module)
    return Error{path + " could not be read as a module"};
  std::vector<NamedLayer> layers;
  Status status = success();
  module->walk([&](ConvTransposeOp op) {
    Result<ProblemDescriptor> layer = describe(op);
    if (!layer) {
      status = Error{placeOf(op, path) + ": " + layer.message(), layer.error().unsupported};
      return mlir::WalkResult::interrupt();
    }
    layers.push_back({placeOf(op, path), std::move(*layer)});
    return mlir::WalkResult::advance();
  });
  if (!status)
    return status.error();
  if (layers.empty())
    return Error{path + ": expected at least one tconv.conv_transpose, got none"};
  return layers;
}
