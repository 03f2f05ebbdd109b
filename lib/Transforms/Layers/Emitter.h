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

#include "CodeBuilder.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::tconv {

class Emitter : public CodeBuilder {
public:
  using CodeBuilder::CodeBuilder;

  Value index(int64_t value) { return arith::ConstantIndexOp::create(*this, value); }
  Value position(int64_t value) override { return index(value); }
  Value less(Value a, Value b) {
    return createOrFold<arith::CmpIOp>(arith::CmpIPredicate::slt, a, b);
  }

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

  /// Elements of a type that a cache line holds.
  static int64_t elementsOfLine(Type element) {
    constexpr int64_t lineBits = 64 * 8;
    return lineBits / element.getIntOrFloatBitWidth();
  }
  /// Fetches the cache line of an element, to be read, into all caches.
  void prefetch(Value buffer, Value position) {
    memref::PrefetchOp::create(*this, buffer, position, /*isWrite=*/false, /*localityHint=*/3,
                               /*isDataCache=*/true);
  }

  /// An entry of a table of 32-bit numbers, as an index.
  Value loadEntry(Value table, Value row, int64_t columns, int64_t column) {
    Value entry = load(table, add(mul(row, columns), column));
    return arith::IndexCastOp::create(*this, getIndexType(), entry);
  }

  /// body(i) for all i in [0, count) in any order, perhaps on several threads.
  void parallel(Value count, LoopBody body);
  void parallel(int64_t count, LoopBody body) { parallel(index(count), body); }
  void ifThenElse(Value condition, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise);
  /// The same with a value: what both give has that type.
  Value ifThenElse(Value condition, Type type, llvm::function_ref<Value()> then,
                   llvm::function_ref<Value()> otherwise);
  /// Builds the code of each case with its index, and with their number that of any other value.
  void indexSwitch(Value value, ArrayRef<int64_t> cases, llvm::function_ref<void(size_t)> body);

  /// A size of a buffer: a constant if it is static.
  Value sizeOf(Value buffer, int64_t dim) { return createOrFold<memref::DimOp>(buffer, dim); }
  /// A buffer of any rank as a linear one.
  Value flatten(Value buffer);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_EMITTER_H
