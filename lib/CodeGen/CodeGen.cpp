//===- CodeGen.cpp - From LLVM IR to an object file -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code of kernels, whose vectors are written out, needs a few passes of clean-up; other loops
// need LLVM's O2 to get vectors at all. Which of both is decided for the module, by the
// attributes of its functions with loops.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/CodeGen.h"

#include "tconv/Support/Errors.h"
#include "tconv/Transforms/KernelAttributes.h"

#include "llvm/Analysis/CFG.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/OptBisect.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace {

/// Addresses and sizes out of loops and memory; vectors stay as they were written.
constexpr StringLiteral lightPipeline =
    "function(sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,"
    "loop-mssa(licm),instcombine<no-verify-fixpoint>,simplifycfg)";

bool hasLoop(const Function &function) {
  SmallVector<std::pair<const BasicBlock *, const BasicBlock *>> edges;
  FindFunctionBackedges(function, edges);
  return !edges.empty();
}

/// Whether each function with a loop has an attribute.
bool allLoopsHave(const Module &module, StringRef attribute) {
  return all_of(module, [&](const Function &function) {
    return function.isDeclaration() || function.hasFnAttribute(attribute) || !hasLoop(function);
  });
}

/// LLVM has no other way to leave out one pass for one module.
struct LeaveOutStrengthReduction : OptPassGate {
  bool shouldRunPass(StringRef pass, StringRef) const override {
    return pass != "Loop Strength Reduction";
  }
  bool isEnabled() const override { return true; }
};

llvm::Error optimize(Module &module, TargetMachine &machine) {
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
  ModulePassManager passes;
  if (!allLoopsHave(module, tconv::kernelAttribute))
    passes = builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2);
  else if (llvm::Error error = builder.parsePassPipeline(passes, lightPipeline))
    return error;
  passes.run(module, modules);
  return llvm::Error::success();
}

} // namespace

tconv::Status tconv::optimizeModule(Module &module, TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  if (llvm::Error error = optimize(module, machine))
    return Error{"code generation failed: " + toString(std::move(error))};
  return success();
}

tconv::Result<std::unique_ptr<MemoryBuffer>> tconv::emitCode(Module &module, TargetMachine &machine,
                                                             CodeGenFileType type) {
  SmallVector<char, 0> code;
  raw_svector_ostream stream(code);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, type))
    return unsupported("code generation failed: no object files for " +
                       machine.getTargetTriple().str());
  OptPassGate &previous = module.getContext().getOptPassGate();
  LeaveOutStrengthReduction gate;
  if (allLoopsHave(module, carriedAddressesAttribute))
    module.getContext().setOptPassGate(gate);
  passes.run(module);
  module.getContext().setOptPassGate(previous);
  return std::unique_ptr<MemoryBuffer>(
      std::make_unique<SmallVectorMemoryBuffer>(std::move(code), "tconv", false));
}

tconv::Result<std::unique_ptr<MemoryBuffer>> tconv::generateObject(Module &module,
                                                                   TargetMachine &machine) {
  if (Status status = optimizeModule(module, machine); !status)
    return status.error();
  return emitCode(module, machine, CodeGenFileType::ObjectFile);
}
