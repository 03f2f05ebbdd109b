//===- NameKernels.cpp - Names of kernels, and their module ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   func.func @f(...) {
//     gpu.launch ... function(@loop) {...}
//     gpu.launch ... function(@contraction) {...}
//
// becomes
//
//     gpu.launch ... module(@kernels) function(@f_loop_0) {...}
//     gpu.launch ... module(@kernels) function(@f_contraction_1) {...}
//
// Test: test/Transforms/Gpu/name-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_NAMEKERNELSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// PTX has no other characters in names.
std::string toIdentifier(StringRef name) {
  std::string identifier;
  for (char c : name)
    identifier += llvm::isAlnum(c) ? c : '_';
  return identifier;
}

struct NameKernelsPass : mlir::tconv::impl::NameKernelsPassBase<NameKernelsPass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    unsigned number = 0;
    for (auto function : getOperation().getOps<func::FuncOp>())
      function.walk([&](gpu::LaunchOp launch) {
        StringRef kind = launch.getFunction() ? *launch.getFunction() : "kernel";
        std::string name = (function.getSymName() + "_" + kind + "_" + Twine(number++)).str();
        launch.setFunctionAttr(FlatSymbolRefAttr::get(context, toIdentifier(name)));
        launch.setModuleAttr(FlatSymbolRefAttr::get(context, "kernels"));
      });
  }
};

} // namespace
