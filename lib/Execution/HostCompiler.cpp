//===- HostCompiler.cpp - From a module to machine code of this process ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compilers.h"
#include "HostCode.h"
#include "LoweringFailures.h"

#include "tconv/CodeGen/CacheKey.h"
#include "tconv/CodeGen/CodeGen.h"
#include "tconv/CodeGen/ObjectCache.h"
#include "tconv/CodeGen/Translate.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

using namespace tconv;

namespace {

/// How filters are packed, as the code itself says (see Translate.h).
Result<std::vector<int64_t>> packedBytes(const Jit &jit) {
  Result<void *> address = jit.lookup(packedBytesName);
  if (!address)
    return address.error();
  auto *numbers = static_cast<const int64_t *>(*address);
  return std::vector<int64_t>(numbers + 1, numbers + 1 + numbers[0]);
}

/// Runs the passes and the code generator.
Result<std::unique_ptr<llvm::MemoryBuffer>>
compileToObject(mlir::ModuleOp module, const EntryPoint &entry, const CompileOptions &options,
                llvm::TargetMachine &machine, CompileTimes &times) {
  SourceOps source(module);
  double start = now();
  if (Status status = runPasses(module, options, mlir::tconv::Stage::LLVM); !status)
    return status.error();
  times.passes = now() - start;
  llvm::LLVMContext context;
  Result<std::unique_ptr<llvm::Module>> code = translateEntry(module, entry, context);
  if (!code)
    return source.name(code.error());
  return generateObject(**code, machine);
}

/// The same, from the cache if it is there.
Result<std::unique_ptr<llvm::MemoryBuffer>>
getObject(mlir::ModuleOp module, const EntryPoint &entry, const CompileOptions &options,
          llvm::TargetMachine &machine, CompileTimes &times) {
  std::optional<ObjectCache> cache = options.cache ? ObjectCache::ofUser() : std::nullopt;
  if (!cache)
    return compileToObject(module, entry, options, machine, times);
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, module, options);
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

/// The code's function that packs, if there is one.
Result<HostPacking> findPacking(const Jit &jit, const std::vector<uint32_t> &inputs) {
  Result<std::vector<int64_t>> bytes = packedBytes(jit);
  if (!bytes)
    return bytes.error();
  HostPacking packing{nullptr, inputs, std::move(*bytes)};
  if (packing.bytes.empty())
    return packing;
  Result<void *> function = jit.lookup(packName);
  if (!function)
    return function.error();
  packing.function = *function;
  return packing;
}

} // namespace

Result<std::unique_ptr<Code>> tconv::compileForHost(const EntryFunction &function,
                                                    const CompileOptions &options,
                                                    CompileTimes &times) {
  if (function.entry.returnsBuffers)
    return Error{"expected a module without kernels for a GPU, got one that launches some: choose "
                 "another --target",
                 true};
  Result<std::unique_ptr<llvm::TargetMachine>> machine = createTargetMachine(options.target);
  if (!machine)
    return machine.error();
  if (Status status = checkRunsHere(**machine); !status)
    return status.error();
  auto object = getObject(function.module, function.entry, options, **machine, times);
  if (!object)
    return object.error();
  Result<Jit> jit = Jit::create(std::move(*object), **machine);
  if (!jit)
    return jit.error();
  Result<void *> address = jit->lookup(invokeName);
  if (!address)
    return address.error();
  Result<HostPacking> packing = findPacking(*jit, function.packInputs);
  if (!packing)
    return packing.error();
  return std::unique_ptr<Code>(std::make_unique<HostCode>(function.entry, std::move(*jit), *address,
                                                          std::move(*packing), options.threads));
}
