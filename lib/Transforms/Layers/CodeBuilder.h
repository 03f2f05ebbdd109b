//===- CodeBuilder.h - Short spellings for the IR of kernels ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What kernels for processors and for GPUs consist of alike: arithmetic on positions, loops
// and branches. These wrappers keep the code that builds them as short as what it builds.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_CODEBUILDER_H
#define TCONV_LIB_TRANSFORMS_LAYERS_CODEBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tconv {

/// An element type, or vectors of it in the shape of another type.
Type withElement(Type type, Type element);

class CodeBuilder : public ImplicitLocOpBuilder {
public:
  using ImplicitLocOpBuilder::ImplicitLocOpBuilder;

  /// A constant in the type that positions have.
  virtual Value position(int64_t value) = 0;

  Value add(Value a, Value b) { return createOrFold<arith::AddIOp>(a, b); }
  Value add(Value a, int64_t b) { return b == 0 ? a : add(a, position(b)); }
  Value sub(Value a, Value b) { return createOrFold<arith::SubIOp>(a, b); }
  Value mul(Value a, Value b) { return createOrFold<arith::MulIOp>(a, b); }
  Value mul(Value a, int64_t b) { return b == 1 ? a : mul(a, position(b)); }
  /// Of numbers that are not negative.
  Value div(Value a, Value b) { return createOrFold<arith::DivUIOp>(a, b); }
  Value div(Value a, int64_t b) { return b == 1 ? a : div(a, position(b)); }
  Value ceilDiv(Value a, int64_t b) { return div(add(a, b - 1), b); }
  Value rem(Value a, Value b) { return createOrFold<arith::RemUIOp>(a, b); }
  Value rem(Value a, int64_t b) { return b == 1 ? position(0) : rem(a, position(b)); }
  Value minSigned(Value a, Value b) { return createOrFold<arith::MinSIOp>(a, b); }
  Value maxSigned(Value a, Value b) { return createOrFold<arith::MaxSIOp>(a, b); }
  Value minUnsigned(Value a, Value b) { return createOrFold<arith::MinUIOp>(a, b); }
  Value maxUnsigned(Value a, Value b) { return createOrFold<arith::MaxUIOp>(a, b); }

  /// A zero of a number or a vector of numbers.
  Value zero(Type type) { return arith::ConstantOp::create(*this, getZeroAttr(type)); }
  /// A number, or a vector of numbers, in a type that holds all numbers of its own.
  Value widen(Value value, Type element);
  /// The same of integers, which may be read as unsigned ones, less a number.
  Value widen(Value value, Type element, int64_t less, bool isUnsigned = false);
  /// A number, or a vector of numbers, of a float type rounded to one that is no wider.
  Value narrow(Value value, Type element);

  /// for (i = begin; i < end; i += step) body(i), with values that are carried along: the body
  /// gives the next ones.
  using LoopBody = llvm::function_ref<void(Value)>;
  using CarryingBody = llvm::function_ref<SmallVector<Value>(Value, ValueRange)>;
  void loop(Value begin, Value end, int64_t step, LoopBody body);
  SmallVector<Value> loop(Value begin, Value end, int64_t step, ValueRange carried,
                          CarryingBody body);
  void ifThen(Value condition, llvm::function_ref<void()> then);
  void ifThenElse(Value condition, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise);

protected:
  ~CodeBuilder() = default;
  /// Called with each loop.
  virtual void annotate(scf::ForOp) {}
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_CODEBUILDER_H
