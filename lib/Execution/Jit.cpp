//===- Jit.cpp - From LLVM IR to callable code -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Jit.h"

#include "tconv/Runtime/CompilerSupport.h"
#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Parallel.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using tconv::Jit;

namespace {

tconv::Error toError(llvm::Error error) {
  return tconv::Error{"code generation failed: " + toString(std::move(error))};
}

Expected<orc::JITTargetMachineBuilder> hostMachine() {
  // Initialising twice is harmless.
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  Expected<orc::JITTargetMachineBuilder> machine = orc::JITTargetMachineBuilder::detectHost();
  if (!machine)
    return machine;
  machine->setCodeGenOptLevel(CodeGenOptLevel::Default);
  // A fused multiply-add rounds once where two operations round twice.
  machine->getOptions().AllowFPOpFusion = FPOpFusion::Fast;
  return machine;
}

void optimize(Module &module, TargetMachine &machine) {
  PipelineTuningOptions tuning;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = false;
  PassBuilder builder(&machine, tuning);
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2).run(module, modules);
}

/// The runtime's functions by address, so that they need not be exported.
llvm::Error defineRuntime(orc::LLJIT &engine) {
  orc::MangleAndInterner mangle(engine.getExecutionSession(), engine.getDataLayout());
  auto symbol = [](auto *function) {
    return orc::ExecutorSymbolDef(orc::ExecutorAddr::fromPtr(function), JITSymbolFlags::Exported);
  };
  orc::SymbolMap symbols = {{mangle("tconvCheck"), symbol(tconvCheck)},
                            {mangle("tconvAllocate"), symbol(tconvAllocate)},
                            {mangle("tconvFree"), symbol(tconvFree)},
                            {mangle("tconvFailed"), symbol(tconvFailed)},
                            {mangle("tconvParallelFor"), symbol(tconvParallelFor)},
                            {mangle("__truncsfbf2"), symbol(tconvTruncateFloatToBfloat16)},
                            {mangle("__truncdfbf2"), symbol(tconvTruncateDoubleToBfloat16)}};
  return engine.getMainJITDylib().define(orc::absoluteSymbols(std::move(symbols)));
}

Expected<std::unique_ptr<orc::LLJIT>> compile(std::unique_ptr<LLVMContext> context,
                                              std::unique_ptr<Module> module) {
  Expected<orc::JITTargetMachineBuilder> builder = hostMachine();
  if (!builder)
    return builder.takeError();
  Expected<std::unique_ptr<TargetMachine>> machine = builder->createTargetMachine();
  if (!machine)
    return machine.takeError();
  module->setTargetTriple((*machine)->getTargetTriple());
  module->setDataLayout((*machine)->createDataLayout());
  optimize(*module, **machine);
  auto engine = orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(*builder)).create();
  if (!engine)
    return engine.takeError();
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      (*engine)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  (*engine)->getMainJITDylib().addGenerator(std::move(*process));
  if (llvm::Error error = defineRuntime(**engine))
    return error;
  orc::ThreadSafeModule code(std::move(module), std::move(context));
  if (llvm::Error error = (*engine)->addIRModule(std::move(code)))
    return error;
  return engine;
}

} // namespace

Jit::Jit(std::unique_ptr<orc::LLJIT> engine) : engine(std::move(engine)) {}
Jit::Jit(Jit &&) = default;
Jit &Jit::operator=(Jit &&) = default;
Jit::~Jit() = default;

tconv::Result<Jit> Jit::create(std::unique_ptr<LLVMContext> context,
                               std::unique_ptr<Module> module) {
  auto engine = compile(std::move(context), std::move(module));
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
