//===- LayoutConversion.cpp - Between a layer's buffers and a kernel's ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutConversion.h"

#include "Epilogue.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Pixels that one iteration of a parallel loop copies.
constexpr int64_t pixelsPerTask = 256;

/// An element in the type that is multiplied, or summed.
Value convert(Emitter &b, Value element, Type type) {
  if (element.getType() == type)
    return element;
  if (isa<FloatType>(type))
    return arith::ExtFOp::create(b, type, element);
  return arith::ExtSIOp::create(b, type, element);
}

/// Runs `body` with each pixel of the batch, several at a time on each thread.
void forEachPixel(Emitter &b, int64_t pixels, llvm::function_ref<void(Value)> body) {
  b.parallel(llvm::divideCeil(pixels, pixelsPerTask), [&](Value task) {
    Value begin = b.mul(task, pixelsPerTask);
    Value end = b.min(b.add(begin, pixelsPerTask), b.index(pixels));
    b.loop(begin, end, 1, body);
  });
}

/// The position of the first channel of a pixel in a layer's own buffer, and how far
/// its channels are apart.
struct Pixel {
  Value first;
  int64_t stride;
};
Pixel locate(Emitter &b, Value pixel, int64_t channels, int64_t pixelsPerImage, bool channelsLast) {
  if (channelsLast)
    return {b.mul(pixel, channels), 1};
  Value image = b.mul(b.div(pixel, pixelsPerImage), channels * pixelsPerImage);
  return {b.add(image, b.rem(pixel, pixelsPerImage)), pixelsPerImage};
}

} // namespace

bool mlir::tconv::readsInPlace(const KernelLayer &layer) {
  const bool width = layer.schedule.family == ::tconv::KernelFamily::Width;
  return layer.channelsLast != width && layer.xChannels() == layer.geometry.inputChannels &&
         layer.factorType() == layer.inputType.getElementType() &&
         layer.schedule.dot != ::tconv::DotProduct::Int8Quads;
}

bool mlir::tconv::writesInPlace(const KernelLayer &layer) {
  return layer.channelsLast != (layer.schedule.family == ::tconv::KernelFamily::Width);
}

void mlir::tconv::emitPackInput(Emitter &b, const KernelLayer &layer, Value source, Value packed) {
  const int64_t channels = layer.geometry.inputChannels, groups = layer.geometry.groups;
  const int64_t perGroup = channels / groups, padded = layer.xChannels() / groups;
  const int64_t pixels = layer.xPixels(), perImage = pixels / layer.geometry.batch;
  Type type = layer.factorType();
  forEachPixel(b, pixels, [&](Value pixel) {
    Pixel from = locate(b, pixel, channels, perImage, layer.channelsLast);
    Value to = b.mul(pixel, layer.xChannels());
    b.loop(b.index(0), b.index(groups), 1, [&](Value group) {
      Value first = b.add(to, b.mul(group, padded));
      b.loop(b.index(0), b.index(perGroup), 1, [&](Value channel) {
        Value position = b.mul(b.add(b.mul(group, perGroup), channel), from.stride);
        Value element = b.load(source, b.add(from.first, position));
        b.store(convert(b, element, type), packed, b.add(first, channel));
      });
      for (int64_t channel = perGroup; channel < padded; ++channel)
        b.store(b.zero(type), packed, b.add(first, channel));
    });
  });
}

void mlir::tconv::emitUnpackOutput(Emitter &b, const KernelLayer &layer, Value source, Value y) {
  const int64_t channels = layer.geometry.outputChannels;
  const int64_t pixels = layer.yPixels(), perImage = pixels / layer.geometry.batch;
  forEachPixel(b, pixels, [&](Value pixel) {
    Pixel to = locate(b, pixel, channels, perImage, /*channelsLast=*/false);
    Value from = b.mul(pixel, channels);
    b.loop(b.index(0), b.index(channels), 1, [&](Value channel) {
      Value element = b.load(source, b.add(from, channel));
      b.store(element, y, b.add(to.first, b.mul(channel, to.stride)));
    });
  });
}

void mlir::tconv::emitPackBias(Emitter &b, const KernelLayer &layer, Value source, Value packed) {
  const ::tconv::FilterPacking &packing = layer.packing;
  const int64_t channels = packing.outputChannels;
  b.loop(b.index(0), b.index(packing.groups), 1, [&](Value group) {
    Value first = b.mul(group, packing.paddedLanes());
    b.loop(b.index(0), b.index(packing.lanes), 1, [&](Value lane) {
      Value channel = b.add(b.mul(group, channels), b.rem(lane, channels));
      Value bias = convert(b, b.load(source, channel), layer.sum);
      b.store(bias, packed, b.add(first, lane));
    });
    for (int64_t lane = packing.lanes; lane < packing.paddedLanes(); ++lane)
      b.store(b.zero(layer.sum), packed, b.add(first, lane));
  });
}

void mlir::tconv::emitBackground(Emitter &b, const KernelLayer &layer) {
  const ::tconv::FilterPacking &packing = layer.packing;
  const int64_t channels = layer.geometry.outputChannels;
  forEachPixel(b, layer.yPixels(), [&](Value pixel) {
    Value first = b.mul(pixel, channels);
    b.loop(b.index(0), b.index(channels), 1, [&](Value channel) {
      Value sum = b.zero(layer.sum);
      if (layer.bias) {
        Value group = b.div(channel, packing.outputChannels);
        Value lane = b.rem(channel, packing.outputChannels);
        sum = b.load(layer.bias, b.add(b.mul(group, packing.paddedLanes()), lane));
      }
      b.store(emitEpilogue(b, layer.op, sum), layer.y, b.add(first, channel));
    });
  });
}
