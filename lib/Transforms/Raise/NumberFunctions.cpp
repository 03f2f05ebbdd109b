//===- NumberFunctions.cpp - Functions of numbers by name -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NumberFunctions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

template <typename Op> Value unary(OpBuilder &builder, Location loc, ValueRange numbers) {
  return Op::create(builder, loc, numbers[0]);
}

template <typename Op> Value binary(OpBuilder &builder, Location loc, ValueRange numbers) {
  return Op::create(builder, loc, numbers[0], numbers[1]);
}

/// A number, or a tensor of it, of the type of another value.
Value constantLike(OpBuilder &builder, Location loc, Value like, double number) {
  TypedAttr attribute = builder.getFloatAttr(getElementTypeOrSelf(like), number);
  if (auto type = dyn_cast<RankedTensorType>(like.getType()))
    attribute = DenseElementsAttr::get(type, attribute);
  return arith::ConstantOp::create(builder, loc, attribute);
}

/// 1 / (1 + exp(-x))
Value logistic(OpBuilder &builder, Location loc, ValueRange numbers) {
  Value one = constantLike(builder, loc, numbers[0], 1);
  Value negative = arith::NegFOp::create(builder, loc, numbers[0]);
  Value power = math::ExpOp::create(builder, loc, negative);
  return arith::DivFOp::create(builder, loc, one, arith::AddFOp::create(builder, loc, one, power));
}

Value relu(OpBuilder &builder, Location loc, ValueRange numbers) {
  return arith::MaximumFOp::create(builder, loc, numbers[0],
                                   constantLike(builder, loc, numbers[0], 0));
}

Value reciprocal(OpBuilder &builder, Location loc, ValueRange numbers) {
  return arith::DivFOp::create(builder, loc, constantLike(builder, loc, numbers[0], 1), numbers[0]);
}

Value square(OpBuilder &builder, Location loc, ValueRange numbers) {
  return arith::MulFOp::create(builder, loc, numbers[0], numbers[0]);
}

struct Entry {
  unsigned arity = 0;
  Value (*onFloats)(OpBuilder &, Location, ValueRange) = nullptr;
  Value (*onIntegers)(OpBuilder &, Location, ValueRange) = nullptr;
};

const llvm::StringMap<Entry> &getTable() {
  static const llvm::StringMap<Entry> table{
      {"abs", {1, unary<math::AbsFOp>, unary<math::AbsIOp>}},
      {"add", {2, binary<arith::AddFOp>, binary<arith::AddIOp>}},
      {"arctan2", {2, binary<math::Atan2Op>}},
      {"bitwise_and", {2, nullptr, binary<arith::AndIOp>}},
      {"bitwise_or", {2, nullptr, binary<arith::OrIOp>}},
      {"bitwise_xor", {2, nullptr, binary<arith::XOrIOp>}},
      {"cbrt", {1, unary<math::CbrtOp>}},
      {"ceil", {1, unary<math::CeilOp>}},
      {"cos", {1, unary<math::CosOp>}},
      {"divide", {2, binary<arith::DivFOp>}},
      {"erf", {1, unary<math::ErfOp>}},
      {"exp", {1, unary<math::ExpOp>}},
      {"expm1", {1, unary<math::ExpM1Op>}},
      {"floor", {1, unary<math::FloorOp>}},
      {"log", {1, unary<math::LogOp>}},
      {"log1p", {1, unary<math::Log1pOp>}},
      {"logistic", {1, logistic}},
      {"maximum", {2, binary<arith::MaximumFOp>, binary<arith::MaxSIOp>}},
      {"minimum", {2, binary<arith::MinimumFOp>, binary<arith::MinSIOp>}},
      {"multiply", {2, binary<arith::MulFOp>, binary<arith::MulIOp>}},
      {"negative", {1, unary<arith::NegFOp>}},
      {"power", {2, binary<math::PowFOp>}},
      {"reciprocal", {1, reciprocal}},
      {"relu", {1, relu}},
      {"rint", {1, unary<math::RoundEvenOp>}},
      {"rsqrt", {1, unary<math::RsqrtOp>}},
      {"sin", {1, unary<math::SinOp>}},
      {"sqrt", {1, unary<math::SqrtOp>}},
      {"square", {1, square}},
      {"subtract", {2, binary<arith::SubFOp>, binary<arith::SubIOp>}},
      {"tanh", {1, unary<math::TanhOp>}},
  };
  return table;
}

} // namespace

