//===- TorchOps.cpp - What stands around convolutions in torch ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What models have around layers, op by op: a table of names and of functions that make
// upstream's ops. Functions of numbers, which are most, are looked up in
// NumberFunctions.h.
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"
#include "NumberFunctions.h"
#include "Torch.h"

#include "tconv/Support/Division.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Lowers one op. Each function gives null if the op says what it should not.
class Lowering {
public:
  explicit Lowering(const TorchOp &op)
      : op(op), ops(op.builder, op.op->getLoc()), type(op.type),
        elementType(op.type.getElementType()) {}

  Value lower(StringRef name) {
    using Function = Value (Lowering::*)();
    auto function = llvm::StringSwitch<Function>(name)
                        .Cases({"add.Tensor", "sub.Tensor"}, &Lowering::addScaled)
                        .Cases({"add.Scalar", "sub.Scalar"}, &Lowering::addScaled)
                        .Cases({"bmm", "mm", "matmul"}, &Lowering::multiplyMatrices)
                        .Cases({"broadcast_to", "expand"}, &Lowering::broadcast)
                        .Case("cat", &Lowering::concatenate)
                        .Cases({"clone", "contiguous", "detach"}, &Lowering::same)
                        .Case("constant_pad_nd", &Lowering::pad)
                        .Case("empty.memory_format", &Lowering::empty)
                        .Case("flip", &Lowering::flip)
                        .Case("gelu", &Lowering::gelu)
                        .Case("leaky_relu", &Lowering::leakyRelu)
                        .Case("permute", &Lowering::permute)
                        .Case("silu", &Lowering::silu)
                        .Case("slice.Tensor", &Lowering::slice)
                        .Cases({"sum.dim_IntList", "mean.dim"}, &Lowering::reduce)
                        .Cases({"t", "transpose.int"}, &Lowering::transpose)
                        .Case("to.dtype", &Lowering::convert)
                        .Cases({"unsqueeze", "squeeze.dim", "view", "reshape"}, &Lowering::reshape)
                        .Cases({"_unsafe_view", "flatten.using_ints"}, &Lowering::reshape)
                        .Default(&Lowering::mapNumbers);
    return (this->*function)();
  }

private:
  Value scalar(unsigned number);
  Value call(StringRef name, ValueRange operands);
  bool isFloat() const { return isa<FloatType>(elementType); }
  RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }
  std::optional<int64_t> dimOf(unsigned number, int64_t rank);
  std::optional<int64_t> integer(unsigned number) {
    return number < op.op->getNumOperands() ? getTorchInteger(op.op->getOperand(number))
                                            : std::nullopt;
  }
  std::optional<SmallVector<int64_t>> dimsOf(unsigned number, int64_t rank);

  Value addScaled();
  Value broadcast();
  Value concatenate();
  Value convert();
  Value empty();
  Value flip();
  Value gelu();
  Value leakyRelu();
  Value mapNumbers();
  Value multiplyMatrices();
  Value pad();
  Value permute();
  Value reduce();
  Value reshape();
  Value same() { return op.tensor(0); }
  Value silu();
  Value slice();
  Value transpose();

  const TorchOp &op;
  TensorOps ops;
  RankedTensorType type;
  Type elementType;
};

/// A tensor operand in the result's element type, or a number as a tensor.
Value Lowering::scalar(unsigned number) {
  if (Value tensor = op.tensor(number))
    return ops.convert(tensor, elementType);
  if (number >= op.op->getNumOperands() || !elementType.isIntOrFloat())
    return nullptr;
  std::optional<double> value = getTorchNumber(op.op->getOperand(number));
  if (!value || (!isFloat() && *value != std::floor(*value)))
    return nullptr;
  auto shape = type.hasStaticShape() ? type : RankedTensorType::get({}, elementType);
  return ops.splat(shape, *value);
}

Value Lowering::call(StringRef name, ValueRange operands) {
  unsigned arity = 0;
  NumberFunction function = findNumberFunction(name, elementType, arity);
  if (!function || operands.size() != arity || !llvm::all_of(operands, [](Value v) { return !!v; }))
    return nullptr;
  return ops.map(type, operands, function);
}

std::optional<int64_t> Lowering::dimOf(unsigned number, int64_t rank) {
  std::optional<int64_t> dim = integer(number);
  if (dim && *dim < 0)
    *dim += rank;
  return dim && *dim >= 0 && *dim < rank ? dim : std::nullopt;
}

std::optional<SmallVector<int64_t>> Lowering::dimsOf(unsigned number, int64_t rank) {
  auto dims =
      number < op.op->getNumOperands() ? getTorchIntegers(op.op->getOperand(number)) : std::nullopt;
  llvm::SmallDenseSet<int64_t> seen;
  for (int64_t &dim : dims ? MutableArrayRef(*dims) : MutableArrayRef<int64_t>()) {
    dim += dim < 0 ? rank : 0;
    if (dim < 0 || dim >= rank || !seen.insert(dim).second)
      return std::nullopt;
  }
  return dims;
}

