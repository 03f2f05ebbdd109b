//===- tconv-lsp-server.cpp - Editor support for MLIR files with tconv ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/Version.h"
#include "HoverDocs.h"

#include "tconv/InitAll.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/Support/CommandLine.h"

int main(int argc, char **argv) {
  llvm::cl::SetVersionPrinter(tconv::printVersion);
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  static tconv::HoverDocs docs; // static: --version ends the process by exit
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
