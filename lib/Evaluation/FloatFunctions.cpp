//===- FloatFunctions.cpp - Arithmetic of floating-point numbers ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops whose operands and result are floating-point numbers of one type.
//
//===----------------------------------------------------------------------===//

#include "Number.h"

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace tconv;

namespace {

/// Of functions that code computes by polynomials or by the C library, in halves of a last place:
/// those of lower-math are within 4 last places, the C library's within less.
constexpr double functionUlps = 16;
/// Results below may become 0 (exp of lower-math), in every type, since f16 and bf16 are computed
/// in f32.
constexpr double smallestFunctionValue = 0x1p-126;

enum class Shape { Monotone, Even, Periodic, Anything };

struct UnaryOp {
  double (*function)(double);
  Shape shape;
  /// In halves of a last place; 0 for results that are never rounded.
  double ulps;
};

double rsqrt(double x) { return 1 / std::sqrt(x); }
double negate(double x) { return -x; }

std::optional<UnaryOp> findUnary(llvm::StringRef name) {
  constexpr auto monotone = Shape::Monotone;
  return llvm::StringSwitch<std::optional<UnaryOp>>(name)
      .Case("arith.negf", UnaryOp{negate, monotone, 0})
      .Case("math.absf", UnaryOp{std::fabs, Shape::Even, 0})
      .Case("math.ceil", UnaryOp{std::ceil, monotone, 0})
      .Case("math.floor", UnaryOp{std::floor, monotone, 0})
      .Case("math.round", UnaryOp{std::round, monotone, 0})
      .Case("math.roundeven", UnaryOp{std::nearbyint, monotone, 0})
      .Case("math.trunc", UnaryOp{std::trunc, monotone, 0})
      .Case("math.sqrt", UnaryOp{std::sqrt, monotone, 1})
      .Case("math.rsqrt", UnaryOp{rsqrt, monotone, functionUlps})
      .Case("math.cbrt", UnaryOp{std::cbrt, monotone, functionUlps})
      .Case("math.exp", UnaryOp{std::exp, monotone, functionUlps})
      .Case("math.exp2", UnaryOp{std::exp2, monotone, functionUlps})
      .Case("math.expm1", UnaryOp{std::expm1, monotone, functionUlps})
      .Case("math.log", UnaryOp{std::log, monotone, functionUlps})
      .Case("math.log2", UnaryOp{std::log2, monotone, functionUlps})
      .Case("math.log10", UnaryOp{std::log10, monotone, functionUlps})
      .Case("math.log1p", UnaryOp{std::log1p, monotone, functionUlps})
      .Case("math.erf", UnaryOp{std::erf, monotone, functionUlps})
      .Case("math.erfc", UnaryOp{std::erfc, monotone, functionUlps})
      .Case("math.tanh", UnaryOp{std::tanh, monotone, functionUlps})
      .Case("math.sinh", UnaryOp{std::sinh, monotone, functionUlps})
      .Case("math.cosh", UnaryOp{std::cosh, Shape::Even, functionUlps})
      .Case("math.asinh", UnaryOp{std::asinh, monotone, functionUlps})
      .Case("math.acosh", UnaryOp{std::acosh, monotone, functionUlps})
      .Case("math.atanh", UnaryOp{std::atanh, monotone, functionUlps})
      .Case("math.asin", UnaryOp{std::asin, monotone, functionUlps})
      .Case("math.acos", UnaryOp{std::acos, monotone, functionUlps})
      .Case("math.atan", UnaryOp{std::atan, monotone, functionUlps})
      .Case("math.sin", UnaryOp{std::sin, Shape::Periodic, functionUlps})
      .Case("math.cos", UnaryOp{std::cos, Shape::Periodic, functionUlps})
      .Case("math.tan", UnaryOp{std::tan, Shape::Anything, functionUlps})
      .Default(std::nullopt);
}

Bounded apply(const UnaryOp &op, const Bounded &x) {
  switch (op.shape) {
  case Shape::Monotone:
    return applyMonotone(op.function, x);
  case Shape::Even:
    return applyEven(op.function, x);
  case Shape::Periodic:
    return applyPeriodic(op.function, x);
  case Shape::Anything:
    return applyExact([&](double a, double) { return op.function(a); }, x, x);
  }
  llvm_unreachable("not a shape");
}

/// The result as it is in a type. Functions that are more than an instruction are computed in f32
/// for the narrow types.
Bounded finish(ElementType type, double ulps, Bounded result) {
  if (ulps == 0)
    return result;
  if (ulps == 1)
    return rounded(type, result);
  result.bound += smallestFunctionValue;
  const bool isNarrow = type == ElementType::F16 || type == ElementType::BF16;
  result = rounded(isNarrow ? ElementType::F32 : type, result, ulps);
  return isNarrow ? rounded(type, result) : result;
}

double maximum(double a, double b) { return std::isnan(a) || std::isnan(b) ? NAN : std::max(a, b); }
double minimum(double a, double b) { return std::isnan(a) || std::isnan(b) ? NAN : std::min(a, b); }

struct BinaryOp {
  std::function<Bounded(const Bounded &, const Bounded &)> function;
  double ulps;
};

BinaryOp monotone(double (*function)(double, double), double ulps) {
  return {[=](const Bounded &x, const Bounded &y) { return applyMonotone(function, x, y); }, ulps};
}

/// A power rises or falls in each argument where its base is positive.
Bounded power(const Bounded &x, const Bounded &y) {
  auto function = [](double a, double b) { return std::pow(a, b); };
  return x.low() > 0 ? applyMonotone(function, x, y) : applyExact(function, x, y);
}

BinaryOp anything(double (*function)(double, double), double ulps) {
  return {[=](const Bounded &x, const Bounded &y) { return applyExact(function, x, y); }, ulps};
}

std::optional<BinaryOp> findBinary(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<BinaryOp>>(name)
      .Case("arith.addf", monotone([](double a, double b) { return a + b; }, 1))
      .Case("arith.subf", monotone([](double a, double b) { return a - b; }, 1))
      .Case("arith.mulf", monotone([](double a, double b) { return a * b; }, 1))
      .Case("arith.divf", BinaryOp{divide, 1})
      .Case("arith.remf", anything(std::fmod, 1))
      .Case("arith.maximumf", monotone(maximum, 0))
      .Case("arith.minimumf", monotone(minimum, 0))
      .Case("arith.maxnumf", monotone(std::fmax, 0))
      .Case("arith.minnumf", monotone(std::fmin, 0))
      .Case("math.powf", BinaryOp{power, functionUlps})
      .Case("math.atan2", anything(std::atan2, functionUlps))
      .Case("math.copysign", anything(std::copysign, 0))
      .Default(std::nullopt);
}

/// x*y + z, rounded once.
NumberFunction multiplyAdd(ElementType element) {
  return [element](llvm::ArrayRef<Number> x) {
    auto multiply = [](double a, double b) { return a * b; };
    auto add = [](double a, double b) { return a + b; };
    Bounded product = applyMonotone(multiply, x[0].real, x[1].real);
    return Number::of(rounded(element, applyMonotone(add, product, x[2].real)));
  };
}

NumberFunction clamp() {
  return [](llvm::ArrayRef<Number> x) {
    Bounded least = applyMonotone(maximum, x[0].real, x[1].real);
    return Number::of(applyMonotone(minimum, least, x[2].real));
  };
}

} // namespace

NumberFunction tconv::findFloatFunction(mlir::Operation *op, const NumberType &result) {
  if (!result.isFloat())
    return nullptr;
  const llvm::StringRef name = op->getName().getStringRef();
  if (std::optional<UnaryOp> unary = findUnary(name))
    return [unary = *unary, result](llvm::ArrayRef<Number> x) {
      return Number::of(finish(result.element, unary.ulps, apply(unary, x[0].real)));
    };
  if (std::optional<BinaryOp> binary = findBinary(name))
    return [binary = *binary, result](llvm::ArrayRef<Number> x) {
      return Number::of(finish(result.element, binary.ulps, binary.function(x[0].real, x[1].real)));
    };
  if (name == "math.fma")
    return multiplyAdd(result.element);
  return name == "math.clampf" ? clamp() : nullptr;
}
