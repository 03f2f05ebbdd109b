//===- InitAll.cpp - Registration of everything that tconv uses -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/InitAll.h"

#include "tconv/EmulatorLowering/EmulatorLowering.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Pipelines/Pipelines.h"
#include "tconv/Transforms/ConvertToLLVM.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/LLVMTranslationInterface.h"

using namespace mlir;

namespace {

/// Marks of arguments, such as tconv.constant, mean nothing in LLVM IR.
struct TconvTranslation : LLVMTranslationDialectInterface {
  using LLVMTranslationDialectInterface::LLVMTranslationDialectInterface;
};

} // namespace

/// All of upstream, not a selection: user files hold whatever surrounds a layer, and
/// with the shared libMLIR a registration costs nothing until a dialect is loaded.
namespace {

/// Keeps gpu-to-llvm from turning NVVM's operations in kernels into inline assembly: the emulator
/// runs the operations. What makes PTX converts them in a pass of its own.
struct KeptOps : mlir::ConvertToLLVMPatternInterface {
  using ConvertToLLVMPatternInterface::ConvertToLLVMPatternInterface;
  void loadDependentDialects(mlir::MLIRContext *) const final {}
  void populateConvertToLLVMConversionPatterns(mlir::ConversionTarget &, mlir::LLVMTypeConverter &,
                                               mlir::RewritePatternSet &) const final {}
};

} // namespace

void mlir::tconv::registerAllDialects(DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  // Of two interfaces of one kind, a dialect keeps the first one.
  registry.addExtension(+[](mlir::MLIRContext *, mlir::NVVM::NVVMDialect *dialect) {
    dialect->addInterfaces<KeptOps>();
  });
  mlir::registerAllExtensions(registry);
  registerAllToLLVMIRTranslations(registry);
  registerTconvDialect(registry);
  registry.addExtension(+[](MLIRContext *, tconv::TconvDialect *dialect) {
    dialect->addInterfaces<TconvTranslation>();
  });
}

void mlir::tconv::registerTconvDialect(DialectRegistry &registry) {
  registry.insert<TconvDialect>();
  registerConvertToLLVMInterface(registry);
}

void mlir::tconv::registerAllPasses() {
  registerTconvPasses();
  registerTconvEmulatorPasses();
  registerPipelines();
}
