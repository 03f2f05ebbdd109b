//===- LayerProblem.cpp - A layer as schedules see it ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerProblem.h"

using namespace mlir;
using namespace mlir::tconv;

::tconv::Result<::tconv::LayerProblem> mlir::tconv::describeLayer(ConvTransposeOp op) {
  if (!op.getInputType().hasStaticShape() || !op.getFilterType().hasStaticShape() ||
      !op.getOutputType().hasStaticShape())
    return ::tconv::Error{"sizes are dynamic", true};
  std::string type;
  llvm::raw_string_ostream(type) << op.getInputType().getElementType();
  auto parsed = ::tconv::parseElementType(type);
  if (!parsed)
    return ::tconv::Error{"the element type is not supported", true};
  return ::tconv::LayerProblem{*op.getGeometry(), *parsed, op.getLayout() == Layout::ChannelsLast};
}
