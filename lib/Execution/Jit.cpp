//===- Jit.cpp - From an object file to callable code -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The object file is loaded by LLVM's ORC into this process. The runtime's functions are given by
// address, before the process's own symbols are searched: no tool has to export them, and no other
// library's take their place.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Jit.h"

#include "tconv/Runtime/CompilerSupport.h"
#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Parallel.h"
#include "tconv/Runtime/Plans.h"
#include "tconv/Transforms/RuntimeFunctions.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using mlir::tconv::RuntimeFunction;
using tconv::Jit;
using tconv::JitSymbol;

namespace {

tconv::Error toError(llvm::Error error) {
  return tconv::Error{"code generation failed: " + toString(std::move(error))};
}

/// The runtime's functions and others by address, so that they need not be exported.
llvm::Error defineSymbols(orc::LLJIT &engine, ArrayRef<JitSymbol> others) {
  orc::MangleAndInterner mangle(engine.getExecutionSession(), engine.getDataLayout());
  auto symbol = [](auto *function) {
    return orc::ExecutorSymbolDef(orc::ExecutorAddr::fromPtr(function), JITSymbolFlags::Exported);
  };
  auto named = [&](RuntimeFunction function) { return mangle(getName(function)); };
  orc::SymbolMap symbols = {{named(RuntimeFunction::Check), symbol(tconvCheck)},
                            {named(RuntimeFunction::Allocate), symbol(tconvAllocate)},
                            {named(RuntimeFunction::FindPlan), symbol(tconvFindPlan)},
                            {named(RuntimeFunction::ReleasePlan), symbol(tconvReleasePlan)},
                            {named(RuntimeFunction::Free), symbol(tconvFree)},
                            {named(RuntimeFunction::Failed), symbol(tconvFailed)},
                            {named(RuntimeFunction::ParallelFor), symbol(tconvParallelFor)},
                            {mangle("__truncsfbf2"), symbol(tconvTruncateFloatToBfloat16)},
                            {mangle("__truncdfbf2"), symbol(tconvTruncateDoubleToBfloat16)}};
  for (const JitSymbol &other : others)
    symbols[mangle(other.name)] = symbol(other.address);
  return engine.getMainJITDylib().define(orc::absoluteSymbols(std::move(symbols)));
}

Expected<std::unique_ptr<orc::LLJIT>> load(std::unique_ptr<MemoryBuffer> object,
                                           const TargetMachine &machine,
                                           ArrayRef<JitSymbol> symbols) {
  // Without a platform: it would compile initialisers, of which the code has none.
  auto engine =
      orc::LLJITBuilder()
          .setJITTargetMachineBuilder(orc::JITTargetMachineBuilder(machine.getTargetTriple()))
          .setDataLayout(machine.createDataLayout())
          .setPlatformSetUp(orc::setUpInactivePlatform)
          .setLinkProcessSymbolsByDefault(false)
          .create();
  if (!engine)
    return engine.takeError();
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      (*engine)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  (*engine)->getMainJITDylib().addGenerator(std::move(*process));
  if (llvm::Error error = defineSymbols(**engine, symbols))
    return error;
  if (llvm::Error error = (*engine)->addObjectFile(std::move(object)))
    return error;
  return engine;
}

} // namespace

Jit::Jit(std::unique_ptr<orc::LLJIT> engine) : engine(std::move(engine)) {}
Jit::Jit(Jit &&) = default;
Jit &Jit::operator=(Jit &&) = default;
Jit::~Jit() = default;

tconv::Result<Jit> Jit::create(std::unique_ptr<MemoryBuffer> object, const TargetMachine &machine,
                               ArrayRef<JitSymbol> symbols) {
  auto engine = load(std::move(object), machine, symbols);
  if (!engine)
    return toError(engine.takeError());
  return Jit(std::move(*engine));
}

tconv::Result<void *> Jit::lookup(StringRef name) const {
  Expected<orc::ExecutorAddr> address = engine->lookup(name);
  if (!address)
    return toError(address.takeError());
  return address->toPtr<void *>();
}
