//===- Interface.cpp - The C functions of an artefact ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names in C say what a tensor is to the first layer that uses it (x, w, b) or makes it (y),
// with a number where they would meet. Those of arguments that no layer uses have a number only.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"

#include "tconv/IR/TconvDialect.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringSet.h"

#include <functional>
#include <numeric>

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

/// Packed filters begin at multiples of this: the longest vectors, and cache lines.
constexpr int64_t alignment = 64;

/// The names of a tensor's dimensions; `first` and `second` are those that the spatial
/// ones follow, or, if channels come last, surround.
std::string listDims(llvm::StringRef first, llvm::StringRef second, llvm::StringRef prefix,
                     int64_t spatialDims, bool channelsLast = false) {
  constexpr llvm::StringLiteral names[] = {"D", "H", "W"};
  std::string text = "[" + first.str();
  if (!channelsLast)
    text += ", " + second.str();
  for (llvm::StringRef name : llvm::ArrayRef(names).take_back(spatialDims))
    text += ", " + (prefix + name).str();
  return text + (channelsLast ? ", " + second.str() : "") + "]";
}

std::string dataDims(ConvTransposeOp layer, int64_t rank) {
  bool last = layer.getLayout() == mlir::tconv::Layout::ChannelsLast;
  return listDims("N", "C", "", rank - 2, last);
}

/// The first layer that uses an argument, and as what.
mlir::OpOperand *findUse(mlir::Value argument) {
  for (mlir::OpOperand &use : argument.getUses())
    if (mlir::isa<ConvTransposeOp>(use.getOwner()))
      return &use;
  return nullptr;
}

/// The customary name of a layer's operand, and its dimensions.
CTensor describeInput(mlir::BlockArgument argument, TensorSpec spec) {
  const auto rank = static_cast<int64_t>(spec.shape.size());
  mlir::OpOperand *use = findUse(argument);
  if (!use)
    return {"arg", std::move(spec), ""};
  auto layer = mlir::cast<ConvTransposeOp>(use->getOwner());
  switch (use->getOperandNumber()) {
  case 0:
    return {"x", std::move(spec), dataDims(layer, rank)};
  case 1:
    return {"w", std::move(spec), listDims("Ci", "Co/groups", "k", rank - 2)};
  default:
    return {"b", std::move(spec), "[Co]"};
  }
}

CTensor describeResult(mlir::Value value, TensorSpec spec) {
  auto layer = value.getDefiningOp<ConvTransposeOp>();
  const auto rank = static_cast<int64_t>(spec.shape.size());
  return {"y", std::move(spec), layer ? dataDims(layer, rank) : ""};
}

/// Numbers the tensors whose name is not theirs alone, and those without a good one.
void makeUnique(std::vector<CTensor> &tensors) {
  llvm::StringMap<int> count;
  for (const CTensor &tensor : tensors)
    ++count[tensor.name];
  for (auto [index, tensor] : llvm::enumerate(tensors))
    if (count[tensor.name] > 1 || tensor.name == "arg")
      tensor.name += std::to_string(index);
}

Status checkStatic(const EntryPoint &entry, const std::string &what,
                   const std::vector<TensorSpec> &specs) {
  for (auto [index, spec] : llvm::enumerate(specs))
    if (!spec.isStatic())
      return unsupported("expected static sizes in @" + entry.name +
                         " to make a C interface of it, got " + spec.str() + " as " + what + " " +
                         std::to_string(index));
  return success();
}

} // namespace

int64_t CTensor::numElements() const {
  return std::accumulate(spec.shape.begin(), spec.shape.end(), int64_t(1), std::multiplies<>());
}

std::string CTensor::cType() const {
  switch (spec.type) {
  case ElementType::F64:
    return "double";
  case ElementType::F32:
    return "float";
  case ElementType::F16:
  case ElementType::BF16:
    return "uint16_t";
  case ElementType::I64:
    return "int64_t";
  case ElementType::I32:
    return "int32_t";
  case ElementType::I16:
    return "int16_t";
  case ElementType::I8:
    return "int8_t";
  case ElementType::I1:
    return "uint8_t";
  }
  llvm_unreachable("not an element type");
}

bool CInterface::hasConstants() const {
  return llvm::any_of(inputs, [](const CTensor &tensor) { return tensor.constant; });
}

Result<CInterface> CInterface::of(const EntryFunction &function, std::string prefix) {
  const EntryPoint &entry = function.entry;
  if (Status status = checkStatic(entry, "argument", entry.inputs); !status)
    return status.error();
  if (Status status = checkStatic(entry, "result", entry.results); !status)
    return status.error();
  CInterface interface{std::move(prefix), entry.name, {}, {}};
  mlir::FunctionOpInterface body = function.function;
  for (auto [argument, spec] : llvm::zip(body.getArguments(), entry.inputs))
    interface.inputs.push_back(describeInput(argument, spec));
  for (uint32_t input : function.packInputs)
    interface.inputs[input].constant = true;
  mlir::Operation *end = body.getFunctionBody().back().getTerminator();
  for (auto [value, spec] : llvm::zip(end->getOperands(), entry.results))
    interface.results.push_back(describeResult(value, spec));
  makeUnique(interface.inputs);
  makeUnique(interface.results);
  return interface;
}

PackedBuffer PackedBuffer::of(const CInterface &interface, const std::vector<int64_t> &filterBytes,
                              const std::vector<size_t> &copied) {
  PackedBuffer buffer;
  auto reserve = [&buffer](int64_t bytes) {
    int64_t begin = buffer.bytes;
    buffer.bytes += roundUp(bytes, alignment);
    return begin;
  };
  for (int64_t bytes : filterBytes)
    buffer.filters.push_back(reserve(bytes));
  for (size_t input : copied)
    buffer.inputs.emplace_back(input, reserve(interface.inputs[input].bytes()));
  return buffer;
}
