//===- TranslateTensorMaps.cpp - Calls that make tensor maps --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions call what upstream's nvgpu.tma.create.descriptor becomes, with numbers as there,
//
//   %map = llvm.call @mgpuTensorMapEncodeTiledMemref(%rank, %tensor, %type, %interleave, %swizzle,
//       %promotion, %fill, %box)
//
// and for columns of pixels
//
//   %map = llvm.call @mgpuTensorMapEncodeIm2colMemref(%rank, %tensor, %type, %interleave,
//   %swizzle,
//       %promotion, %fill, %lower, %upper, %channels, %pixels)
//
// `%tensor` points to the descriptor of a memref, `%box`, `%lower` and `%upper` to numbers of 64
// bits in the order of its dimensions; all are local variables with one store to each part. The map
// is an argument of kernels, for a parameter with llvm.byval.
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using tconv::FunctionTranslator;
using tconv::Opcode;
using tconv::Register;

static constexpr StringRef encodeTiled = "mgpuTensorMapEncodeTiledMemref";
static constexpr StringRef encodeIm2col = "mgpuTensorMapEncodeIm2colMemref";

static constexpr int64_t numberBytes = 8;

static std::optional<int64_t> constantOf(Value value) {
  APInt number;
  if (!matchPattern(value, m_ConstantInt(&number)))
    return std::nullopt;
  return number.getSExtValue();
}

namespace {

/// A place in a local variable.
struct Place {
  LLVM::AllocaOp variable;
  int64_t offset = 0;
};

/// Reads the local variables of a function at a call.
class Locals {
public:
  Locals(LLVM::CallOp call, tconv::ProgramSymbols &symbols)
      : call(call), symbols(symbols), dominance(call->getParentOfType<LLVM::LLVMFuncOp>()) {}

  /// What was stored at a place, if that is one value.
  Value valueAt(Value pointer, int64_t offset) {
    std::optional<Place> place = placeOf(pointer);
    if (!place)
      return {};
    Value result;
    if (!find(place->variable, 0, place->offset + offset, result))
      return {};
    return result;
  }

private:
  std::optional<int64_t> offsetOf(LLVM::GEPOp op) {
    auto indices = llvm::to_vector(op.getIndices());
    if (indices.size() != 1)
      return std::nullopt;
    auto attribute = dyn_cast<IntegerAttr>(indices.front());
    std::optional<int64_t> index =
        attribute ? attribute.getInt() : constantOf(cast<Value>(indices.front()));
    if (!index)
      return std::nullopt;
    return *index * symbols.sizeOf(op.getElemType());
  }

  std::optional<Place> placeOf(Value pointer) {
    if (auto variable = pointer.getDefiningOp<LLVM::AllocaOp>())
      return Place{variable, 0};
    auto address = pointer.getDefiningOp<LLVM::GEPOp>();
    std::optional<Place> place = address ? placeOf(address.getBase()) : std::nullopt;
    std::optional<int64_t> offset = place ? offsetOf(address) : std::nullopt;
    if (!offset)
      return std::nullopt;
    place->offset += *offset;
    return place;
  }

  /// Looks for the store at `wanted` in all that use a pointer to the place `offset`. False if
  /// there are several, or one that is not always executed before the call.
  bool find(Value pointer, int64_t offset, int64_t wanted, Value &result) {
    for (Operation *user : pointer.getUsers()) {
      if (auto address = dyn_cast<LLVM::GEPOp>(user)) {
        std::optional<int64_t> distance = offsetOf(address);
        if (!distance || !find(address, offset + *distance, wanted, result))
          return false;
        continue;
      }
      auto store = dyn_cast<LLVM::StoreOp>(user);
      if (!store || offset != wanted)
        continue;
      if (result || !dominance.properlyDominates(store, call))
        return false;
      result = store.getValue();
    }
    return true;
  }

