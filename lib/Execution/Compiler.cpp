//===- Compiler.cpp - From a module to something that runs ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Compiler.h"

#include "tconv/Execution/CacheKey.h"
#include "tconv/Execution/CodeGen.h"
#include "tconv/Execution/Lowering.h"
#include "tconv/Execution/ObjectCache.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
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

} // namespace

static void setPipeline(mlir::tconv::PipelineOptions &pipeline, const CompileOptions &options) {
  pipeline.algorithm = options.algorithm;
  pipeline.parallel = options.threads != 1;
  if (!options.target.cpu.empty())
    pipeline.targetCpu = options.target.cpu;
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
  Result<LoweredModule> lowered = translateToLLVM(module, entry, context);
  if (!lowered)
    return lowered.error();
  llvm::Module &code = *lowered->code;
  if (Status status = addInvoke(code, entry.name, invokeName); !status)
    return status.error();
  if (!lowered->packedBytes.empty())
    if (Status status = addInvoke(code, lowered->packFunction, packName); !status)
      return status.error();
  addPackedBytes(code, lowered->packedBytes);
  hideFunctions(code, {invokeName, packName});
  return std::move(lowered->code);
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
  if (Status status = makeEntry(module, function); !status)
    return status.error();
  Result<std::unique_ptr<llvm::TargetMachine>> machine = createTargetMachine(options.target);
  if (!machine)
    return machine.error();
  if (Status status = checkRunsHere(**machine); !status)
    return status.error();
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
