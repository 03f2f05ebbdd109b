//===- Translate.cpp - From the LLVM dialect to LLVM IR -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's translation, and around it what a host needs that learns at run time how many arguments
// a function has: functions that take all of them as one array of pointers, and the bytes of
// packed filters as a constant. All other functions are hidden under names that meet no
// library's.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/Translate.h"

#include "tconv/CodeGen/Translatable.h"
#include "tconv/Device/Program.h"
#include "tconv/Entry/EntryPoint.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace tconv;

namespace {

/// Adds `void name(void **args)`, which calls the C interface of the entry
/// function with args[0], args[1], ...: the host cannot otherwise call a function
/// with a number of arguments that it learns at run time.
Status addInvoke(llvm::Module &module, llvm::StringRef entry, const char *name) {
  llvm::Function *callee = module.getFunction((cInterfacePrefix + entry).str());
  if (!callee)
    return Error{"expected a C interface of @" + entry.str() + " after lowering, found none"};
  llvm::IRBuilder<> builder(module.getContext());
  llvm::Type *pointer = builder.getPtrTy();
  auto *type = llvm::FunctionType::get(builder.getVoidTy(), {pointer}, false);
  auto *invoke = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "entry", invoke));
  llvm::SmallVector<llvm::Value *> arguments;
  for (size_t index = 0; index < callee->arg_size(); ++index) {
    llvm::Value *slot = builder.CreateConstGEP1_64(pointer, invoke->getArg(0), index);
    arguments.push_back(builder.CreateLoad(pointer, slot));
  }
  builder.CreateCall(callee, arguments);
  builder.CreateRetVoid();
  return success();
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
    position -= numDescriptorWords(spec.shape.size());
    function->addParamAttr(position + 1, llvm::Attribute::NoAlias);
  }
}

/// The bytes of each filter that a pack function gives; none if there is no such one.
std::vector<int64_t> packedBytes(mlir::ModuleOp module, const std::string &packFunction) {
  auto function = module.lookupSymbol<mlir::LLVM::LLVMFuncOp>(packFunction);
  auto bytes = function ? function->getAttrOfType<mlir::DenseI64ArrayAttr>(
                              mlir::tconv::TconvDialect::kPackedBytesAttrName)
                        : nullptr;
  return bytes ? std::vector<int64_t>(bytes.asArrayRef()) : std::vector<int64_t>();
}

/// A visible constant that holds how many numbers there are, and the numbers.
void addNumbers(llvm::Module &module, const char *name, std::vector<int64_t> numbers) {
  numbers.insert(numbers.begin(), static_cast<int64_t>(numbers.size()));
  std::vector<uint64_t> words(numbers.begin(), numbers.end());
  llvm::Constant *values = llvm::ConstantDataArray::get(module.getContext(), words);
  new llvm::GlobalVariable(module, values->getType(), /*isConstant=*/true,
                           llvm::GlobalValue::ExternalLinkage, values, name);
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

Result<TranslatedModule> tconv::translateModule(mlir::ModuleOp module, const EntryPoint &entry,
                                                llvm::LLVMContext &context) {
  TranslatedModule translated;
  translated.packFunction = entry.name + mlir::tconv::packFunctionSuffix.str();
  translated.packedBytes = packedBytes(module, translated.packFunction);
  removeArgumentAttributes(module);
  if (Status status = checkTranslatable(module); !status)
    return status.error();
  translated.code = mlir::translateModuleToLLVMIR(module, context);
  if (!translated.code)
    return Error{"the module could not be translated to LLVM IR"};
  markOutputs(*translated.code, entry);
  return translated;
}

void tconv::hideFunctions(llvm::Module &module, llvm::ArrayRef<llvm::StringRef> visible) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration() || llvm::is_contained(visible, function.getName()))
      continue;
    function.setLinkage(llvm::GlobalValue::InternalLinkage);
    function.setName("tconv.module." + function.getName());
  }
}

Result<std::unique_ptr<llvm::Module>>
tconv::translateEntry(mlir::ModuleOp module, const EntryPoint &entry, llvm::LLVMContext &context) {
  Result<TranslatedModule> translated = translateModule(module, entry, context);
  if (!translated)
    return translated.error();
  llvm::Module &code = *translated->code;
  if (Status status = addInvoke(code, entry.name, invokeName); !status)
    return status.error();
  addNumbers(code, packedBytesName, translated->packedBytes);
  if (!translated->packedBytes.empty())
    if (Status status = addInvoke(code, translated->packFunction, packName); !status)
      return status.error();
  hideFunctions(code, {invokeName, packName});
  return std::move(translated->code);
}
