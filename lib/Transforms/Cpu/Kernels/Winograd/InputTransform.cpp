//===- InputTransform.cpp - The windows of x, transformed -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile's window of x is loaded vector by vector of channels, and each dimension multiplied by its
// matrix B^T (Winograd's minimal filtering, CookToom.h); products stand apart in the workspace, so
// that each is a product of matrices afterwards. Windows that lie in x are loaded as they are,
// those that reach out of it under masks.
//
//===----------------------------------------------------------------------===//

#include "InputTransform.h"

#include "../Epilogue.h"
#include "TransformEmitter.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// An element of a window: its position in x, and whether it is in x; null if that is known.
struct WindowElement {
  Value position;
  Value exists;
};

class InputTransform {
public:
  InputTransform(Emitter &b, const WinogradLayer &winograd, const ::tconv::WinogradClass &phases,
                 const TileChunk &chunk)
      : b(b), winograd(winograd), layer(winograd.layer), phases(phases), chunk(chunk) {}

  void emit(Value number);

private:
  SmallVector<WindowElement> locateInside(Value image, ArrayRef<Value> begin);
  SmallVector<WindowElement> locateAnywhere(Value image, ArrayRef<Value> begin);
  void emitChannels(ArrayRef<WindowElement> window, Value row);
  void emitVector(ArrayRef<WindowElement> window, Value row, Value channel, int64_t count);
  Value load(const WindowElement &element, Value channel, int64_t count);

  Emitter &b;
  const WinogradLayer &winograd;
  const KernelLayer &layer;
  const ::tconv::WinogradClass &phases;
  const TileChunk &chunk;
};

/// The tile of that number in the chunk.
void InputTransform::emit(Value number) {
  TileLocation tile = winograd.locate(b, chunk, number);
  SmallVector<Value> begin;
  Value inside;
  for (auto [position, toom, size] :
       llvm::zip_equal(tile.positions, phases.transforms, layer.inputs)) {
    begin.push_back(b.add(position, 1 - toom.taps));
    // Some windows are longer than x.
    Value places = b.maxSigned(b.add(size, 1 - toom.window()), b.index(0));
    Value fits = isInside(b, begin.back(), places);
    inside = inside ? b.createOrFold<arith::AndIOp>(inside, fits) : fits;
  }
  Value image = b.add(b.mul(tile.image, b.mul(layer.xPlane, layer.xChannels())),
                      b.mul(chunk.group, winograd.inputChannels()));
  Value row = b.mul(number, winograd.space.inputTile);
  b.ifThenElse(
      inside, [&] { emitChannels(locateInside(image, begin), row); },
      [&] { emitChannels(locateAnywhere(image, begin), row); });
}

/// All elements of a window that lies in x.
SmallVector<WindowElement> InputTransform::locateInside(Value image, ArrayRef<Value> begin) {
  Value first = image;
  for (auto [position, stride] : llvm::zip_equal(begin, winograd.inputStrides(b)))
    first = b.add(first, b.mul(position, stride));
  SmallVector<Value> offsets{b.index(0)};
  for (auto [toom, stride] : llvm::zip_equal(phases.transforms, winograd.inputStrides(b))) {
    SmallVector<Value> next;
    for (Value offset : offsets)
      for (int64_t index = 0; index < toom.window(); ++index)
        next.push_back(b.add(offset, b.mul(stride, index)));
    offsets = next;
  }
  SmallVector<WindowElement> window;
  for (Value offset : offsets)
    window.push_back({b.add(first, offset), nullptr});
  return window;
}

/// All elements of a window; those that are not in x have the position of one that is.
SmallVector<WindowElement> InputTransform::locateAnywhere(Value image, ArrayRef<Value> begin) {
  SmallVector<WindowElement> window{{image, nullptr}};
  for (auto [position, toom, size, stride] :
       llvm::zip_equal(begin, phases.transforms, layer.inputs, winograd.inputStrides(b))) {
    SmallVector<WindowElement> next;
    for (const WindowElement &outer : window)
      for (int64_t index = 0; index < toom.window(); ++index) {
        Value at = b.add(position, index), exists = isInside(b, at, size);
        Value nearest = b.maxSigned(b.minSigned(at, b.add(size, -1)), b.index(0));
        next.push_back(
            {b.add(outer.position, b.mul(nearest, stride)),
             outer.exists ? b.createOrFold<arith::AndIOp>(outer.exists, exists) : exists});
      }
    window = next;
  }
  return window;
}

void InputTransform::emitChannels(ArrayRef<WindowElement> window, Value row) {
  const int64_t lanes = layer.schedule.vectorLength, channels = winograd.inputChannels();
  const int64_t whole = channels / lanes * lanes;
  if (whole > 0)
    b.loop(b.index(0), b.index(whole), lanes,
           [&](Value channel) { emitVector(window, row, channel, lanes); });
  if (whole < channels)
    emitVector(window, row, b.index(whole), channels - whole);
}

void InputTransform::emitVector(ArrayRef<WindowElement> window, Value row, Value channel,
                                int64_t count) {
  SmallVector<Value> values;
  for (const WindowElement &element : window)
    values.push_back(load(element, channel, count));
  Value to = b.add(row, channel);
  values = emitTransform(b, phases.transforms, &::tconv::CookToom::input, values);
  for (auto [product, value] : llvm::enumerate(values))
    b.store(value, chunk.inputs, b.add(to, product * winograd.space.inputProduct));
}

/// The first `count` channels of a vector, zero for the others and outside of x.
Value InputTransform::load(const WindowElement &element, Value channel, int64_t count) {
  VectorType type = layer.sums();
  Value position = b.add(element.position, channel);
  if (!element.exists)
    return loadLanes(b, type, layer.x, position, count);
  auto maskType = VectorType::get(type.getShape(), b.getI1Type());
  Value mask = vector::BroadcastOp::create(b, maskType, element.exists);
  if (count < type.getNumElements())
    mask = arith::AndIOp::create(b, mask, firstLanes(b, type, count));
  return vector::MaskedLoadOp::create(b, type, layer.x, position, mask, b.zero(type));
}

} // namespace

void mlir::tconv::emitInputTransform(Emitter &b, const WinogradLayer &winograd,
                                     const ::tconv::WinogradClass &phases, const TileChunk &chunk) {
  InputTransform transform(b, winograd, phases, chunk);
  b.loop(b.index(0), chunk.count, 1, [&](Value number) { transform.emit(number); });
}
