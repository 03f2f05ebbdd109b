//===- tconv-plugin.cpp - The dialect and passes for stock mlir-opt -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-opt loads plugins after it has made flags of the passes that it knows then: ours are
// run by --pass-pipeline only.
//
//===----------------------------------------------------------------------===//

#include "tconv/EmulatorLowering/EmulatorLowering.h"
#include "tconv/InitAll.h"

#include "mlir/Config/mlir-config.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

static void registerPasses() {
  mlir::tconv::registerAllPasses();
  mlir::tconv::registerTconvEmulatorPasses();
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "tconv", TCONV_VERSION, [](mlir::DialectRegistry *registry) {
            mlir::tconv::registerTconvDialect(*registry);
            registerPasses();
          }};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "tconv", TCONV_VERSION, registerPasses};
}
