//===- Compiler.cpp - From a module to code -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way that all compilations go: what cannot be compiled is refused, the entry becomes the
// only public function, the passes run up to a stage, and what they leave is translated for the
// processor (an object file, perhaps from the cache) or for a device (a program). Nothing here
// runs code.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/Compiler.h"

#include "LoweringFailures.h"

#include "tconv/CodeGen/CacheKey.h"
#include "tconv/CodeGen/CodeGen.h"
#include "tconv/CodeGen/ObjectCache.h"
#include "tconv/CodeGen/Translatable.h"
#include "tconv/CodeGen/Translate.h"
#include "tconv/CodeGen/TranslateProgram.h"
#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/Signature.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

#include <chrono>

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
      return unsupported("expected functions with a body, got a declaration of @" + name.str());
  }
  return success();
}

/// Bytes of an element in memory, where an index takes 8 as anything does that has no width of
/// its own.
double bytesOf(mlir::Type element) {
  if (auto complex = llvm::dyn_cast<mlir::ComplexType>(element))
    return 2 * bytesOf(complex.getElementType());
  return element.isIntOrFloat() ? llvm::divideCeil(element.getIntOrFloatBitWidth(), 8) : 8;
}

/// Constants become part of the code, which is addressed with 32-bit offsets.
Status checkConstants(mlir::ModuleOp module) {
  constexpr double limit = 1 << 30;
  double bytes = 0;
  module.walk([&](mlir::arith::ConstantOp constant) {
    auto type = llvm::dyn_cast<mlir::ShapedType>(constant.getType());
    if (!type || !type.hasStaticShape())
      return;
    double size = bytesOf(type.getElementType());
    for (int64_t extent : type.getShape())
      size *= static_cast<double>(extent);
    bytes += size;
  });
  if (bytes > limit)
    return Error{"expected constants of at most 2^30 bytes in all, got " + formatCount(bytes) +
                 ": pass large tensors as arguments"};
  return success();
}

} // namespace

Status tconv::makeEntry(const EntryFunction &entry) {
  mlir::ModuleOp module = entry.module;
  mlir::FunctionOpInterface visible = entry.function;
  if (Status status = checkFunctions(module); !status)
    return status;
  if (Status status = checkConstants(module); !status)
    return status;
  for (auto function : module.getOps<mlir::func::FuncOp>())
    if (!function->hasAttr(mlir::tconv::TconvDialect::kPackedBytesAttrName))
      function.setPrivate();
  visible.setPublic();
  if (launchesKernels(module) || mlir::tconv::hasRecordedSignature(visible))
    return success(); // has passed the stage that asks for this
  auto readOnly = mlir::BoolAttr::get(visible.getContext(), false);
  for (unsigned index = 0; index < visible.getNumArguments(); ++index)
    visible.setArgAttr(index, mlir::bufferization::BufferizationDialect::kWritableAttrName,
                       readOnly);
  return success();
}

/// The stage that a module has passed already, as far as those behind it need to know.
static mlir::tconv::Stage passedStage(mlir::ModuleOp module) {
  if (launchesKernels(module))
    return mlir::tconv::Stage::Outlined;
  for (auto function : module.getOps<mlir::FunctionOpInterface>())
    if (mlir::tconv::hasRecordedSignature(function))
      return llvm::isa<mlir::func::FuncOp>(*function) ? mlir::tconv::Stage::Bufferized
                                                      : mlir::tconv::Stage::LLVM;
  return mlir::tconv::Stage::Input;
}

void tconv::setPipeline(mlir::tconv::PipelineOptions &pipeline, mlir::ModuleOp module,
                        const CompileOptions &options) {
  pipeline.algorithm = options.algorithm;
  pipeline.sizesHint = options.sizesHint;
  pipeline.parallel = options.threads != 1;
  pipeline.targetCpu = options.target.cpu.empty() ? "host" : options.target.cpu;
  pipeline.target = options.target.kind;
  pipeline.allowTf32 = options.target.allowTf32;
  if (options.target.arch)
    pipeline.arch = options.target.arch->name();
  pipeline.startAfter = mlir::tconv::stringifyStage(passedStage(module)).str();
}

Status tconv::runPasses(mlir::ModuleOp module, const CompileOptions &options,
                        mlir::tconv::Stage last) {
  mlir::PassManager manager(module.getContext());
  if (options.configurePasses && failed(options.configurePasses(manager)))
    return Error{"the pass manager's options could not be applied"};
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, module, options);
  pipeline.stopAfter = mlir::tconv::stringifyStage(last).str();
  if (Status status = mlir::tconv::buildPipeline(manager, pipeline); !status)
    return status.error();
  PassFailures failures(module, manager);
  if (failed(manager.run(module)))
    return failures.describe();
  return success();
}

/// Runs the passes and the code generator.
static Result<std::unique_ptr<llvm::MemoryBuffer>> generate(const EntryFunction &entry,
                                                            const CompileOptions &options,
                                                            llvm::TargetMachine &machine,
                                                            CompileTimes &times) {
  SourceOps source(entry.module);
  auto start = std::chrono::steady_clock::now();
  if (Status status = runPasses(entry.module, options, mlir::tconv::Stage::LLVM); !status)
    return status.error();
  times.passes = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  llvm::LLVMContext context;
  Result<std::unique_ptr<llvm::Module>> code = translateEntry(entry.module, entry.entry, context);
  if (!code)
    return source.name(code.error());
  return generateObject(**code, machine);
}

Result<std::unique_ptr<llvm::MemoryBuffer>> tconv::compileObject(const EntryFunction &entry,
                                                                 const CompileOptions &options,
                                                                 llvm::TargetMachine &machine,
                                                                 CompileTimes &times) {
  if (Status status = makeEntry(entry); !status)
    return status.error();
  std::optional<ObjectCache> cache = options.cache ? ObjectCache::ofUser() : std::nullopt;
  if (!cache)
    return generate(entry, options, machine, times);
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, entry.module, options);
  std::string key = cacheKey(entry.module, pipeline, machine);
  if (auto object = cache->load(key)) {
    times.cached = true;
    return object;
  }
  auto object = generate(entry, options, machine, times);
  if (object)
    cache->store(key, (*object)->getBuffer());
  return object;
}

Result<Program> tconv::compileProgram(const EntryFunction &entry, const CompileOptions &options) {
  if (Status status = makeEntry(entry); !status)
    return status.error();
  mlir::ModuleOp module = entry.module;
  SourceOps source(module);
  if (Status status = runPasses(module, options, mlir::tconv::Stage::NVVM); !status)
    return status.error();
  for (auto kernels : module.getOps<mlir::gpu::GPUModuleOp>())
    if (Status status = checkTranslatable(kernels); !status)
      return source.name(status.error());
  Result<Program> program = translateProgram(module, entry.entry, entry.packInputs);
  return program ? std::move(program) : source.name(program.error());
}
