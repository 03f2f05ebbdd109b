//===- NVVM.td - Passes of the stage nvvm ------------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def MergeGpuModulesPass : Pass<"tconv-merge-gpu-modules", "ModuleOp"> {
  let summary = "Put all kernels into one GPU module";
  let description = [{
    Upstream outlines each launch into a GPU module of its own. This pass moves the symbols of
    all of them into the first one, under new names where they clash, so that the code of a
    program is one text of PTX, which the driver compiles and loads once.

    Requires: GPU modules that hold no other symbol tables.

    Guarantees: there is at most one `gpu.module`, and launches name it.

    ```mlir
    gpu.launch_func @a::@kernel ...
    gpu.launch_func @b::@kernel ...
    ...
    gpu.module @a { gpu.func @kernel ... }
    gpu.module @b { gpu.func @kernel ... }
    ```

    becomes

    ```mlir
    gpu.launch_func @a::@kernel ...
    gpu.launch_func @a::@kernel_0 ...
    ...
    gpu.module @a {
      gpu.func @kernel ...
      gpu.func @kernel_0 ...
    }
    ```
  }];
  let dependentDialects = ["gpu::GPUDialect"];
}

def RelaxAlignmentPass : Pass<"tconv-relax-alignment", "ModuleOp"> {
  let summary = "Drop alignments that devices give anyway";
  let description = [{
    Lowering a `memref.alloc` with an alignment asks for more memory than the buffer needs, and
    starts the buffer inside of it; accesses just behind the buffer are then not noticed by
    anybody. Buffers of a device are aligned to 256 bytes, so that this pass drops alignments
    of functions' allocations up to that.

    Requires: functions whose buffers are in the memory of a device.

    Guarantees: no `memref.alloc` outside of GPU modules has an alignment. One above 256 bytes
    is an error.

    ```mlir
    %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?xf32>
    ```

    becomes

    ```mlir
    %y = memref.alloc(%n) : memref<?xf32>
    ```
  }];
  let dependentDialects = ["memref::MemRefDialect"];
}

def LowerGpuMathPass : Pass<"tconv-lower-gpu-math", "gpu::GPUModuleOp"> {
  let summary = "Compute functions of the math dialect in kernels without a library";
  let description = [{
    Upstream calls NVIDIA's libdevice for every function, and without a CUDA toolkit there is no
    such library. This pass computes `exp`, `tanh` and `erf` of f32, f16 and bf16 by upstream's
    polynomials, in f32, `clampf` and its like by comparisons, and `absi`, `trunc`, `ctpop`,
    `ctlz` and `cttz` by LLVM's instructions. What is left becomes calls of libdevice later.

    Requires: kernels before the LLVM dialect.

    Guarantees: of the functions named above none is left.

    ```mlir
    %b = math.exp %a : f32
    ```

    becomes

    ```mlir
    %c = arith.select %low, %a, %least : f32
    ...
    %d = math.fma %c, %log2e, %half : f32
    ...
    %b = arith.mulf %polynomial, %power : f32
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "math::MathDialect",
                           "vector::VectorDialect"];
}

def InlineLibdevicePass : Pass<"tconv-inline-libdevice", "gpu::GPUModuleOp"> {
  let summary = "Turn calls of libdevice into instructions";
  let description = [{
    Upstream calls NVIDIA's libdevice also for what GPUs have instructions for, a square root for
    instance. This pass turns such calls into intrinsics of LLVM's, which need no CUDA toolkit.

    Requires: the LLVM dialect.

    Guarantees: functions of libdevice that are left are ones that no instruction computes, and
    are called.

    ```mlir
    llvm.func @__nv_sqrtf(f32) -> f32
    ...
    %y = llvm.call @__nv_sqrtf(%x) : (f32) -> f32
    ```

    becomes

    ```mlir
    %y = llvm.intr.sqrt(%x) : (f32) -> f32
    ```
  }];
  let dependentDialects = ["LLVM::LLVMDialect"];
}

def ConvertHostToLLVMPass : Pass<"tconv-convert-host-to-llvm", "ModuleOp"> {
  let summary = "Convert functions beside GPU modules to the LLVM dialect";
  let description = [{
    Upstream's `gpu-to-llvm`, for functions only. On its own it also converts what is in a
    `gpu.module`: operations of the NVVM dialect that have no intrinsic (waits at mbarriers,
    `wgmma`) become inline assembly there, which the emulator cannot run. Kernels stay as they are.

    Requires: kernels in the LLVM and NVVM dialects; functions that `gpu-to-llvm` takes.

    Guarantees: functions are `llvm.func`; launches are left, with operands of the LLVM dialect.

    ```mlir
    func.func @main(%x: memref<4xf32>) {
      gpu.launch_func @kernels::@scale blocks in (...) threads in (...) args(%x : memref<4xf32>)
      return
    }
    ```

    becomes

    ```mlir
    llvm.func @main(%x: !llvm.ptr, ...) {
      gpu.launch_func @kernels::@scale blocks in (...) threads in (...) : i64 args(%x : !llvm.ptr, ...)
      llvm.return
    }
    ```
  }];
}
