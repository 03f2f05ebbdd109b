//===- AlignWorkgroupMemory.cpp - Alignment of shared memory --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   gpu.func @k(...) workgroup(%a : memref<16x36xf32, ...>) kernel {...}
//
// becomes
//
//   gpu.func @k(...) workgroup(%a : memref<16x36xf32, ...> {llvm.align = 16 : i64}) kernel {...}
//
// Test: test/Transforms/Gpu/align-workgroup-memory.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_ALIGNWORKGROUPMEMORYPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

/// Bytes of the widest access to shared memory.
constexpr int64_t widestAccess = 16;

namespace {

struct AlignWorkgroupMemoryPass
    : mlir::tconv::impl::AlignWorkgroupMemoryPassBase<AlignWorkgroupMemoryPass> {
  void runOnOperation() override {
    auto alignment = Builder(&getContext()).getI64IntegerAttr(widestAccess);
    StringRef name = LLVM::LLVMDialect::getAlignAttrName();
    getOperation()->walk([&](gpu::GPUFuncOp kernel) {
      for (unsigned index = 0; index < kernel.getNumWorkgroupAttributions(); ++index)
        if (!kernel.getWorkgroupAttributionAttr(index, name))
          kernel.setWorkgroupAttributionAttr(index, name, alignment);
    });
  }
};

} // namespace