/// a + alpha*b and a - alpha*b
Value Lowering::addScaled() {
  Value a = scalar(0), b = scalar(1);
  std::optional<double> alpha =
      op.op->getNumOperands() > 2 ? getTorchNumber(op.op->getOperand(2)) : std::optional(1.0);
  if (!a || !b || !alpha)
    return nullptr;
  if (*alpha != 1)
    b = call("multiply", {b, scalar(2)});
  StringRef name = op.op->getName().stripDialect();
  return call(name.contains("add") ? "add" : "subtract", {a, b});
}

Value Lowering::mapNumbers() {
  StringRef name = op.op->getName().stripDialect();
  name.consume_front("aten.");
  unsigned arity = 0;
  StringRef numpy = getNumpyName(name);
  if (!findNumberFunction(numpy, elementType, arity) || op.op->getNumOperands() != arity)
    return nullptr;
  if (numpy == "power" && getTorchNumber(op.op->getOperand(1)) == 2.0)
    return call("square", {scalar(0)});
  SmallVector<Value> operands;
  for (unsigned number = 0; number < arity; ++number)
    operands.push_back(scalar(number));
  return call(numpy, operands);
}

Value Lowering::broadcast() {
  Value value = op.tensor(0);
  if (!value || typeOf(value).getRank() > type.getRank())
    return nullptr;
  const int64_t missing = type.getRank() - typeOf(value).getRank();
  return ops.broadcast(type, value, llvm::to_vector(llvm::seq<int64_t>(missing, type.getRank())));
}

Value Lowering::concatenate() {
  Operation *list = op.op->getOperand(0).getDefiningOp();
  std::optional<int64_t> dim = dimOf(1, type.getRank());
  if (!dim || !list || list->getName().getStringRef() != "torch.prim.ListConstruct")
    return nullptr;
  SmallVector<Value> values;
  for (Value operand : list->getOperands()) {
    Value tensor = op.tensorOf(operand);
    if (!tensor || typeOf(tensor).getRank() != type.getRank())
      return nullptr;
    values.push_back(ops.convert(tensor, elementType));
  }
  return values.empty() ? Value() : ops.concatenate(values, *dim);
}

Value Lowering::convert() {
  std::optional<int64_t> code = integer(1);
  Value value = op.tensor(0);
  const bool fits = code && value && getDtype(*code, type.getContext()) == elementType;
  return fits ? ops.convert(value, elementType) : Value();
}

/// Elements of any value; left in models by norms that lost their use of them.
Value Lowering::empty() { return type.hasStaticShape() ? ops.splat(type, 0) : Value(); }

Value Lowering::flip() {
  Value value = op.tensor(0);
  auto dims = dimsOf(1, type.getRank());
  return value && dims ? ops.reverse(value, *dims) : Value();
}

/// x * (1 + erf(x / sqrt(2))) / 2
Value Lowering::gelu() {
  Value x = op.tensor(0);
  Operation *mode = op.op->getNumOperands() == 2 ? op.op->getOperand(1).getDefiningOp() : nullptr;
  auto text = mode ? dyn_cast_or_null<StringAttr>(getAttribute(mode, "value")) : StringAttr();
  if (!x || !text || text != "none" || !isFloat() || !type.hasStaticShape())
    return nullptr;
  Value scaled = call("multiply", {x, ops.splat(type, M_SQRT1_2)});
  Value sum = call("add", {call("erf", {scaled}), ops.splat(type, 1)});
  return call("multiply", {call("multiply", {x, ops.splat(type, 0.5)}), sum});
}

Value Lowering::leakyRelu() {
  Value x = op.tensor(0), slope = scalar(1);
  if (!x || !slope || !isFloat() || !type.hasStaticShape())
    return nullptr;
  Value zero = ops.splat(type, 0);
  return call("add",
              {call("maximum", {x, zero}), call("multiply", {slope, call("minimum", {x, zero})})});
}

Value Lowering::silu() {
  Value x = op.tensor(0);
  return x && isFloat() ? call("multiply", {x, call("logistic", {x})}) : Value();
}

Value Lowering::multiplyMatrices() {
  Value a = op.tensor(0), b = op.tensor(1);
  if (!a || !b || typeOf(a).getRank() != typeOf(b).getRank() || type.getRank() < 2 ||
      typeOf(a).getRank() != type.getRank() || type.getRank() > 3)
    return nullptr;
  const int64_t rank = type.getRank();
  ContractionDims dims;
  if (rank == 3)
    dims.leftBatch = dims.rightBatch = {0};
  if (rank == 3 && typeOf(a).getDimSize(0) != typeOf(b).getDimSize(0))
    return nullptr;
  dims.leftSum = {rank - 1};
  dims.rightSum = {rank - 2};
  return ops.contract(type, a, b, dims);
}

