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
#include "tconv/Execution/Translate.h"
#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/TconvDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

#include <chrono>

using namespace tconv;

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
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

std::vector<size_t> constantInputs(mlir::func::FuncOp function) {
  std::vector<size_t> numbers;
  for (unsigned number = 0; number < function.getNumArguments(); ++number)
    if (function.getArgAttr(number, mlir::tconv::TconvDialect::kConstantAttrName))
      numbers.push_back(number);
  return numbers;
}

/// How filters are packed, as the code itself says (see Translate.h).
Result<std::vector<int64_t>> packedBytes(const Jit &jit) {
  Result<void *> address = jit.lookup(packedBytesName);
  if (!address)
    return address.error();
  auto *numbers = static_cast<const int64_t *>(*address);
  return std::vector<int64_t>(numbers + 1, numbers + 1 + numbers[0]);
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

static void setPipeline(mlir::tconv::PipelineOptions &pipeline, const CompileOptions &options) {
  pipeline.algorithm = options.algorithm;
  pipeline.parallel = options.threads != 1;
  pipeline.targetCpu = options.target.cpu.empty() ? "host" : options.target.cpu;
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

/// Runs the passes and the code generator.
static Result<std::unique_ptr<llvm::MemoryBuffer>>
compileToObject(mlir::ModuleOp module, const EntryPoint &entry, const CompileOptions &options,
                llvm::TargetMachine &machine, CompileTimes &times) {
  double start = now();
  if (Status status = runPasses(module, options, mlir::tconv::Stage::LLVM); !status)
    return status.error();
  times.passes = now() - start;
  llvm::LLVMContext context;
  Result<std::unique_ptr<llvm::Module>> code = translateEntry(module, entry, context);
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
  Packing packing{nullptr, constantInputs(function), {}};
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
  Result<std::vector<int64_t>> bytes = packedBytes(*jit);
  if (!bytes)
    return bytes.error();
  packing.bytes = std::move(*bytes);
  if (!packing.bytes.empty()) {
    Result<void *> pack = jit->lookup(packName);
    if (!pack)
      return pack.error();
    packing.function = *pack;
  }
  times.codegen = now() - start - times.passes;
  return Executable(std::move(*entry), std::move(*jit), *address, std::move(packing), times,
                    options.threads);
}
