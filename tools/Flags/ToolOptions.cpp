//===- ToolOptions.cpp - What the mains of the tools share ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolOptions.h"

#include "tconv/InitAll.h"
#include "tconv/Pipelines/Remarks.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"

namespace cl = llvm::cl;
using mlir::tconv::Algorithm;

tconv::AlgorithmFlag::AlgorithmFlag(cl::OptionCategory &category)
    : cl::opt<Algorithm>("algorithm", cl::desc("How transposed convolutions are computed"),
                         cl::init(Algorithm::Auto), mlir::tconv::getAlgorithmValues(),
                         cl::cat(category)) {}

tconv::ModuleFlags::ModuleFlags(cl::OptionCategory &category)
    : algorithm(category),
      entry("entry", cl::desc("The function to compile (default: the only public one, or main)"),
            cl::value_desc("name"), cl::cat(category)),
      targetCpu("target-cpu",
                cl::desc("The processor that code is made for, as LLVM calls it (default: host)"),
                cl::value_desc("name"), cl::init("host"), cl::cat(category)),
      ptxas("ptxas",
            cl::desc("NVIDIA's assembler (default: that of CUDA_HOME or PATH; without one kernels "
                     "stay PTX, which the driver compiles)"),
            cl::value_desc("path"), cl::cat(category)),
      allowTf32("allow-tf32",
                cl::desc("On a GPU, let tensor cores multiply f32, of whose fractions they read "
                         "10 bits"),
                cl::cat(category)),
      remarks("remarks", cl::desc("Say what each pass chose, and why"), cl::cat(category)) {}

tconv::TargetOptions tconv::ModuleFlags::target() const {
  TargetOptions options;
  options.cpu = targetCpu;
  options.ptxas = ptxas;
  options.allowTf32 = allowTf32;
  return options;
}

void tconv::removeCodegenOptions() {
  llvm::SmallVector<cl::Option *> options;
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (llvm::none_of(option->Categories, [](cl::OptionCategory *category) {
          return category->getName() == "Generic Options"; // --help and --version
        }))
      options.push_back(option);
  for (cl::Option *option : options)
    option->removeArgument();
}

void tconv::registerMLIROptions() {
  mlir::registerPassManagerCLOptions();
  mlir::registerMLIRContextCLOptions();
  mlir::registerAsmPrinterCLOptions();
}

std::unique_ptr<mlir::MLIRContext> tconv::createContext(bool remarks) {
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  auto context =
      std::make_unique<mlir::MLIRContext>(registry, mlir::MLIRContext::Threading::DISABLED);
  context->printOpOnDiagnostic(false);
  if (remarks)
    mlir::tconv::enableRemarks(*context);
  return context;
}

int tconv::finish(llvm::StringRef tool, const Status &status) {
  if (status)
    return Done;
  bool unsupported = status.error().unsupported;
  llvm::errs() << tool << (unsupported ? ": unsupported: " : ": error: ") << status.message()
               << "\n";
  return unsupported ? Unsupported : Invalid;
}
