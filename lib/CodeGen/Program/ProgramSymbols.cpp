//===- ProgramSymbols.cpp - Kernels and constants of a program ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "tconv/Entry/Constants.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using tconv::ProgramSymbols;
using tconv::TensorMap;
using tconv::TensorMapRecipe;

static LLVM::GlobalOp findGlobal(LLVM::AddressOfOp address) {
  return SymbolTable::lookupNearestSymbolFrom<LLVM::GlobalOp>(address, address.getGlobalNameAttr());
}

/// The alignment of a parameter, 0 if it is not given.
static size_t alignmentOf(LLVM::LLVMFuncOp kernel, unsigned parameter) {
  auto alignment =
      kernel.getArgAttrOfType<IntegerAttr>(parameter, LLVM::LLVMDialect::getAlignAttrName());
  return alignment ? static_cast<size_t>(alignment.getInt()) : 0;
}

size_t ProgramSymbols::recipeOf(TensorMapRecipe recipe) {
  auto &all = program.tensorMaps;
  auto known = llvm::find_if(
      all, [&](const TensorMapRecipe &other) { return toString(other) == toString(recipe); });
  if (known != all.end())
    return static_cast<size_t>(known - all.begin());
  all.push_back(std::move(recipe));
  return all.size() - 1;
}

uint32_t ProgramSymbols::parameterBytes(LLVM::LLVMFuncOp kernel, unsigned parameter) {
  auto value = kernel.getArgAttrOfType<TypeAttr>(parameter, LLVM::LLVMDialect::getByValAttrName());
  Type type = value ? value.getValue() : kernel.getArgumentTypes()[parameter];
  return static_cast<uint32_t>(sizeOf(type));
}

FailureOr<size_t> ProgramSymbols::kernelOf(gpu::LaunchFuncOp launch) {
  auto kernel =
      SymbolTable::lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(module, launch.getKernelAttr());
  if (!kernel)
    return emitError(launch.getLoc())
           << "expected a kernel in the LLVM dialect, got " << launch.getKernelAttr();
  auto [known, isNew] = kernels.try_emplace(kernel, program.kernels.size());
  if (isNew) {
    KernelSignature signature{kernel.getSymName().str(), {}};
    for (auto [number, type] : llvm::enumerate(kernel.getArgumentTypes())) {
      if (numWords(type) != 1)
        return emitError(kernel.getLoc())
               << "expected kernel parameters of at most 64 bits, or by value, got " << type;
      uint32_t bytes = parameterBytes(kernel, number);
      if (bytes == sizeof(TensorMap) && alignmentOf(kernel, number) < alignof(TensorMap))
        return emitError(kernel.getLoc())
               << "expected parameter " << number << " of kernel @" << kernel.getSymName()
               << ", a tensor map, to be aligned to " << alignof(TensorMap)
               << " bytes (llvm.align)";
      signature.parameterBytes.push_back(bytes);
    }
    program.kernels.push_back(std::move(signature));
  }
  size_t expected = kernel.getNumArguments(), got = launch.getNumKernelOperands();
  if (expected != got)
    return emitError(launch.getLoc()) << "expected " << expected << " arguments of kernel "
                                      << launch.getKernelAttr() << ", got " << got;
  return known->second;
}

/// The bytes of a constant; an error if it has none, or none that are known.
static tconv::Result<std::vector<std::byte>> bytesOf(LLVM::GlobalOp global) {
  Attribute value = global.getValueOrNull();
  if (auto text = dyn_cast_or_null<StringAttr>(value)) {
    auto *begin = reinterpret_cast<const std::byte *>(text.data());
    return std::vector<std::byte>(begin, begin + text.size());
  }
  if (!value || !global.getConstant())
    return tconv::Error{"expected a constant with a value, got @" + global.getSymName().str()};
  tconv::Result<tconv::HostTensor> tensor = tconv::toHostTensor(value);
  if (!tensor)
    return tensor.error();
  return std::vector<std::byte>(tensor->data(), tensor->data() + tensor->sizeInBytes());
}

/// Where an op stands, or the first that needs it: constants lose their place when they are
/// merged.
static Location placeOf(Operation *op) {
  while (isa<UnknownLoc>(op->getLoc()) && !op->use_empty())
    op = *op->user_begin();
  return op->getLoc();
}

FailureOr<size_t> ProgramSymbols::segmentOf(LLVM::AddressOfOp address) {
  LLVM::GlobalOp global = findGlobal(address);
  if (!global)
    return emitError(address.getLoc()) << "expected the address of a constant";
  auto [known, isNew] = segments.try_emplace(global, program.segments.size());
  if (!isNew)
    return known->second;
  Result<std::vector<std::byte>> bytes = bytesOf(global);
  if (!bytes)
    return emitError(isa<UnknownLoc>(global.getLoc()) ? placeOf(address) : global.getLoc())
           << bytes.message();
  program.segments.push_back({std::move(*bytes)});
  return known->second;
}

FailureOr<std::string> ProgramSymbols::textOf(Value pointer) {
  auto address = pointer.getDefiningOp<LLVM::AddressOfOp>();
  LLVM::GlobalOp global = address ? findGlobal(address) : nullptr;
  auto text = global ? dyn_cast_or_null<StringAttr>(global.getValueOrNull()) : nullptr;
  if (!text)
    return failure();
  return text.getValue().take_until([](char character) { return character == '\0'; }).str();
}
