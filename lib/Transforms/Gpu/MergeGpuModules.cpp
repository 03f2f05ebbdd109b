//===- MergeGpuModules.cpp - All kernels in one GPU module ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   gpu.launch_func @a::@kernel ...
//   gpu.launch_func @b::@kernel ...
//   gpu.module @a { gpu.func @kernel ... }
//   gpu.module @b { gpu.func @kernel ... }
//
// becomes
//
//   gpu.launch_func @a::@kernel ...
//   gpu.launch_func @a::@kernel_0 ...
//   gpu.module @a { gpu.func @kernel ...   gpu.func @kernel_0 ... }
//
// Test: test/Transforms/Gpu/merge-gpu-modules.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_MERGEGPUMODULESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// A declaration, of which one is enough if another module has the same.
bool isSameDeclaration(Operation *symbol, Operation *other) {
  auto function = dyn_cast<FunctionOpInterface>(symbol);
  auto otherFunction = dyn_cast_or_null<FunctionOpInterface>(other);
  return function && otherFunction && function.isExternal() && otherFunction.isExternal() &&
         function.getFunctionType() == otherFunction.getFunctionType();
}

struct MergeGpuModulesPass : mlir::tconv::impl::MergeGpuModulesPassBase<MergeGpuModulesPass> {
  void runOnOperation() override {
    auto modules = llvm::to_vector(getOperation().getOps<gpu::GPUModuleOp>());
    for (gpu::GPUModuleOp module : llvm::drop_begin(modules, modules.empty() ? 0 : 1))
      if (failed(merge(module, modules.front())))
        return signalPassFailure();
    renameLaunches();
  }

private:
  LogicalResult merge(gpu::GPUModuleOp from, gpu::GPUModuleOp to);
  void renameLaunches();

  /// Where the kernels went.
  DenseMap<Attribute, SymbolRefAttr> moved;
};

LogicalResult MergeGpuModulesPass::merge(gpu::GPUModuleOp from, gpu::GPUModuleOp to) {
  SymbolTable fromTable(from), toTable(to);
  SmallVector<Operation *> symbols;
  for (Operation &op : *from.getBody())
    symbols.push_back(&op);
  for (Operation *symbol : symbols) {
    StringAttr name = SymbolTable::getSymbolName(symbol);
    Operation *other = toTable.lookup(name);
    if (isSameDeclaration(symbol, other)) {
      symbol->erase();
      continue;
    }
    StringAttr newName = name;
    // The new name is free in both, as references are renamed before the symbol moves.
    if (other) {
      FailureOr<StringAttr> renamed = fromTable.renameToUnique(symbol, {&toTable});
      if (failed(renamed))
        return symbol->emitError("expected a symbol that can be renamed");
      newName = *renamed;
    }
    moved[SymbolRefAttr::get(from.getSymNameAttr(), {FlatSymbolRefAttr::get(name)})] =
        SymbolRefAttr::get(to.getSymNameAttr(), {FlatSymbolRefAttr::get(newName)});
    symbol->moveBefore(to.getBody(), to.getBody()->end());
    toTable.insert(symbol);
  }
  from.erase();
  return success();
}

void MergeGpuModulesPass::renameLaunches() {
  getOperation().walk([&](gpu::LaunchFuncOp launch) {
    if (SymbolRefAttr kernel = moved.lookup(launch.getKernelAttr()))
      launch.setKernelAttr(kernel);
  });
}

} // namespace
