//===- Passes.td - Passes for the emulator -----------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATORLOWERING_PASSES_TD
#define TCONV_EMULATORLOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def LowerToEmulatorPass : Pass<"tconv-lower-to-emulator", "ModuleOp"> {
  let summary = "Rewrite kernels into functions that call the emulator";
  let description = [{
    The emulator runs kernels on the CPU. This pass makes of each `gpu.module` a module of
    functions in the LLVM dialect for the CPU: all pointers are in one address space; before
    each load and store the emulator is asked whether it may be made; what threads do together
    (barriers, shuffles, `mma`, asynchronous copies) is a call; variables in shared memory are
    places in one range of memory, which the emulator provides; functions of CUDA's device
    library are those of the C library. Each kernel gets an entry function that takes its
    arguments from an array of 64-bit words. Attributes of the module list the kernels and the
    ops that call the emulator, with their locations, which reports quote.

    Requires: kernels in the LLVM and NVVM dialects. An op or function that the emulator lacks
    is an error.

    Guarantees: the LLVM dialect only.

    ```mlir
    gpu.module @kernels {
      llvm.func @copy(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel} {
        %i = nvvm.read.ptx.sreg.tid.x : i32
        %from = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
        %v = llvm.load %from : !llvm.ptr<1> -> f32
        ...
    ```

    becomes

    ```mlir
    module @kernels attributes {tconv.emulator.sites = [...]} {
      llvm.func internal @copy(%x: !llvm.ptr, %y: !llvm.ptr) {
        %tid = llvm.mlir.constant(0 : i32) : i32
        %i = llvm.call @tconvEmuSpecialRegister(%tid) : (i32) -> i32
        %from = llvm.getelementptr %x[%i] : (!llvm.ptr, i32) -> !llvm.ptr, f32
        %address = llvm.ptrtoint %from : !llvm.ptr to i64
        llvm.call @tconvEmuAccess(%address, %site) : (i64, !llvm.ptr) -> ()
        %v = llvm.load %from : !llvm.ptr -> f32
        ...
      llvm.func @tconvEmuKernel_copy(%words: !llvm.ptr)
    ```
  }];
  let dependentDialects = ["LLVM::LLVMDialect"];
}

#endif // TCONV_EMULATORLOWERING_PASSES_TD
