//===- Compiler.cpp - From a module to something that runs ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Compiler.h"

#include "tconv/Execution/CacheKey.h"
#include "tconv/Execution/CodeGen.h"
#include "tconv/Execution/ObjectCache.h"
#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

#include <chrono>

using namespace tconv;

namespace {

constexpr llvm::StringRef invokeName = "tconvInvoke", packName = "tconvPack",
                          packedBytesName = "tconvPackedBytes";

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Adds `void name(void **args)`, which calls the C interface of the entry
/// function with args[0], args[1], ...: the host cannot otherwise call a function
/// with a number of arguments that it learns at run time.
Status addInvoke(llvm::Module &module, llvm::StringRef entry, llvm::StringRef name) {
  llvm::Function *callee = module.getFunction(("_mlir_ciface_" + entry).str());
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

/// Adds the bytes of packed filters as a constant, after their number, so that they are
/// known of an object that comes from the cache.
void addPackedBytes(llvm::Module &module, llvm::ArrayRef<int64_t> bytes) {
  llvm::SmallVector<uint64_t> words{bytes.size()};
  words.append(bytes.begin(), bytes.end());
  llvm::Constant *data = llvm::ConstantDataArray::get(module.getContext(), words);
  new llvm::GlobalVariable(module, data->getType(), /*isConstant=*/true,
                           llvm::GlobalValue::ExternalLinkage, data, packedBytesName);
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

/// Hides the module's own functions, so that none takes the place of a function of
/// the C library or of the runtime that has the same name.
void hideFunctions(llvm::Module &module) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration() || function.getName() == invokeName ||
        function.getName() == packName)
      continue;
    function.setLinkage(llvm::GlobalValue::InternalLinkage);
    function.setName("tconv.module." + function.getName());
  }
}

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

/// Leaves one function visible: calls are inlined, and the rest of the module need not
/// be compiled. Its inputs belong to the caller, so that it must not write to them.
void makeEntry(mlir::ModuleOp module, mlir::func::FuncOp entry) {
  for (auto function : module.getOps<mlir::func::FuncOp>())
    function.setPrivate();
  entry.setPublic();
  auto readOnly = mlir::BoolAttr::get(entry.getContext(), false);
  for (unsigned index = 0; index < entry.getNumArguments(); ++index)
    entry.setArgAttr(index, mlir::bufferization::BufferizationDialect::kWritableAttrName, readOnly);
}

std::vector<size_t> constantInputs(mlir::func::FuncOp function) {
  std::vector<size_t> numbers;
  for (unsigned number = 0; number < function.getNumArguments(); ++number)
    if (function.getArgAttr(number, mlir::tconv::TconvDialect::kConstantAttrName))
      numbers.push_back(number);
  return numbers;
}

/// The bytes of each filter that the entry's pack function gives; none without one.
std::vector<int64_t> packedBytes(mlir::ModuleOp module, const std::string &packFunction) {
  auto function = module.lookupSymbol<mlir::LLVM::LLVMFuncOp>(packFunction);
  auto bytes = function ? function->getAttrOfType<mlir::DenseI64ArrayAttr>(
                              mlir::tconv::TconvDialect::kPackedBytesAttrName)
                        : nullptr;
  return bytes ? std::vector<int64_t>(bytes.asArrayRef()) : std::vector<int64_t>();
}

} // namespace

static void setPipeline(mlir::tconv::PipelineOptions &pipeline, const CompileOptions &options) {
  pipeline.algorithm = options.algorithm;
  pipeline.parallel = options.threads != 1;
}

Status tconv::runPasses(mlir::ModuleOp module, const CompileOptions &options,
                        mlir::tconv::Stage last) {
  mlir::PassManager manager(module.getContext());
  if (options.configurePasses && failed(options.configurePasses(manager)))
    return Error{"the pass manager's options could not be applied"};
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, options);
  pipeline.stopAfter = last;
  mlir::tconv::buildPipeline(manager, pipeline);
  if (failed(manager.run(module)))
    return Error{"the module could not be compiled"};
  return success();
}

