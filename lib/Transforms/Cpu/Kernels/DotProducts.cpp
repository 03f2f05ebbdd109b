//===- DotProducts.cpp - What multiplies and adds in a kernel -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What one step of the reduction is for a vector of sums: a multiply-add, or an instruction that
// multiplies pairs or quads of neighbouring input channels and adds them up. On a processor
// that lacks the instruction, and for vectors that are too short for it, the same is written in
// portable ops, so that a schedule means the same everywhere.
//
// Test: test/Transforms/Cpu/dot-products.mlir
//
//===----------------------------------------------------------------------===//

#include "DotProducts.h"

#include "Epilogue.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::DotProduct;

DotProductEmitter::DotProductEmitter(const KernelLayer &layer)
    : x(layer.x), filter(layer.filter), packing(layer.packing), target(layer.target),
      dot(layer.schedule.dot) {
  const int64_t channels = ::tconv::channelsPerStep(dot);
  factors = VectorType::get(layer.schedule.vectorLength * channels, layer.factorType());
  step = VectorType::get(channels, layer.factorType());
  sums = layer.sums();
}

Value DotProductEmitter::broadcastInput(Emitter &b, Value position) const {
  if (dot == DotProduct::Plain)
    return vector::BroadcastOp::create(b, factors, b.load(x, position));
  // Whole steps are moved as 32-bit words.
  Value channels = b.load(step, x, position);
  auto word = VectorType::get(1, b.getI32Type());
  Value scalar = vector::ExtractOp::create(b, vector::BitCastOp::create(b, word, channels),
                                           ArrayRef<int64_t>{0});
  auto words = VectorType::get(sums.getShape(), b.getI32Type());
  return vector::BitCastOp::create(b, factors, vector::BroadcastOp::create(b, words, scalar));
}

Value DotProductEmitter::loadInput(Emitter &b, Value position, int64_t count) const {
  return loadLanes(b, factors, x, position, count);
}

Value DotProductEmitter::loadFilter(Emitter &b, Value position) const {
  return b.load(factors, filter, position);
}

static Value callIntrinsic(Emitter &b, StringRef name, Type type, ValueRange operands) {
  return LLVM::CallIntrinsicOp::create(b, type, b.getStringAttr(name), operands).getResult(0);
}

/// vpdpbusd: unsigned bytes of x times signed bytes of w, four products a lane.
static Value emitInt8Quads(Emitter &b, Value x, Value w, Value sums) {
  const int64_t bits = cast<VectorType>(sums.getType()).getNumElements() * 32;
  return callIntrinsic(b, "llvm.x86.avx512.vpdpbusd." + std::to_string(bits), sums.getType(),
                       {sums, x, w});
}

/// vdpbf16ps: products of pairs of bf16, added to f32.
static Value emitBf16Pairs(Emitter &b, Value x, Value w, Value sums) {
  const int64_t bits = cast<VectorType>(sums.getType()).getNumElements() * 32;
  return callIntrinsic(b, "llvm.x86.avx512bf16.dpbf16ps." + std::to_string(bits), sums.getType(),
                       {sums, x, w});
}

/// pmaddwd: products of pairs of i16, added to i32.
static Value emitInt16Pairs(Emitter &b, Value x, Value w, Value sums) {
  const int64_t bits = cast<VectorType>(sums.getType()).getNumElements() * 32;
  StringRef name = bits == 512   ? "llvm.x86.avx512.pmaddw.d.512"
                   : bits == 256 ? "llvm.x86.avx2.pmadd.wd"
                                 : "llvm.x86.sse2.pmadd.wd";
  return arith::AddIOp::create(b, sums, callIntrinsic(b, name, sums.getType(), {x, w}));
}

/// Every `stride`-th number from one on, in the type of `like`.
static Value emitPart(Emitter &b, Value numbers, int64_t first, int64_t stride, VectorType like,
                      bool isUnsigned) {
  SmallVector<int64_t> lanes;
  for (int64_t lane = 0; lane < like.getNumElements(); ++lane)
    lanes.push_back(lane * stride + first);
  Value part = vector::ShuffleOp::create(b, numbers, numbers, lanes);
  if (isUnsigned)
    return arith::ExtUIOp::create(b, like, part);
  return b.widen(part, like.getElementType());
}

Value mlir::tconv::emitPortableDotProduct(Emitter &b, DotProduct dot, Value x, Value w,
                                          Value sums) {
  auto type = cast<VectorType>(sums.getType());
  const int64_t channels = ::tconv::channelsPerStep(dot);
  // The order of vdpbf16ps: the higher channel is added first.
  for (int64_t channel = channels; channel-- > 0;) {
    const bool isUnsigned = dot == DotProduct::Int8Quads;
    Value factor = channels == 1 ? x : emitPart(b, x, channel, channels, type, isUnsigned);
    Value weight = channels == 1 ? w : emitPart(b, w, channel, channels, type, false);
    if (isa<FloatType>(type.getElementType()))
      sums = vector::FMAOp::create(b, factor, weight, sums);
    else
      sums = arith::AddIOp::create(b, arith::MulIOp::create(b, factor, weight), sums);
  }
  return sums;
}

/// Whether the target has an instruction for vectors of this length.
bool DotProductEmitter::hasInstruction() const {
  const int64_t bytes = sums.getNumElements() * 4;
  if (bytes < 16 || bytes > target.vectorBytes)
    return false;
  switch (dot) {
  case DotProduct::Plain:
    return false;
  case DotProduct::Bf16Pairs:
    return target.hasBf16Pairs;
  case DotProduct::Int16Pairs:
    return target.hasInt16Pairs;
  case DotProduct::Int8Quads:
    return target.hasInt8Quads;
  }
  llvm_unreachable("not a dot product");
}

Value DotProductEmitter::multiplyAdd(Emitter &b, Value x, Value w, Value sums) const {
  if (!hasInstruction())
    return emitPortableDotProduct(b, dot, x, w, sums);
  if (dot == DotProduct::Bf16Pairs)
    return emitBf16Pairs(b, x, w, sums);
  return dot == DotProduct::Int16Pairs ? emitInt16Pairs(b, x, w, sums)
                                       : emitInt8Quads(b, x, w, sums);
}

SmallVector<Value> DotProductEmitter::addCorrections(Emitter &b, Value filter, Value step,
                                                     Value count, int64_t vectors,
                                                     SmallVector<Value> sums) const {
  if (!packing.hasCorrections)
    return sums;
  const int64_t vectorElements = packing.vectorLength * packing.channelsPerStep;
  auto firstTap = [&](Value step) {
    return b.div(b.add(step, packing.stepsPerTap - 1), packing.stepsPerTap);
  };
  Value begin = firstTap(step), end = firstTap(b.add(step, count));
  return b.loop(begin, end, 1, sums, [&](Value tap, ValueRange carried) {
    SmallVector<Value> next(carried);
    Value row = b.mul(b.add(tap, packing.steps()), vectors * vectorElements);
    for (int64_t vector = 0; vector < vectors; ++vector) {
      Value bytes = loadFilter(b, b.add(b.add(filter, row), vector * vectorElements));
      Value correction = vector::BitCastOp::create(b, this->sums, bytes);
      for (size_t sum = vector; sum < next.size(); sum += vectors)
        next[sum] = arith::AddIOp::create(b, next[sum], correction);
    }
    return next;
  });
}
