//===- LayoutConversion.cpp - Between a layer's buffers and a kernel's ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels read x with its channels padded to whole steps, in the type that is multiplied, and, all
// but those of the family Width, with channels last. What is not so in memory is copied: between
// layouts by transposing squares (MatrixCopy.h), otherwise row by row, in pieces for all threads.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "LayoutConversion.h"

#include "Epilogue.h"
#include "MatrixCopy.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Elements that one iteration of a parallel loop copies, and the channels of those.
constexpr int64_t elementsPerTask = 1 << 14, channelsPerTask = 64;

/// The pixels and channels that one task copies of an image.
struct ImageSplit {
  Split channels;
  Split pixels;

  ImageSplit(Emitter &b, int64_t channelCount, const Split &pixels)
      : channels(Split::of(b, channelCount, channelsPerTask)), pixels(pixels) {}

  /// A multiple of what a cache line holds.
  static int64_t pixelsPerTask(int64_t channels) {
    const int64_t pixels = elementsPerTask / std::min(channels, channelsPerTask);
    return std::max<int64_t>(pixels / 16 * 16, 16);
  }
};

/// Builds copies of images of so many pixels, in the pieces that `emit` gets: if their number is
/// dynamic, once for few and once for many, of which whole vectors can be copied.
void forEachPlane(Emitter &b, int64_t channels, Value pixels,
                  llvm::function_ref<void(const ImageSplit &)> emit) {
  constexpr int64_t many = 64; // no square is larger
  const int64_t perTask = ImageSplit::pixelsPerTask(channels);
  auto emitFor = [&](int64_t atLeast) {
    emit(ImageSplit(b, channels, Split{pixels, atLeast, perTask}));
  };
  if (std::optional<int64_t> known = getConstantIntValue(pixels))
    return emitFor(*known);
  b.ifThenElse(b.less(pixels, b.index(many)), [&] { emitFor(1); }, [&] { emitFor(many); });
}

/// Runs `body` with each image and group, and the channels and pixels of a task.
void forEachPart(
    Emitter &b, Value images, int64_t groups, const ImageSplit &split,
    llvm::function_ref<void(Value image, Value group, IndexRange channels, IndexRange pixels)>
        body) {
  Value channels = split.channels.count(b), pixels = split.pixels.count(b);
  Value parts = b.mul(b.mul(b.mul(images, groups), channels), pixels);
  b.parallel(parts, [&](Value task) {
    Value part = b.div(task, pixels), image = b.div(part, channels);
    IndexRange channelRange = split.channels.piece(b, b.rem(part, channels));
    IndexRange pixelRange = split.pixels.piece(b, b.rem(task, pixels));
    body(b.div(image, groups), b.rem(image, groups), channelRange, pixelRange);
  });
}

/// Runs `body` with some of the numbers in [0, total * each) on each thread.
void forEachRange(Emitter &b, Value total, int64_t each, int64_t size,
                  llvm::function_ref<void(const IndexRange &)> body) {
  Split split{b.mul(total, each), getConstantIntValue(total).value_or(1) * each, size};
  b.parallel(split.count(b), [&](Value task) { body(split.piece(b, task)); });
}

/// An element of x, or a vector of them, as it is multiplied: less its zero point, or, for
/// vpdpbusd, as an unsigned byte, to which signed ones are shifted.
Value toFactor(Emitter &b, const KernelLayer &layer, Value element) {
  KernelOp op = layer.op;
  if (layer.schedule.dot != ::tconv::DotProduct::Int8Quads)
    return b.widen(element, layer.factorType(), static_cast<int64_t>(op.getInputZeroPoint()),
                   op.getInputUnsigned());
  if (op.getInputUnsigned())
    return element;
  TypedAttr sign = b.getI8IntegerAttr(-128);
  if (auto type = dyn_cast<VectorType>(element.getType()))
    sign = DenseElementsAttr::get(type, sign);
  return arith::XOrIOp::create(b, element, arith::ConstantOp::create(b, sign));
}

/// The channels of x that are whole steps: those of a group, or of all.
struct InputGroups {
  int64_t count;
  int64_t channels;
  int64_t padded;

