//===- StablehloOps.cpp - What stands around convolutions in StableHLO ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"
#include "NumberFunctions.h"
#include "Stablehlo.h"
#include "TensorOps.h"

#include "tconv/Support/Division.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Region.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The name in NumPy of a function of numbers.
StringRef numpyName(StringRef name) {
  return llvm::StringSwitch<StringRef>(name)
      .Case("and", "bitwise_and")
      .Case("atan2", "arctan2")
      .Case("cosine", "cos")
      .Case("exponential", "exp")
      .Case("exponential_minus_one", "expm1")
      .Case("log_plus_one", "log1p")
      .Case("negate", "negative")
      .Case("or", "bitwise_or")
      .Case("round_nearest_even", "rint")
      .Case("sine", "sin")
      .Case("xor", "bitwise_xor")
      .Default(name);
}

/// A tensor of no dimensions as a number.
Value scalarOf(OpBuilder &builder, Location loc, Value value) {
  DenseElementsAttr constant;
  if (matchPattern(value, m_Constant(&constant)) && constant.isSplat())
    return arith::ConstantOp::create(builder, loc, constant.getSplatValue<TypedAttr>());
  return tensor::ExtractOp::create(builder, loc, value, ValueRange());
}

/// Lowers one op. Each function gives null if the op says what it should not.
class Lowering {
public:
  Lowering(OpBuilder &builder, Operation *op)
      : ops(builder, op->getLoc()), builder(builder), loc(op->getLoc()), op(op),
        type(dyn_cast<RankedTensorType>(op->getResult(0).getType())) {}

  Value lower() {
    if (!type || !llvm::all_of(op->getOperandTypes(), llvm::IsaPred<RankedTensorType>))
      return nullptr;
    StringRef name = op->getName().stripDialect();
    using Function = Value (Lowering::*)();
    auto function = llvm::StringSwitch<Function>(name)
                        .Case("broadcast_in_dim", &Lowering::broadcast)
                        .Case("clamp", &Lowering::clamp)
                        .Case("compare", &Lowering::compare)
                        .Case("concatenate", &Lowering::concatenate)
                        .Case("constant", &Lowering::constant)
                        .Case("convert", &Lowering::convert)
                        .Case("dot", &Lowering::contract)
                        .Case("dot_general", &Lowering::contract)
                        .Case("dynamic_broadcast_in_dim", &Lowering::broadcast)
                        .Case("get_dimension_size", &Lowering::dimensionSize)
                        .Case("optimization_barrier", &Lowering::same)
                        .Case("pad", &Lowering::pad)
                        .Case("reduce", &Lowering::reduce)
                        .Case("reshape", &Lowering::reshape)
                        .Case("reverse", &Lowering::reverse)
                        .Case("select", &Lowering::select)
                        .Case("slice", &Lowering::slice)
                        .Case("transpose", &Lowering::transpose)
                        .Default(&Lowering::mapNumbers);
    return (this->*function)();
  }

private:
  Value operand(unsigned number) { return op->getOperand(number); }
  RankedTensorType typeOf(unsigned number) {
    return cast<RankedTensorType>(op->getOperand(number).getType());
  }
  bool hasOperands(unsigned count) { return op->getNumOperands() == count; }
  /// Integers, one for each of some dimensions, each in a range.
  std::optional<SmallVector<int64_t>> dimsOf(StringRef name, int64_t rank, bool isPermutation);

  Value mapNumbers();
  Value broadcast();
  Value clamp();
  Value compare();
  Value concatenate();
  Value constant();
  Value convert();
  Value contract();
  Value dimensionSize();
  Value same() { return hasOperands(1) ? operand(0) : Value(); }
  Value pad();
  Value reduce();
  Value reshape() { return hasOperands(1) ? ops.reshape(type, operand(0)) : Value(); }
  Value reverse();
  Value select();
  Value slice();
  Value transpose();

  TensorOps ops;
  OpBuilder &builder;
  Location loc;
  Operation *op;
  RankedTensorType type;
};

std::optional<SmallVector<int64_t>> Lowering::dimsOf(StringRef name, int64_t rank,
                                                     bool isPermutation) {
  auto dims = getIntegers(op, name);
  if (!dims || (isPermutation && static_cast<int64_t>(dims->size()) != rank))
    return std::nullopt;
  llvm::SmallDenseSet<int64_t> seen;
  for (int64_t dim : *dims)
    if (dim < 0 || dim >= rank || !seen.insert(dim).second)
      return std::nullopt;
  return dims;
}

Value Lowering::mapNumbers() {
  unsigned arity = 0;
  if (op->getNumOperands() == 0)
    return nullptr;
  NumberFunction function = findNumberFunction(numpyName(op->getName().stripDialect()),
                                               typeOf(0).getElementType(), arity);
  const bool sameTypes = llvm::all_of(op->getOperands(), [&](Value value) {
    return cast<RankedTensorType>(value.getType()).getElementType() == type.getElementType() &&
           cast<RankedTensorType>(value.getType()).getRank() == type.getRank();
  });
  return function && hasOperands(arity) && sameTypes ? ops.map(type, op->getOperands(), function)
                                                     : Value();
}

