//===- PixelPosition.cpp - Pixels of a phase as coordinates ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A row of the product is a number with digits: the position in each dimension, within the extent
// of its phase, and the image, first or last as the schedule's order says.
//
//===----------------------------------------------------------------------===//

#include "PixelPosition.h"

using namespace mlir;
using namespace mlir::tconv;

PixelPosition PixelPosition::decode(KernelBuilder &b, const GpuKernelLayer &layer,
                                    const PhaseValues &phase, Value pixel) {
  PixelPosition position;
  position.dims.resize(phase.dims.size());
  const bool pixelByPixel = layer.schedule.order == ::tconv::GpuPixelOrder::PixelByPixel;
  if (pixelByPixel) {
    position.image = b.rem(pixel, layer.problem.geometry.batch);
    pixel = b.div(pixel, layer.problem.geometry.batch);
  }
  for (size_t dim = phase.dims.size(); dim-- > 0;) {
    position.dims[dim] = b.rem(pixel, phase.dims[dim].extent);
    pixel = b.div(pixel, phase.dims[dim].extent);
  }
  if (!pixelByPixel)
    position.image = pixel;
  return position;
}

Value mlir::tconv::locateOutput(KernelBuilder &b, const GpuKernelLayer &layer,
                                const PhaseValues &phase, Value pixel) {
  PixelPosition position = PixelPosition::decode(b, layer, phase, pixel);
  Value result = b.mul(position.image, layer.y.batch);
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    Value output =
        b.add(b.mul(position.dims[dim], layer.problem.geometry.dims[dim].attributes.stride),
              phase.dims[dim].firstOutput);
    result = b.add(result, b.mul(output, layer.y.dims[dim]));
  }
  return result;
}
