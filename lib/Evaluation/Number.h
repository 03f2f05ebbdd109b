//===- Number.h - Elements of tensors that are evaluated --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EVALUATION_NUMBER_H
#define TCONV_LIB_EVALUATION_NUMBER_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Reference/Bounded.h"
#include "tconv/Support/Result.h"

#include "mlir/IR/Value.h"

#include <functional>
#include <vector>

namespace tconv {

/// A number of a floating-point type, or an integer, which is kept apart since a double does not
/// hold all of them; `real.bound` is for both.
struct Number {
  Bounded real;
  int64_t integer = 0;

  static Number of(Bounded real) { return {real, 0}; }
  static Number of(int64_t integer, double bound = 0) { return {{0, bound}, integer}; }
  bool isExact() const { return real.isExact(); }
  /// An integer as a number.
  Bounded toBounded() const { return {static_cast<double>(integer), real.bound}; }
};

/// What of a type numbers are: i1 to i64 and index are integers.
struct NumberType {
  ElementType element = ElementType::F64;
  unsigned width = 64;
  bool isFloat() const { return tconv::isFloat(element); }

  /// The type of an element, or of a number by itself.
  static Result<NumberType> of(mlir::Type type);
};

/// An integer of `width` bits, sign-extended; i1 is 0 or 1.
int64_t wrap(int64_t value, unsigned width);

/// Computes the result of an op of one result, element by element.
using NumberFunction = std::function<Number(llvm::ArrayRef<Number>)>;

/// \name What an op of the dialects arith and math computes; null if it is none of these
/// @{
NumberFunction findFloatFunction(mlir::Operation *op, const NumberType &result);
NumberFunction findIntegerFunction(mlir::Operation *op, const NumberType &result);
/// Casts, comparisons and selects.
NumberFunction findMixedFunction(mlir::Operation *op, const NumberType &result);
/// @}

/// Any of them; unsupported, with the op's name, if there is none.
Result<NumberFunction> findFunction(mlir::Operation *op);

/// A tensor of numbers, or one number of rank 0.
class NumberTensor {
public:
  /// Exact zeros.
  static Result<NumberTensor> allocate(NumberType type, std::vector<int64_t> shape);
  /// The exact elements of a tensor.
  static Result<NumberTensor> of(const HostTensor &tensor);
  static NumberTensor of(NumberType type, Number number);

  const NumberType &type() const { return numberType; }
  const std::vector<int64_t> &shape() const { return value.shape(); }
  int64_t numElements() const { return value.numElements(); }
  bool isExact() const;
  Number at(int64_t linear) const;
  void set(int64_t linear, const Number &number);
  /// The same elements in the same order.
  Result<NumberTensor> reshape(std::vector<int64_t> shape) const;

  NumberType numberType;
  /// F64 or I64.
  HostTensor value;
  HostTensor bound;
};

/// Calls `visit` with all indices of a shape, in C order.
void forEachIndex(const std::vector<int64_t> &shape,
                  llvm::function_ref<void(const std::vector<int64_t> &)> visit);
int64_t linearize(llvm::ArrayRef<int64_t> index, const std::vector<int64_t> &shape);

} // namespace tconv

#endif // TCONV_LIB_EVALUATION_NUMBER_H
