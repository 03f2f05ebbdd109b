//===- Runtime.cpp - The runtime inside of an artefact --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime is bitcode, so that it becomes part of the module: what is internal
// there has no name that could meet that of another artefact.
//
//===----------------------------------------------------------------------===//

#include "Runtime.h"

#include "tconv/Transforms/KernelAttributes.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"

#include <string_view>

namespace tconv::embedded {
extern const std::string_view artefactRuntime;
extern const std::string_view artefactPlans;
} // namespace tconv::embedded

using namespace llvm;

namespace {

/// The functions that the header declares, and their names without the prefix.
constexpr std::pair<StringLiteral, StringLiteral> publicFunctions[] = {
    {"tconvArtefactError", "_error"},
    {"tconvArtefactSetThreads", "_set_threads"},
    {"tconvArtefactSetParallelFor", "_set_parallel_for"}};

/// Compiled for the module's processor instead of the one that all have. Optimised when
/// tconv was built, like a kernel.
void adaptFunctions(Module &runtime) {
  for (Function &function : runtime) {
    for (StringRef attribute : {"target-cpu", "target-features", "tune-cpu"})
      function.removeFnAttr(attribute);
    if (function.isDeclaration())
      continue;
    function.addFnAttr(tconv::kernelAttribute);
    function.addFnAttr(tconv::carriedAddressesAttribute);
  }
}

bool isPublic(const Function &function) {
  return any_of(publicFunctions, [&](auto &entry) { return function.getName() == entry.first; });
}

/// Makes all internal but for the public functions, once they are in the module.
void hide(Module &module, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    GlobalValue *value = module.getNamedValue(name);
    auto *function = dyn_cast_or_null<Function>(value);
    if (!value || (function && isPublic(*function)))
      continue;
    value->setVisibility(GlobalValue::DefaultVisibility);
    value->setLinkage(GlobalValue::InternalLinkage);
  }
}

std::vector<std::string> listDefinitions(const Module &module) {
  std::vector<std::string> names;
  for (const GlobalValue &value : module.global_values())
    if (!value.isDeclaration() && value.hasName() && !value.getName().starts_with("llvm."))
      names.push_back(value.getName().str());
  return names;
}

void removeUnused(Module &module) {
  PassBuilder builder;
  ModuleAnalysisManager modules;
  FunctionAnalysisManager functions;
  LoopAnalysisManager loops;
  CGSCCAnalysisManager components;
  builder.registerModuleAnalyses(modules);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.registerCGSCCAnalyses(components);
  builder.crossRegisterProxies(loops, functions, components, modules);
  GlobalDCEPass().run(module, modules);
}

/// A number as a constant of a type that holds nothing else: std::atomic<int> is a
/// structure, or one within another.
Constant *wrapNumber(Type *type, int number) {
  if (auto *structure = dyn_cast<StructType>(type))
    return ConstantStruct::get(structure, wrapNumber(structure->getElementType(0), number));
  return ConstantInt::get(type, number);
}

/// Links bitcode into a module, and returns the names of what it defines.
std::vector<std::string> link(Module &module, const TargetMachine &machine,
                              std::string_view bitcode) {
  std::unique_ptr<Module> part =
      cantFail(parseBitcodeFile(MemoryBufferRef(bitcode, "runtime"), module.getContext()),
               "the runtime is bitcode");
  for (Module *each : {&module, part.get()}) {
    each->setTargetTriple(machine.getTargetTriple());
    each->setDataLayout(machine.createDataLayout());
  }
  adaptFunctions(*part);
  std::vector<std::string> names = listDefinitions(*part);
  [[maybe_unused]] bool failed = Linker::linkModules(module, std::move(part));
  assert(!failed && "a module defines nothing that the runtime does");
  return names;
}

} // namespace

void tconv::linkRuntime(Module &module, const TargetMachine &machine, const std::string &prefix,
                        int threads) {
  std::vector<std::string> names = link(module, machine, embedded::artefactRuntime);
  if (module.getFunction("tconvFindPlan"))
    append_range(names, link(module, machine, embedded::artefactPlans));
  hide(module, names);
  GlobalVariable *number = module.getGlobalVariable("tconvArtefactThreads", true);
  number->setInitializer(wrapNumber(number->getValueType(), threads));
  for (auto &[name, suffix] : publicFunctions) {
    Function *function = module.getFunction(name);
    function->setVisibility(GlobalValue::DefaultVisibility);
    function->setName(prefix + suffix);
  }
  removeUnused(module);
}
