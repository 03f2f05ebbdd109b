//===- Launches.td - Passes of the stage launches ----------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def TileContractionsPass : Pass<"tconv-tile-contractions", "func::FuncOp"> {
  let summary = "Compute convolutions on buffers by tiles, in blocks of a GPU";
  let description = [{
    A convolution, grouped or not, is a batch of matrix multiplications of output channels by
    output pixels, summed over input channels and taps (the implicit GEMM). Each linalg op on
    buffers that is one, matrix multiplications included, becomes one `gpu.launch`: a block
    computes a tile of the result, copying what it needs of both inputs to shared memory a few
    steps of the sum at a time, and each thread a small tile of that in registers. Where few
    results share an element (few channels, few pixels, depthwise convolutions) threads load
    what they need from memory instead. Remarks say which it was.

    Sizes may be dynamic, and need not be multiples of a tile. Sums are in the type of the
    result; those of floating-point numbers may be fused multiply-adds.

    Requires: buffers.

    Guarantees: no linalg op is left that multiplies two buffers and adds.

    ```mlir
    linalg.conv_1d_ncw_fcw ins(%x, %w : memref<1x64x66xf32>, memref<64x64x3xf32>)
        outs(%y : memref<1x64x64xf32>)
    ```

    becomes

    ```mlir
    gpu.launch blocks(...) in (...) threads(...) in (...) workgroup(...) {
      scf.for %step = %c0 to %c192 step %c16 ... {
        memref.store ... : memref<16x36xf32, #gpu.address_space<workgroup>>
        gpu.barrier
        vector.load ... : memref<16x36xf32, #gpu.address_space<workgroup>>, vector<4xf32>
        gpu.barrier
    ```
  }];
  let options = [Option<"staging", "staging", "bool", /*default=*/"true",
                        "Share elements through shared memory where that pays">];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "memref::MemRefDialect",
                           "scf::SCFDialect", "vector::VectorDialect"];
}

def LaunchParallelLoopsPass : Pass<"tconv-launch-parallel-loops", "func::FuncOp"> {
  let summary = "Make parallel loops launches of kernels on a GPU";
  let description = [{
    Each outermost `scf.parallel` becomes a `gpu.launch` with a thread for each iteration, in
    blocks of up to 256, at any size: upstream's mapping asks for loops that were tiled before,
    and a grid of up to three dimensions. Parallel loops inside of it run in one thread, in
    order. A loop whose body launches or allocates stays on the host, and runs in order.
    Nothing is launched over an empty range.

    Requires: no linalg op on buffers.

    Guarantees: there is no `scf.parallel`. One with reductions is an error.

    ```mlir
    scf.parallel (%i, %j) = (%c0, %c0) to (%n, %c8) step (%c1, %c1) {
      memref.store %v, %a[%i, %j] : memref<?x8xf32>
    }
    ```

    becomes

    ```mlir
    gpu.launch blocks(...) in (...) threads(...) in (...) {
      scf.if ... {
        %j = arith.remui %item, %c8 : index
        %i = arith.divui %item, %c8 : index
        memref.store %v, %a[%i, %j] : memref<?x8xf32>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "scf::SCFDialect"];
}

def LaunchScalarCodePass : Pass<"tconv-launch-scalar-code", "func::FuncOp"> {
  let summary = "Move accesses to single elements from the host into kernels of one thread";
  let description = [{
    Buffers are in memory of the device, which the host cannot access. Loads and stores that
    stand outside of kernels (from `tensor.extract` and `tensor.insert`, or reductions to one
    element), with what depends on their results, become kernels of one thread; loops of
    nothing else move as a whole. A number that a later kernel needs is kept in memory of the
    device.

    Requires: parallel loops are launches.

    Guarantees: functions only compute sizes, allocate, branch, loop and launch. Control flow,
    sizes or results that depend on an element of a tensor are errors.

    ```mlir
    %v = memref.load %a[%i] : memref<4xf32>
    %w = arith.mulf %v, %factor : f32
    memref.store %w, %b[%c0] : memref<1xf32>
    ```

    becomes

    ```mlir
    gpu.launch blocks(...) in (...) threads(...) in (...) {
      %v = memref.load %a[%i] : memref<4xf32>
      %w = arith.mulf %v, %factor : f32
      memref.store %w, %b[%c0] : memref<1xf32>
    ```
  }];
  let dependentDialects = ["gpu::GPUDialect", "memref::MemRefDialect"];
}

def NameKernelsPass : Pass<"tconv-name-kernels", "ModuleOp"> {
  let summary = "Name the kernels of all launches, for one GPU module";
  let description = [{
    Gives each `gpu.launch` the name of the kernel that outlining makes of it: the function's,
    what the kernel does, and a number. All are for one module, so that the kernels of a
    program are compiled and loaded together.

    Requires: nothing.

    ```mlir
    gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n)
               threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) function(@loop) {
    ```

    becomes

    ```mlir
    gpu.launch blocks(...) in (...) threads(...) in (...) module(@kernels) function(@f_loop_0) {
    ```
  }];
  let dependentDialects = ["gpu::GPUDialect"];
}
