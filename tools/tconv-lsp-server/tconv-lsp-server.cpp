//===- tconv-lsp-server.cpp - Editor support for MLIR files with tconv ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/InitAll.h"
#include "tconv/Support/Version.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/Support/CommandLine.h"

int main(int argc, char **argv) {
  llvm::cl::SetVersionPrinter(tconv::printVersion);
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