NumberFunction mlir::tconv::findNumberFunction(StringRef name, Type elementType, unsigned &arity) {
  auto entry = getTable().find(name);
  if (entry == getTable().end())
    return nullptr;
  arity = entry->second.arity;
  // Of one bit, addition is "or" in StableHLO and 2^n arithmetic here.
  const bool isInteger = elementType.isSignlessInteger() && !elementType.isInteger(1);
  const bool isLogic = elementType.isInteger(1) && name.starts_with("bitwise_");
  auto *function = isa<FloatType>(elementType) ? entry->second.onFloats
                   : isInteger || isLogic      ? entry->second.onIntegers
                                               : nullptr;
  return function ? NumberFunction(function) : NumberFunction();
}

NumberFunction mlir::tconv::findComparison(StringRef direction, Type elementType) {
  struct Predicates {
    StringRef name;
    arith::CmpFPredicate floats;
    arith::CmpIPredicate integers;
  };
  using F = arith::CmpFPredicate;
  using I = arith::CmpIPredicate;
  static constexpr Predicates all[] = {{"EQ", F::OEQ, I::eq},  {"NE", F::UNE, I::ne},
                                       {"LT", F::OLT, I::slt}, {"LE", F::OLE, I::sle},
                                       {"GT", F::OGT, I::sgt}, {"GE", F::OGE, I::sge}};
  const auto *found =
      llvm::find_if(all, [&](const Predicates &entry) { return entry.name == direction; });
  if (found == std::end(all))
    return nullptr;
  if (isa<FloatType>(elementType))
    return [predicate = found->floats](OpBuilder &builder, Location loc, ValueRange numbers) {
      return arith::CmpFOp::create(builder, loc, predicate, numbers[0], numbers[1]).getResult();
    };
  if (!elementType.isSignlessInteger() || elementType.isInteger(1))
    return nullptr;
  return [predicate = found->integers](OpBuilder &builder, Location loc, ValueRange numbers) {
    return arith::CmpIOp::create(builder, loc, predicate, numbers[0], numbers[1]).getResult();
  };
}

Value mlir::tconv::convertNumber(OpBuilder &builder, Location loc, Value value, Type elementType) {
  Type from = getElementTypeOrSelf(value);
  if (from == elementType)
    return value;
  auto shaped = dyn_cast<RankedTensorType>(value.getType());
  Type type = shaped ? Type(shaped.clone(elementType)) : elementType;
  if (elementType.isInteger(1)) {
    auto attribute = cast<TypedAttr>(builder.getZeroAttr(value.getType()));
    Value zero = arith::ConstantOp::create(builder, loc, attribute);
    return findComparison("NE", from)(builder, loc, {value, zero});
  }
  const unsigned fromBits = from.getIntOrFloatBitWidth(),
                 bits = elementType.getIntOrFloatBitWidth();
  if (isa<FloatType>(from) && isa<FloatType>(elementType)) {
    if (fromBits < bits)
      return arith::ExtFOp::create(builder, loc, type, value);
    if (fromBits > bits)
      return arith::TruncFOp::create(builder, loc, type, value);
    // bf16 and f16 have no conversion of their own.
    Value wide = convertNumber(builder, loc, value, builder.getF32Type());
    return convertNumber(builder, loc, wide, elementType);
  }
  if (isa<FloatType>(from))
    return arith::FPToSIOp::create(builder, loc, type, value);
  if (isa<FloatType>(elementType))
    return from.isInteger(1) ? arith::UIToFPOp::create(builder, loc, type, value).getResult()
                             : arith::SIToFPOp::create(builder, loc, type, value).getResult();
  if (fromBits > bits)
    return arith::TruncIOp::create(builder, loc, type, value);
  return from.isInteger(1) ? arith::ExtUIOp::create(builder, loc, type, value).getResult()
                           : arith::ExtSIOp::create(builder, loc, type, value).getResult();
}
