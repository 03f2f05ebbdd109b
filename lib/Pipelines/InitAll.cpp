//===- InitAll.cpp - Registration of everything that tconv uses -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/InitAll.h"

#include "tconv/IR/TconvDialect.h"
#include "tconv/Pipelines/Pipelines.h"
#include "tconv/Transforms/ConvertToLLVM.h"
#include "tconv/Transforms/Passes.h"
#include "tconv/Transforms/Raise/Passes.h"

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
void mlir::tconv::registerAllDialects(DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
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
  registerTconvRaisePasses();
  registerPipelines();
}
