//===- DotProducts.cpp - What multiplies and adds in a kernel -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DotProducts.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::DotProduct;

DotProductEmitter::DotProductEmitter(const KernelLayer &layer)
    : x(layer.x), filter(layer.filter), dot(layer.schedule.dot) {
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

Value DotProductEmitter::loadInput(Emitter &b, Value position) const {
  return b.load(factors, x, position);
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

Value DotProductEmitter::multiplyAdd(Emitter &b, Value x, Value w, Value sums) const {
  switch (dot) {
  case DotProduct::Plain:
    if (isa<FloatType>(this->sums.getElementType()))
      return vector::FMAOp::create(b, x, w, sums);
    return arith::AddIOp::create(b, arith::MulIOp::create(b, x, w), sums);
  case DotProduct::Bf16Pairs:
    return emitBf16Pairs(b, x, w, sums);
  case DotProduct::Int16Pairs:
    return emitInt16Pairs(b, x, w, sums);
  case DotProduct::Int8Quads:
    return emitInt8Quads(b, x, w, sums);
  }
  llvm_unreachable("not a dot product");
}
