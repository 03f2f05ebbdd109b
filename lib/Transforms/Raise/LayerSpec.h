//===- LayerSpec.h - Layers as torch and ONNX say them -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_LAYERSPEC_H
#define TCONV_TRANSFORMS_RAISE_LAYERSPEC_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::tconv {

/// A layer with channels first and its filter in this project's layout.
struct LayerSpec {
  Value input, filter, bias;
  SmallVector<int64_t> stride, begin, end, dilation, outputPadding;
  int64_t groups = 1;
  RankedTensorType result;
};

/// The layer, cast to the result's type. An error at the location, which begins with
/// `name`, if it contradicts itself.
FailureOr<Value> emitLayer(OpBuilder &builder, Location loc, StringRef name, const LayerSpec &spec);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_LAYERSPEC_H
