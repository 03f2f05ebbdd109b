//===- tconv-opt.cpp - Run passes over MLIR files --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/Version.h"

#include "tconv/EmulatorLowering/EmulatorLowering.h"
#include "tconv/InitAll.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"

int main(int argc, char **argv) {
  llvm::cl::SetVersionPrinter(tconv::printVersion);
  mlir::registerAllPasses();
  mlir::tconv::registerAllPasses();
  mlir::tconv::registerTconvEmulatorPasses();
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "tconv: transposed convolution on MLIR\n", registry));
}
