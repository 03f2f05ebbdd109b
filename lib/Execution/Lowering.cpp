//===- Lowering.cpp - From a module to LLVM IR ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Lowering.h"

#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace tconv;

namespace {

/// There is nothing to link with, so every function that is called must have a body;
/// and lowered code calls some functions by name.
Status checkFunctions(mlir::ModuleOp module) {
  for (auto function : module.getOps<mlir::func::FuncOp>()) {
    llvm::StringRef name = function.getSymName();
    if (name == "malloc" || name == "free" || name.starts_with("tconv"))
      return Error{"expected function names other than malloc, free and tconv..., got @" +
                   name.str()};
    if (function.isExternal() && !function.symbolKnownUseEmpty(module))
      return Error{"expected functions with a body, got a declaration of @" + name.str(), true};
  }
  return success();
}

/// Constants become part of the code, which is addressed with 32-bit offsets.
Status checkConstants(mlir::ModuleOp module) {
  constexpr double limit = 1 << 30;
  double bytes = 0;
  module.walk([&](mlir::arith::ConstantOp constant) {
    auto type = llvm::dyn_cast<mlir::ShapedType>(constant.getType());
    if (!type || !type.hasStaticShape())
      return;
    double size = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
    for (int64_t extent : type.getShape())
      size *= static_cast<double>(extent);
    bytes += size;
  });
  if (bytes > limit)
    return Error{"expected constants of at most 2^30 bytes in all, got " + formatCount(bytes) +
                 ": pass large tensors as arguments"};
  return success();
}

/// The bytes of each filter that the entry's pack function gives; none without one.
std::vector<int64_t> packedBytes(mlir::ModuleOp module, const std::string &packFunction) {
  auto function = module.lookupSymbol<mlir::LLVM::LLVMFuncOp>(packFunction);
  auto bytes = function ? function->getAttrOfType<mlir::DenseI64ArrayAttr>(
                              mlir::tconv::TconvDialect::kPackedBytesAttrName)
                        : nullptr;
  return bytes ? std::vector<int64_t>(bytes.asArrayRef()) : std::vector<int64_t>();
}

/// Says that the buffers of results, the last arguments of the entry function, overlap
/// nothing else, which MLIR has no way to say of a memref. Without it loops would have
/// to compare addresses before they use vectors.
void markOutputs(llvm::Module &module, const EntryPoint &entry) {
  llvm::Function *function = module.getFunction(entry.name);
  if (!function || !entry.takesOutputs())
    return;
  unsigned position = function->arg_size();
  for (const TensorSpec &spec : llvm::reverse(entry.results)) {
    position -= 3 + 2 * spec.shape.size(); // allocated and aligned pointer, offset, ...
    function->addParamAttr(position + 1, llvm::Attribute::NoAlias);
  }
}

/// Our attributes of arguments mean nothing to LLVM, and would be warned about.
void removeArgumentAttributes(mlir::ModuleOp module) {
  auto names = {mlir::tconv::TconvDialect::kConstantAttrName,
                mlir::tconv::TconvDialect::kPackedAttrName};
  for (auto function : module.getOps<mlir::LLVM::LLVMFuncOp>())
    for (unsigned index = 0; index < function.getNumArguments(); ++index)
      for (llvm::StringRef name : names)
        function.removeArgAttr(index, name);
}

} // namespace

Status tconv::makeEntry(mlir::ModuleOp module, mlir::func::FuncOp entry) {
  if (Status status = checkFunctions(module); !status)
    return status;
  if (Status status = checkConstants(module); !status)
    return status;
  for (auto function : module.getOps<mlir::func::FuncOp>())
    function.setPrivate();
  entry.setPublic();
  auto readOnly = mlir::BoolAttr::get(entry.getContext(), false);
  for (unsigned index = 0; index < entry.getNumArguments(); ++index)
    entry.setArgAttr(index, mlir::bufferization::BufferizationDialect::kWritableAttrName, readOnly);
  return success();
}

std::vector<size_t> tconv::constantInputs(mlir::func::FuncOp function) {
  std::vector<size_t> numbers;
  for (unsigned number = 0; number < function.getNumArguments(); ++number)
    if (function.getArgAttr(number, mlir::tconv::TconvDialect::kConstantAttrName))
      numbers.push_back(number);
  return numbers;
}

Result<LoweredModule> tconv::translateToLLVM(mlir::ModuleOp module, const EntryPoint &entry,
                                             llvm::LLVMContext &context) {
  LoweredModule lowered;
  lowered.packFunction = entry.name + mlir::tconv::packFunctionSuffix.str();
  lowered.packedBytes = packedBytes(module, lowered.packFunction);
  removeArgumentAttributes(module);
  lowered.code = mlir::translateModuleToLLVMIR(module, context);
  if (!lowered.code)
    return Error{"the module could not be translated to LLVM IR"};
  markOutputs(*lowered.code, entry);
  return lowered;
}

void tconv::hideFunctions(llvm::Module &module, llvm::ArrayRef<llvm::StringRef> visible) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration() || llvm::is_contained(visible, function.getName()))
      continue;
    function.setLinkage(llvm::GlobalValue::InternalLinkage);
    function.setName("tconv.module." + function.getName());
  }
}
