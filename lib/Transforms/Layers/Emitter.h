//===- Emitter.h - Short spellings for the IR of kernels --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are loops over linear buffers: index arithmetic, loads and stores. These
// wrappers keep the code that builds them as short as what it builds.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_EMITTER_H
#define TCONV_LIB_TRANSFORMS_LAYERS_EMITTER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tconv {

class Emitter : public ImplicitLocOpBuilder {
public:
  using ImplicitLocOpBuilder::ImplicitLocOpBuilder;

  Value index(int64_t value) { return arith::ConstantIndexOp::create(*this, value); }
  Value add(Value a, Value b) { return createOrFold<arith::AddIOp>(a, b); }
  Value add(Value a, int64_t b) { return b == 0 ? a : add(a, index(b)); }
  Value sub(Value a, Value b) { return createOrFold<arith::SubIOp>(a, b); }
  Value mul(Value a, Value b) { return createOrFold<arith::MulIOp>(a, b); }
  Value mul(Value a, int64_t b) { return b == 1 ? a : mul(a, index(b)); }
  Value div(Value a, int64_t b) { return b == 1 ? a : createOrFold<arith::DivUIOp>(a, index(b)); }
  Value rem(Value a, int64_t b) {
    return b == 1 ? index(0) : createOrFold<arith::RemUIOp>(a, index(b));
  }
  /// Of numbers that are not negative.
  Value div(Value a, Value b) { return createOrFold<arith::DivUIOp>(a, b); }
  Value rem(Value a, Value b) { return createOrFold<arith::RemUIOp>(a, b); }
  Value ceilDiv(Value a, int64_t b) { return div(add(a, b - 1), b); }
  Value min(Value a, Value b) { return createOrFold<arith::MinSIOp>(a, b); }
  Value max(Value a, Value b) { return createOrFold<arith::MaxSIOp>(a, b); }
  Value less(Value a, Value b) {
    return createOrFold<arith::CmpIOp>(arith::CmpIPredicate::slt, a, b);
  }

  /// A zero of a number or a vector of numbers.
  Value zero(Type type) { return arith::ConstantOp::create(*this, getZeroAttr(type)); }

  /// An element of a linear buffer, or several.
  Value load(Value buffer, Value position) {
    return memref::LoadOp::create(*this, buffer, position);
  }
  Value load(VectorType type, Value buffer, Value position) {
    return vector::LoadOp::create(*this, type, buffer, position);
  }
  void store(Value value, Value buffer, Value position) {
    if (isa<VectorType>(value.getType()))
      vector::StoreOp::create(*this, value, buffer, position);
    else
      memref::StoreOp::create(*this, value, buffer, position);
  }
  /// A number, or a vector of numbers, in a type that holds all numbers of its own.
  Value widen(Value value, Type element);

  /// An entry of a table of 32-bit numbers, as an index.
  Value loadEntry(Value table, Value row, int64_t columns, int64_t column) {
    Value entry = load(table, add(mul(row, columns), column));
    return arith::IndexCastOp::create(*this, getIndexType(), entry);
  }

  /// for (i = begin; i < end; i += step) body(i), with values that are carried along.
  using LoopBody = llvm::function_ref<void(Value)>;
  using CarryingBody = llvm::function_ref<SmallVector<Value>(Value, ValueRange)>;
  void loop(Value begin, Value end, int64_t step, LoopBody body);
  SmallVector<Value> loop(Value begin, Value end, int64_t step, ValueRange carried,
                          CarryingBody body);
  /// The same for all i in [0, count) in any order, perhaps on several threads.
  void parallel(int64_t count, LoopBody body);
  void ifThen(Value condition, llvm::function_ref<void()> then);
  void ifThenElse(Value condition, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise);
  /// Builds the code of each case with its index, and with their number that of any other value.
  void indexSwitch(Value value, ArrayRef<int64_t> cases, llvm::function_ref<void(size_t)> body);

  /// A buffer of any rank as a linear one.
  Value flatten(Value buffer);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_EMITTER_H