  LLVM::CallOp call;
  tconv::ProgramSymbols &symbols;
  DominanceInfo dominance;
};

/// Whether a pointer to a local variable is only written through and given to the calls.
bool isOnlyForTensorMaps(Value pointer) {
  return llvm::all_of(pointer.getUsers(), [&](Operation *user) {
    if (auto address = dyn_cast<LLVM::GEPOp>(user))
      return isOnlyForTensorMaps(address);
    if (auto store = dyn_cast<LLVM::StoreOp>(user))
      return store.getValue() != pointer;
    auto call = dyn_cast<LLVM::CallOp>(user);
    return call && FunctionTranslator::makesTensorMap(call);
  });
}

/// Reads numbers of 64 bits, the last one first; false if one is not known.
template <typename Number>
bool readNumbers(Locals &locals, Value pointer, size_t count, std::vector<Number> &numbers) {
  for (size_t index = count; index-- > 0;) {
    Value value = locals.valueAt(pointer, static_cast<int64_t>(index) * numberBytes);
    std::optional<int64_t> number = value ? constantOf(value) : std::nullopt;
    if (!number || *number != static_cast<int64_t>(static_cast<Number>(*number)))
      return false;
    numbers.push_back(static_cast<Number>(*number));
  }
  return true;
}

/// Reads one of the driver's enumerations; false if the number is none of it.
template <typename Enum> bool readEnum(Value value, Enum last, Enum &result) {
  std::optional<int64_t> number = constantOf(value);
  if (!number || *number < 0 || *number > static_cast<int64_t>(last))
    return false;
  result = static_cast<Enum>(*number);
  return true;
}

bool readRecipe(LLVM::CallOp call, Locals &locals, size_t rank, tconv::TensorMapRecipe &recipe) {
  OperandRange arguments = call.getArgOperands();
  recipe.steps.assign(rank, 1);
  if (!readEnum(arguments[2], tconv::TensorMapType::TF32FlushDenormals, recipe.type) ||
      constantOf(arguments[3]) != 0 ||
      !readEnum(arguments[4], tconv::TensorMapSwizzle::Bytes128, recipe.swizzle) ||
      !readEnum(arguments[5], tconv::TensorMapPromotion::Bytes256, recipe.promotion) ||
      !readEnum(arguments[6], tconv::TensorMapFill::NaN, recipe.fill))
    return false;
  if (call.getCallee() == encodeTiled)
    return readNumbers(locals, arguments[7], rank, recipe.box);
  recipe.mode = tconv::TensorMapMode::Im2col;
  std::optional<int64_t> channels = constantOf(arguments[9]), pixels = constantOf(arguments[10]);
  if (rank < 3 || !channels || !pixels)
    return false;
  recipe.channelsPerPixel = static_cast<uint32_t>(*channels);
  recipe.pixelsPerColumn = static_cast<uint32_t>(*pixels);
  return readNumbers(locals, arguments[7], rank - 2, recipe.lowerCorner) &&
         readNumbers(locals, arguments[8], rank - 2, recipe.upperCorner);
}

} // namespace

bool FunctionTranslator::makesTensorMap(LLVM::CallOp call) {
  StringRef callee = call.getCallee().value_or("");
  return (callee == encodeTiled && call.getArgOperands().size() == 8) ||
         (callee == encodeIm2col && call.getArgOperands().size() == 11);
}

LogicalResult FunctionTranslator::translateLocal(LLVM::AllocaOp op) {
  if (!isOnlyForTensorMaps(op))
    return refuse(*op, "a local variable that is not only for tensor maps");
  // Nothing reads it, so that any register will do.
  alias(op, {0});
  return llvm::success();
}

LogicalResult FunctionTranslator::translateTensorMap(LLVM::CallOp op) {
  Locals locals(op, symbols);
  std::optional<int64_t> rank = constantOf(op.getArgOperands()[0]);
  Value descriptor = locals.valueAt(op.getArgOperands()[1], 0);
  tconv::TensorMapRecipe recipe;
  if (!rank || *rank < 1 || !descriptor ||
      numWords(descriptor.getType()) != numDescriptorWords(static_cast<size_t>(*rank)) ||
      !readRecipe(op, locals, static_cast<size_t>(*rank), recipe))
    return refuse(*op, "a tensor map whose rank, numbers or tensor are not known");
  if (Status status = verify(recipe); !status)
    return emitError(op.getLoc()) << status.message();
  emitTensorMap(op, registersOf(descriptor), symbols.recipeOf(recipe));
  return llvm::success();
}

/// The words of a memref are its allocated and aligned address, its offset, sizes and strides, of
/// which maps hold those of the last dimension first and strides in bytes.
void FunctionTranslator::emitTensorMap(LLVM::CallOp op, Registers words, size_t recipe) {
  size_t rank = (words.size() - 3) / 2;
  int64_t bytes = elementBytes(symbols.recipe(recipe).type);
  Register contiguous = emit(Opcode::Equal, {words.back(), constant(1)});
  emitAction(Opcode::Check, {contiguous}, 0,
             "expected a tensor map of a tensor whose last dimension has a stride of 1");
  Registers operands{emit(Opcode::Add, {words[1], scaled(words[2], bytes, false)})};
  for (size_t dim = rank; dim-- > 0;)
    operands.push_back(words[3 + dim]);
  for (size_t dim = rank - 1; dim-- > 0;)
    operands.push_back(scaled(words[3 + rank + dim], bytes, false));
  Register map = emit(Opcode::MapTensor, operands, static_cast<int64_t>(recipe));
  function.numRegisters += numTensorMapWords - 1;
  alias(op.getResult(), {map});
  tensorMaps.insert(op.getResult());
}
