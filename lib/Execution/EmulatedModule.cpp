//===- EmulatedModule.cpp - Kernels for the emulator, from IR -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels become functions of this process that call the emulator for what a processor has no
// instruction for: they are lowered, translated, compiled without optimisation, and linked by
// the JIT, which tells them where the emulator's functions and the shared memory are.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/EmulatedModule.h"

#include "tconv/CodeGen/CodeGen.h"
#include "tconv/CodeGen/TargetMachine.h"
#include "tconv/Emulator/EmulatedCode.h"
#include "tconv/Emulator/EntryPoints.h"
#include "tconv/EmulatorLowering/EmulatorLowering.h"
#include "tconv/Execution/Jit.h"
#include "tconv/Support/Errors.h"
#include "tconv/Transforms/KernelAttributes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

#include <deque>

using namespace tconv;

namespace {

/// Compiled code, and what its sites refer to.
struct Compiled {
  Jit code;
  std::deque<std::string> texts;
};

/// The errors that were reported for `context` while this lives, in place of printing them.
class ErrorCollector {
public:
  explicit ErrorCollector(mlir::MLIRContext *context)
      : handler(context, [this](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error)
            return;
          if (!text.empty())
            text += "\n";
          text += mlir::tconv::describeLocation(diagnostic.getLocation()) + ": " + diagnostic.str();
        }) {}

  std::string text;

private:
  mlir::ScopedDiagnosticHandler handler;
};

/// A module with what the emulator's pass makes of the kernels as its only op.
Result<mlir::OwningOpRef<mlir::ModuleOp>> lower(mlir::gpu::GPUModuleOp kernels) {
  ErrorCollector errors(kernels.getContext());
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(kernels.getLoc());
  module->push_back(kernels->clone());
  mlir::PassManager passes(kernels.getContext());
  passes.addPass(mlir::tconv::createLowerToEmulatorPass());
  if (mlir::failed(passes.run(*module)))
    return unsupported(errors.text);
  return module;
}

/// Names of the variables, whose addresses the loader wants to know.
void exposeVariables(llvm::Module &module, const EmulatedCode &code) {
  for (const EmulatedVariable &variable : code.variables)
    module.getNamedGlobal(variable.name)->setLinkage(llvm::GlobalValue::ExternalLinkage);
  // Calls and checks dominate; LLVM's full pipeline takes much longer for little.
  for (llvm::Function &function : module)
    function.addFnAttr(kernelAttribute);
}

Result<std::unique_ptr<llvm::MemoryBuffer>>
generate(mlir::ModuleOp module, const EmulatedCode &code, llvm::TargetMachine &machine) {
  ErrorCollector errors(module.getContext());
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> translated = mlir::translateModuleToLLVMIR(module, context);
  if (!translated)
    return Error{errors.text};
  exposeVariables(*translated, code);
  return generateObject(*translated, machine);
}

std::vector<JitSymbol> getSymbols(EmulatedDevice &device, EmulatedCode &code) {
  std::vector<JitSymbol> symbols;
  for (const EmulatorSymbol &symbol : getEmulatorSymbols())
    symbols.push_back({symbol.name, symbol.address});
  symbols.push_back({mlir::tconv::emulatorSitesName.str(), code.sites.data()});
  symbols.push_back({mlir::tconv::emulatorSharedName.str(), getSharedMemory(device)});
  symbols.push_back({mlir::tconv::emulatorCountersName.str(), getCodeCounters(device)});
  return symbols;
}

/// Copies the texts of sites, which belong to the IR's context.
std::deque<std::string> keepTexts(std::vector<Site> &sites) {
  std::deque<std::string> texts;
  for (Site &site : sites) {
    site.operation = texts.emplace_back(site.operation).c_str();
    site.location = texts.emplace_back(site.location).c_str();
  }
  return texts;
}

Status resolve(const Jit &jit, EmulatedCode &code) {
  for (EmulatedKernel &kernel : code.kernels) {
    Result<void *> entry = jit.lookup(mlir::tconv::getEmulatedEntryName(kernel.name));
    if (!entry)
      return entry.error();
    kernel.entry = reinterpret_cast<void (*)(const uint64_t *)>(*entry);
  }
  for (EmulatedVariable &variable : code.variables) {
    Result<void *> address = jit.lookup(variable.name);
    if (!address)
      return address.error();
    variable.address = *address;
  }
  return success();
}

} // namespace

Result<std::unique_ptr<DeviceModule>> tconv::loadEmulatedModule(EmulatedDevice &device,
                                                                mlir::gpu::GPUModuleOp kernels) {
  auto lowered = lower(kernels);
  if (!lowered)
    return lowered.error();
  auto module = *(*lowered)->getOps<mlir::ModuleOp>().begin();
  EmulatedCode code = mlir::tconv::readEmulatedCode(module);
  auto machine = createTargetMachine({});
  if (!machine)
    return machine.error();
  // Most of the time of a run is in the emulator's functions, while tests load many kernels.
  (*machine)->setOptLevel(llvm::CodeGenOptLevel::None);
  (*machine)->setFastISel(true);
  auto object = generate(module, code, **machine);
  if (!object)
    return object.error();
  std::deque<std::string> texts = keepTexts(code.sites);
  auto jit = Jit::create(std::move(*object), **machine, getSymbols(device, code));
  if (!jit)
    return jit.error();
  if (Status status = resolve(*jit, code); !status)
    return status.error();
  code.owner = std::make_shared<Compiled>(Compiled{std::move(*jit), std::move(texts)});
  return createEmulatedModule(device, std::move(code));
}

Result<std::unique_ptr<DeviceModule>> tconv::loadEmulatedModule(EmulatedDevice &device,
                                                                mlir::ModuleOp module) {
  auto kernels = llvm::to_vector(module.getOps<mlir::gpu::GPUModuleOp>());
  if (kernels.empty()) // of functions that launch nothing, for a batch that is empty
    return createEmulatedModule(device, EmulatedCode());
  if (kernels.size() != 1)
    return Error{"expected one gpu.module, got " + std::to_string(kernels.size())};
  return loadEmulatedModule(device, kernels.front());
}