  static InputGroups of(const KernelLayer &layer) {
    const int64_t channels = layer.geometry.inputChannels, groups = layer.geometry.groups;
    if (layer.xChannels() == channels)
      return {1, channels, channels};
    return {groups, channels / groups, layer.xChannels() / groups};
  }
};

void padChannels(Emitter &b, const KernelLayer &layer, const InputGroups &groups, Value packed,
                 Value position) {
  for (int64_t channel = groups.channels; channel < groups.padded; ++channel)
    b.store(b.zero(layer.factorType()), packed, b.add(position, channel));
}

void packChannelsFirst(Emitter &b, const KernelLayer &layer, Value source, Value packed) {
  const InputGroups groups = InputGroups::of(layer);
  Value perImage = layer.xPlane;
  forEachPlane(b, groups.channels, perImage, [&](const ImageSplit &split) {
    forEachPart(
        b, layer.batch, groups.count, split,
        [&](Value image, Value group, IndexRange channels, IndexRange pixels) {
          Value row = b.add(b.mul(image, groups.count), group);
          Matrix from{source, b.mul(row, b.mul(perImage, groups.channels)), perImage};
          Value first =
              b.add(b.mul(image, b.mul(perImage, layer.xChannels())), b.mul(group, groups.padded));
          Matrix to{packed, first, b.index(layer.xChannels())};
          auto convert = [&](Value element) { return toFactor(b, layer, element); };
          if (emitTransposedCopy(b, from, to, channels, pixels, convert, nullptr,
                                 /*ownsStride=*/groups.count == 1) ||
              groups.channels == groups.padded)
            return;
          b.loop(pixels.begin, pixels.end, 1, [&](Value pixel) {
            padChannels(b, layer, groups, packed, b.add(first, b.mul(pixel, layer.xChannels())));
          });
        });
  });
}

void packChannelsLast(Emitter &b, const KernelLayer &layer, Value source, Value packed) {
  const InputGroups groups = InputGroups::of(layer);
  auto convert = [&](Value element) { return toFactor(b, layer, element); };
  if (groups.channels == groups.padded)
    return forEachRange(b, layer.xPixels(b), groups.channels, elementsPerTask,
                        [&](const IndexRange &elements) {
                          Value zero = b.index(0);
                          emitCopy(b, source, zero, packed, zero, elements, convert);
                        });
  const int64_t pixels = llvm::divideCeil(elementsPerTask, layer.xChannels());
  forEachRange(b, layer.xPixels(b), groups.count, pixels, [&](const IndexRange &range) {
    b.loop(range.begin, range.end, 1, [&](Value pixel) {
      Value from = b.mul(pixel, groups.channels), to = b.mul(pixel, groups.padded);
      IndexRange channels{b.index(0), b.index(groups.channels), groups.channels};
      emitCopy(b, source, from, packed, to, channels, convert);
      padChannels(b, layer, groups, packed, to);
    });
  });
}

} // namespace

bool mlir::tconv::readsInPlace(const KernelLayer &layer) {
  if (layer.schedule.family == ::tconv::KernelFamily::Width)
    return !layer.channelsLast;
  return layer.channelsLast && layer.xChannels() == layer.geometry.inputChannels &&
         layer.factorType() == layer.inputType.getElementType() &&
         layer.schedule.dot != ::tconv::DotProduct::Int8Quads;
}

bool mlir::tconv::writesInPlace(const KernelLayer &layer) {
  return !layer.transposesOutput() && !layer.keepsSums();
}

void mlir::tconv::emitPackInput(Emitter &b, const KernelLayer &layer, Value source, Value packed) {
  if (layer.channelsLast)
    packChannelsLast(b, layer, source, packed);
  else
    packChannelsFirst(b, layer, source, packed);
}