/// The module as LLVM IR, with `tconvInvoke` and, if there is something to pack,
/// `tconvPack` as its only visible functions.
static Result<std::unique_ptr<llvm::Module>>
translate(mlir::ModuleOp module, const EntryPoint &entry, llvm::LLVMContext &context) {
  std::unique_ptr<llvm::Module> code = mlir::translateModuleToLLVMIR(module, context);
  if (!code)
    return Error{"the module could not be translated to LLVM IR"};
  if (Status status = addInvoke(*code, entry.name, invokeName); !status)
    return status.error();
  const std::string packFunction = entry.name + mlir::tconv::packFunctionSuffix.str();
  std::vector<int64_t> bytes = packedBytes(module, packFunction);
  if (!bytes.empty())
    if (Status status = addInvoke(*code, packFunction, packName); !status)
      return status.error();
  addPackedBytes(*code, bytes);
  markOutputs(*code, entry);
  hideFunctions(*code);
  return code;
}

/// Runs the passes and the code generator.
static Result<std::unique_ptr<llvm::MemoryBuffer>>
compileToObject(mlir::ModuleOp module, const EntryPoint &entry, const CompileOptions &options,
                llvm::TargetMachine &machine, CompileTimes &times) {
  double start = now();
  if (Status status = runPasses(module, options, mlir::tconv::Stage::LLVM); !status)
    return status.error();
  times.passes = now() - start;
  llvm::LLVMContext context;
  Result<std::unique_ptr<llvm::Module>> code = translate(module, entry, context);
  if (!code)
    return code.error();
  return generateObject(**code, machine);
}

/// The same, from the cache if it is there.
static Result<std::unique_ptr<llvm::MemoryBuffer>>
getObject(mlir::ModuleOp module, const EntryPoint &entry, const CompileOptions &options,
          llvm::TargetMachine &machine, CompileTimes &times) {
  std::optional<ObjectCache> cache = options.cache ? ObjectCache::ofUser() : std::nullopt;
  if (!cache)
    return compileToObject(module, entry, options, machine, times);
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, options);
  std::string key = cacheKey(module, pipeline, machine);
  if (auto object = cache->load(key)) {
    times.cached = true;
    return object;
  }
  auto object = compileToObject(module, entry, options, machine, times);
  if (object)
    cache->store(key, (*object)->getBuffer());
  return object;
}

Result<Executable::Packing> Executable::findPacking(const Jit &jit, std::vector<size_t> inputs) {
  Result<void *> address = jit.lookup(packedBytesName);
  if (!address)
    return address.error();
  auto *words = static_cast<const int64_t *>(*address);
  Packing packing{nullptr, std::move(inputs), {words + 1, words + 1 + words[0]}};
  if (packing.bytes.empty())
    return packing;
  Result<void *> function = jit.lookup(packName);
  if (!function)
    return function.error();
  packing.function = *function;
  return packing;
}

Result<Executable> Executable::compile(mlir::ModuleOp module, mlir::func::FuncOp function,
                                       const CompileOptions &options) {
  Result<EntryPoint> entry = EntryPoint::of(function);
  if (!entry)
    return entry.error();
  if (Status status = checkFunctions(module); !status)
    return status.error();
  if (Status status = checkConstants(module); !status)
    return status.error();
  Result<std::unique_ptr<llvm::TargetMachine>> machine = createTargetMachine(options.target);
  if (!machine)
    return machine.error();
  if (Status status = checkRunsHere(**machine); !status)
    return status.error();
  makeEntry(module, function);
  const std::vector<size_t> constants = constantInputs(function);
  CompileTimes times;
  double start = now();
  auto object = getObject(module, *entry, options, **machine, times);
  if (!object)
    return object.error();
  Result<Jit> jit = Jit::create(std::move(*object), **machine);
  if (!jit)
    return jit.error();
  Result<void *> address = jit->lookup(invokeName);
  if (!address)
    return address.error();
  Result<Packing> packing = findPacking(*jit, constants);
  if (!packing)
    return packing.error();
  times.codegen = now() - start - times.passes;
  return Executable(std::move(*entry), std::move(*jit), *address, std::move(*packing), times,
                    options.threads);
}