Value Lowering::broadcast() {
  auto dims = dimsOf("broadcast_dimensions", type.getRank(), false);
  if (op->getNumOperands() == 0 || !dims ||
      static_cast<int64_t>(dims->size()) != typeOf(0).getRank())
    return nullptr;
  for (auto [source, target] : llvm::enumerate(*dims)) {
    const int64_t from = typeOf(0).getDimSize(source), to = type.getDimSize(target);
    if (from != 1 && from != to)
      return nullptr;
  }
  DenseElementsAttr number;
  if (type.hasStaticShape() && matchPattern(operand(0), m_Constant(&number)) && number.isSplat())
    return arith::ConstantOp::create(builder, loc, number.resizeSplat(type));
  if (type.hasStaticShape() || hasOperands(1))
    return ops.broadcast(type, operand(0), *dims);
  SmallVector<OpFoldResult> sizes;
  if (!hasOperands(2) || typeOf(1).getShape() != ArrayRef<int64_t>(type.getRank()))
    return nullptr;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    Value index = arith::ConstantIndexOp::create(builder, loc, dim);
    Value size = tensor::ExtractOp::create(builder, loc, operand(1), index);
    if (!size.getType().isIndex())
      size = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), size);
    sizes.push_back(type.isDynamicDim(dim) ? OpFoldResult(size)
                                           : builder.getIndexAttr(type.getDimSize(dim)));
  }
  return ops.broadcast(type, operand(0), *dims, sizes);
}

Value Lowering::clamp() {
  if (!hasOperands(3) || typeOf(1).getRank() != type.getRank())
    return nullptr;
  unsigned arity;
  NumberFunction largest = findNumberFunction("maximum", type.getElementType(), arity);
  NumberFunction smallest = findNumberFunction("minimum", type.getElementType(), arity);
  if (!largest || !smallest)
    return nullptr;
  Value raised = ops.map(type, {operand(1), operand(0)}, largest);
  return ops.map(type, {raised, operand(2)}, smallest);
}

Value Lowering::compare() {
  std::optional<StringRef> direction = getOpaqueText(op, "comparison_direction");
  if (!hasOperands(2) || !direction || !direction->consume_front("comparison_direction "))
    return nullptr;
  // A total order of floats differs at nans and zeros.
  std::optional<StringRef> order = getOpaqueText(op, "compare_type");
  if (order && (order->ends_with("TOTALORDER") || order->ends_with("UNSIGNED")))
    return nullptr;
  NumberFunction function = findComparison(direction->trim(), typeOf(0).getElementType());
  return function ? ops.map(type, op->getOperands(), function) : Value();
}

Value Lowering::concatenate() {
  std::optional<int64_t> dim = getInteger(op, "dimension");
  if (!dim || *dim < 0 || *dim >= type.getRank() || op->getNumOperands() == 0)
    return nullptr;
  for (unsigned number = 0; number < op->getNumOperands(); ++number)
    if (typeOf(number).getRank() != type.getRank())
      return nullptr;
  return ops.concatenate(op->getOperands(), *dim);
}

Value Lowering::constant() {
  auto value = dyn_cast_or_null<ElementsAttr>(getAttribute(op, "value"));
  return value && value.getShapedType() == type
             ? arith::ConstantOp::create(builder, loc, cast<TypedAttr>(value)).getResult()
             : Value();
}

Value Lowering::convert() {
  Type to = type.getElementType();
  if (!hasOperands(1) || !to.isIntOrFloat() || !typeOf(0).getElementType().isIntOrFloat() ||
      to.isUnsignedInteger() || typeOf(0).getElementType().isUnsignedInteger())
    return nullptr;
  return ops.convert(operand(0), to);
}

Value Lowering::contract() {
  ContractionDims dims;
  if (!hasOperands(2))
    return nullptr;
  if (op->getName().stripDialect() == "dot") {
    dims.leftSum = {typeOf(0).getRank() - 1};
    dims.rightSum = {0};
    return typeOf(0).getRank() >= 1 && typeOf(1).getRank() >= 1
               ? ops.contract(type, operand(0), operand(1), dims)
               : Value();
  }
  std::optional<StringRef> text = getOpaqueText(op, "dot_dimension_numbers");
  if (!text || !text->consume_front("dot<"))
    return nullptr;
  while (!text->consume_front(">")) {
    auto [name, rest] = text->split('=');
    SmallVector<int64_t> *list = llvm::StringSwitch<SmallVector<int64_t> *>(name.trim(", "))
                                     .Case("lhs_batching_dimensions", &dims.leftBatch)
                                     .Case("rhs_batching_dimensions", &dims.rightBatch)
                                     .Case("lhs_contracting_dimensions", &dims.leftSum)
                                     .Case("rhs_contracting_dimensions", &dims.rightSum)
                                     .Default(nullptr);
    rest = rest.ltrim();
    auto numbers = consumeIntegerList(rest);
    if (!list || !numbers)
      return nullptr;
    *list = *numbers;
    *text = rest.ltrim();
  }
  for (auto [number, lists] : {std::pair(0u, std::pair(&dims.leftBatch, &dims.leftSum)),
                               std::pair(1u, std::pair(&dims.rightBatch, &dims.rightSum))})
    for (int64_t dim : llvm::concat<int64_t>(*lists.first, *lists.second))
      if (dim < 0 || dim >= typeOf(number).getRank())
        return nullptr;
  if (dims.leftBatch.size() != dims.rightBatch.size() ||
      dims.leftSum.size() != dims.rightSum.size())
    return nullptr;
  return ops.contract(type, operand(0), operand(1), dims);
}