void mlir::tconv::emitUnpackOutput(Emitter &b, const KernelLayer &layer, Value source, Value y) {
  const int64_t channels = layer.geometry.outputChannels;
  auto convert = [&](Value stored) {
    return layer.defersEpilogue() ? stored : emitResult(b, layer, stored, {});
  };
  if (layer.channelsLast)
    return forEachRange(b, layer.yPixels(b), channels, elementsPerTask,
                        [&](const IndexRange &elements) {
                          Value zero = b.index(0);
                          emitCopy(b, source, zero, y, zero, elements, convert);
                        });
  Value perImage = layer.yPlane;
  auto complete = [&](Value stored, Value channel, Value position) {
    return emitResult(b, layer, stored, {position, channel});
  };
  forEachPlane(b, channels, perImage, [&](const ImageSplit &split) {
    forEachPart(b, layer.batch, /*groups=*/1, split,
                [&](Value image, Value, IndexRange channelRange, IndexRange pixels) {
                  Value first = b.mul(image, b.mul(perImage, channels));
                  Matrix from{source, first, b.index(channels)}, to{y, first, perImage};
                  emitTransposedCopy(b, from, to, pixels, channelRange, convert,
                                     layer.defersEpilogue() ? PlacedConversion(complete) : nullptr);
                });
  });
}

void mlir::tconv::emitPackChannels(Emitter &b, const KernelLayer &layer, Value source,
                                   Value packed) {
  const ::tconv::FilterPacking &packing = layer.packing;
  const int64_t channels = packing.outputChannels;
  Type type = cast<MemRefType>(packed.getType()).getElementType();
  b.loop(b.index(0), b.index(packing.groups), 1, [&](Value group) {
    Value first = b.mul(group, packing.paddedLanes());
    b.loop(b.index(0), b.index(packing.lanes), 1, [&](Value lane) {
      Value channel = b.add(b.mul(group, channels), b.rem(lane, channels));
      b.store(b.widen(b.load(source, channel), type), packed, b.add(first, lane));
    });
    for (int64_t lane = packing.lanes; lane < packing.paddedLanes(); ++lane)
      b.store(b.zero(type), packed, b.add(first, lane));
  });
}

/// Fills the channels of a group in one pixel of y. The group's padded lanes begin at `lane`.
static void fillGroup(Emitter &b, const KernelLayer &layer, Value lane, Value position) {
  const int64_t channels = layer.packing.outputChannels;
  auto fill = [&](Value channel, auto load) {
    SumPlace place{b.add(position, channel), b.add(lane, channel), /*perLane=*/true, {}};
    b.store(emitEpilogue(b, layer, load(place.channel), place), layer.y, place.y);
  };
  const int64_t lanes = layer.schedule.vectorLength, whole = channels / lanes * lanes;
  b.loop(b.index(0), b.index(whole), lanes, [&](Value channel) {
    fill(channel, [&](Value at) {
      return layer.bias ? b.load(layer.sums(), layer.bias, at) : b.zero(layer.sums());
    });
  });
  b.loop(b.index(whole), b.index(channels), 1, [&](Value channel) {
    fill(channel,
         [&](Value at) { return layer.bias ? b.load(layer.bias, at) : b.zero(layer.sum); });
  });
}

void mlir::tconv::emitBackground(Emitter &b, const KernelLayer &layer) {
  const ::tconv::FilterPacking &packing = layer.packing;
  const int64_t channels = layer.geometry.outputChannels;
  if (!layer.bias && layer.neighbours.empty())
    return forEachRange(
        b, layer.yPixels(b), channels, elementsPerTask, [&](const IndexRange &range) {
          auto fill = [&](Value element) {
            Type type = element.getType();
            auto vector = dyn_cast<VectorType>(type);
            Type sum = vector ? Type(VectorType::get(vector.getShape(), layer.sum)) : layer.sum;
            return emitEpilogue(b, layer, b.zero(sum), {});
          };
          emitCopy(b, layer.y, b.index(0), layer.y, b.index(0), range, fill);
        });
  const int64_t pixels = llvm::divideCeil(elementsPerTask, channels);
  forEachRange(b, layer.yPixels(b), 1, pixels, [&](const IndexRange &range) {
    b.loop(range.begin, range.end, 1, [&](Value pixel) {
      b.loop(b.index(0), b.index(packing.groups), 1, [&](Value group) {
        Value position = b.add(b.mul(pixel, channels), b.mul(group, packing.outputChannels));
        fillGroup(b, layer, b.mul(group, packing.paddedLanes()), position);
      });
    });
  });
}