/// Pairs of numbers, those of the innermost dimension first.
Value Lowering::pad() {
  Value value = op.tensor(0);
  auto pairs = getTorchIntegers(op.op->getOperand(1));
  std::optional<double> number =
      op.op->getNumOperands() == 3 ? getTorchNumber(op.op->getOperand(2)) : std::nullopt;
  const auto rank = static_cast<size_t>(type.getRank());
  if (!value || !pairs || !number || pairs->size() % 2 != 0 || pairs->size() > 2 * rank ||
      !isFloat())
    return nullptr;
  SmallVector<int64_t> low(rank, 0), high(rank, 0), interior(rank, 0);
  for (size_t dim = 0; 2 * dim < pairs->size(); ++dim) {
    low[rank - 1 - dim] = (*pairs)[2 * dim];
    high[rank - 1 - dim] = (*pairs)[2 * dim + 1];
  }
  Value scalar = arith::ConstantOp::create(op.builder, op.op->getLoc(),
                                           op.builder.getFloatAttr(elementType, *number));
  return ops.pad(value, scalar, low, high, interior);
}

Value Lowering::permute() {
  Value value = op.tensor(0);
  auto dims = dimsOf(1, type.getRank());
  const bool fits = value && dims && static_cast<int64_t>(dims->size()) == type.getRank();
  return fits ? ops.transpose(value, *dims) : Value();
}

Value Lowering::reduce() {
  Value value = op.tensor(0);
  auto dims = value ? dimsOf(1, typeOf(value).getRank()) : std::nullopt;
  if (!dims || dims->empty() || !isFloat())
    return nullptr;
  unsigned arity;
  value = ops.convert(value, elementType);
  Value zero =
      arith::ConstantOp::create(op.builder, op.op->getLoc(), op.builder.getZeroAttr(elementType));
  Value sum = ops.reduce(value, *dims, zero, findNumberFunction("add", elementType, arity));
  Value kept = ops.reshape(type, sum);
  if (!kept || op.op->getName().getStringRef() != "torch.aten.mean.dim")
    return kept;
  double count = 1;
  for (int64_t dim : *dims) {
    if (typeOf(value).isDynamicDim(dim))
      return nullptr;
    count *= static_cast<double>(typeOf(value).getDimSize(dim));
  }
  return type.hasStaticShape() ? call("divide", {kept, ops.splat(type, count)}) : Value();
}

Value Lowering::reshape() {
  Value value = op.tensor(0);
  return value ? ops.reshape(type, value) : Value();
}

Value Lowering::slice() {
  Value value = op.tensor(0);
  std::optional<int64_t> dim = dimOf(1, type.getRank());
  std::optional<int64_t> first = integer(2), limit = integer(3), stride = integer(4);
  if (!value || !dim || !first || !limit || !stride || *stride < 1 ||
      !typeOf(value).hasStaticShape())
    return nullptr;
  const int64_t size = typeOf(value).getDimSize(*dim);
  auto clamp = [&](int64_t index) {
    return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size);
  };
  SmallVector<int64_t> firsts(type.getRank(), 0), strides(type.getRank(), 1);
  SmallVector<int64_t> counts(typeOf(value).getShape());
  firsts[*dim] = clamp(*first);
  counts[*dim] = std::max<int64_t>(0, ::tconv::ceilDivide(clamp(*limit) - firsts[*dim], *stride));
  strides[*dim] = *stride;
  return ops.slice(value, firsts, counts, strides);
}

Value Lowering::transpose() {
  Value value = op.tensor(0);
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
  const bool isT = op.op->getNumOperands() == 1;
  std::optional<int64_t> first = isT ? std::optional<int64_t>(0) : dimOf(1, type.getRank());
  std::optional<int64_t> second = isT ? std::optional<int64_t>(1) : dimOf(2, type.getRank());
  if (!value || !first || !second || (isT && type.getRank() != 2))
    return nullptr;
  std::swap(permutation[*first], permutation[*second]);
  return ops.transpose(value, permutation);
}

} // namespace

Value mlir::tconv::lowerTorchOp(const TorchOp &op) {
  StringRef name = op.op->getName().stripDialect();
  if (name == "vtensor.literal") {
    auto value = dyn_cast_or_null<ElementsAttr>(getAttribute(op.op, "value"));
    return value && value.getShapedType() == op.type
               ? arith::ConstantOp::create(op.builder, op.op->getLoc(), cast<TypedAttr>(value))
                     .getResult()
               : Value();
  }
  return name.consume_front("aten.") ? Lowering(op).lower(name) : Value();
}
