//===- Outlined.td - Passes of the stage outlined ----------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def LowerGpuKernelsPass : Pass<"tconv-lower-gpu-kernels", "ModuleOp"> {
  let summary = "Build GPU kernels and their launches";
  let description = [{
    Rewrites `tconv.kernel` and `tconv.pack_filter` on buffers into functions of a
    `gpu.module`, in the NVVM, LLVM, scf and arith dialects, and launches of them, as
    their schedules say. All phases of a layer are one launch. Launches give the
    addresses of buffers as 64-bit integers, which kernels take as pointers.

    Requires: kernels with a `#tconv.gpu_schedule`, on buffers, elements in row-major
    order. A schedule that asks for more shared memory than a block has on the architecture is an
    error.

    Guarantees: no `tconv.kernel` or `tconv.pack_filter` is left.

    ```mlir
    tconv.kernel ins(%x, %packed : ...) outs(%y : ...) attributes {...}
    ```

    becomes

    ```mlir
    gpu.launch_func @tconv_kernels::@main_kernel blocks in (...) threads in (...)
        dynamic_shared_memory_size %bytes args(%0 : i64, %1 : i64, %2 : i64)
    ...
    gpu.module @tconv_kernels {
      ...
      llvm.func @main_kernel(%x: !llvm.ptr<1> ..., %w: !llvm.ptr<1> ..., %y: !llvm.ptr<1> ...)
          attributes {gpu.kernel, nvvm.kernel, ...} {
        ...
      }
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "LLVM::LLVMDialect",
                           "memref::MemRefDialect", "NVVM::NVVMDialect", "scf::SCFDialect"];
  let options = [
    Option<"arch", "arch", "std::string", /*default=*/"\"sm_80\"",
           "The GPU that kernels are for, like sm_80">];
}

def AlignWorkgroupMemoryPass : Pass<"tconv-align-workgroup-memory"> {
  let summary = "Align buffers in shared memory for vector accesses";
  let description = [{
    Kernels load 16 bytes at a time from shared memory, which must then be aligned to 16 bytes;
    by itself it is aligned to its elements. A `gpu.launch` has no place for the alignment, so
    that this pass runs when kernels are functions.

    Requires: kernels are `gpu.func` ops.

    ```mlir
    gpu.func @k() workgroup(%a : memref<64xf32, #gpu.address_space<workgroup>>) kernel {
    ```

    becomes

    ```mlir
    gpu.func @k() workgroup(%a : memref<64xf32, #gpu.address_space<workgroup>> {llvm.align = 16 : i64}) kernel {
    ```
  }];
}