Value Lowering::dimensionSize() {
  std::optional<int64_t> dim = getInteger(op, "dimension");
  if (!hasOperands(1) || !dim || *dim < 0 || *dim >= typeOf(0).getRank() || type.getRank() != 0)
    return nullptr;
  Value size = tensor::DimOp::create(builder, loc, operand(0), *dim);
  Value number = arith::IndexCastOp::create(builder, loc, type.getElementType(), size);
  return tensor::FromElementsOp::create(builder, loc, type, number);
}

Value Lowering::pad() {
  auto low = getIntegers(op, "edge_padding_low"), high = getIntegers(op, "edge_padding_high"),
       interior = getIntegers(op, "interior_padding");
  const auto rank = static_cast<size_t>(type.getRank());
  if (!hasOperands(2) || typeOf(1).getRank() != 0 || !low || !high || !interior ||
      low->size() != rank || high->size() != rank || interior->size() != rank ||
      llvm::any_of(*interior, [](int64_t count) { return count < 0; }))
    return nullptr;
  Value padded = ops.pad(operand(0), scalarOf(builder, loc, operand(1)), *low, *high, *interior);
  return padded;
}

Value Lowering::reduce() {
  auto dims = hasOperands(2) ? dimsOf("dimensions", typeOf(0).getRank(), false) : std::nullopt;
  if (!dims || op->getNumRegions() != 1 || !op->getRegion(0).hasOneBlock() ||
      typeOf(1).getRank() != 0)
    return nullptr;
  Block &body = op->getRegion(0).front();
  Operation *first = &body.front();
  unsigned arity = 0;
  // One function of both arguments, which does not mind their order.
  StringRef name = numpyName(first->getName().stripDialect());
  NumberFunction function = findNumberFunction(name, type.getElementType(), arity);
  const bool commutes =
      llvm::is_contained<StringRef>({"add", "maximum", "minimum", "multiply"}, name);
  if (!function || !commutes || first->getNumOperands() != 2 || body.getNumArguments() != 2 ||
      first->getNextNode() != body.getTerminator() || body.getTerminator()->getNumOperands() != 1 ||
      body.getTerminator()->getOperand(0) != first->getResult(0) ||
      first->getOperand(0) == first->getOperand(1) ||
      !llvm::all_of(first->getOperands(), llvm::IsaPred<BlockArgument>))
    return nullptr;
  return ops.reduce(operand(0), *dims, scalarOf(builder, loc, operand(1)), function);
}

Value Lowering::reverse() {
  auto dims = dimsOf("dimensions", type.getRank(), false);
  return hasOperands(1) && dims ? ops.reverse(operand(0), *dims) : Value();
}

Value Lowering::select() {
  if (!hasOperands(3) || typeOf(1).getRank() != type.getRank())
    return nullptr;
  return ops.map(type, op->getOperands(), [](OpBuilder &nested, Location at, ValueRange numbers) {
    return arith::SelectOp::create(nested, at, numbers[0], numbers[1], numbers[2]).getResult();
  });
}

Value Lowering::slice() {
  auto firsts = getIntegers(op, "start_indices"), limits = getIntegers(op, "limit_indices"),
       strides = getIntegers(op, "strides");
  const auto rank = static_cast<size_t>(type.getRank());
  if (!hasOperands(1) || !firsts || !limits || !strides || firsts->size() != rank ||
      limits->size() != rank || strides->size() != rank)
    return nullptr;
  SmallVector<int64_t> counts;
  for (size_t dim = 0; dim < rank; ++dim) {
    const int64_t first = (*firsts)[dim], limit = (*limits)[dim], stride = (*strides)[dim];
    const int64_t size = typeOf(0).getDimSize(static_cast<unsigned>(dim));
    if (ShapedType::isDynamic(size) || first < 0 || limit < first || limit > size || stride < 1)
      return nullptr;
    counts.push_back(::tconv::ceilDivide(limit - first, stride));
  }
  return ops.slice(operand(0), *firsts, counts, *strides);
}

Value Lowering::transpose() {
  auto permutation = dimsOf("permutation", type.getRank(), true);
  return hasOperands(1) && permutation ? ops.transpose(operand(0), *permutation) : Value();
}

} // namespace

Value mlir::tconv::lowerStablehloOp(OpBuilder &builder, Operation *op) {
  return op->getNumResults() == 1 ? Lowering(builder, op).lower() : Value();
}
