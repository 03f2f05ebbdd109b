//===- Loops.td - Passes of the stage loops ----------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def LowerVectorsPass : Pass<"tconv-lower-vectors"> {
  let summary = "Rewrite ops on vectors into those that LLVM has";
  let description = [{
    Vectors that a module computes with, as loads and stores, arithmetic and shuffles of
    vectors of one dimension, with upstream's patterns. It runs twice: on what the module has,
    when kernels of the fast tier do not exist yet, and before everything becomes LLVM's, on what
    simplifications have made of it.

    Requires: bufferised IR.

    Guarantees: what is left of the vector dialect has a counterpart in LLVM's, or is a
    transfer.

    ```mlir
    func.func @f(%v: vector<4xf32>) -> vector<8xf32> {
      %w = vector.interleave %v, %v : vector<4xf32> -> vector<8xf32>
      return %w : vector<8xf32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%v: vector<4xf32>) -> vector<8xf32> {
      %w = vector.shuffle %v, %v [0, 4, 1, 5, 2, 6, 3, 7] : vector<4xf32>, vector<4xf32>
      return %w : vector<8xf32>
    }
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect", "memref::MemRefDialect",
                           "scf::SCFDialect", "ub::UBDialect", "vector::VectorDialect"];
}

def LowerKernelsPass : Pass<"tconv-lower-kernels", "ModuleOp"> {
  let summary = "Build the loops of kernels";
  let description = [{
    Rewrites `tconv.kernel` and `tconv.pack_filter` on buffers into loops over vectors,
    as their schedules say. The phases, borders and register tiles of a layer become
    tables, private constants of the module, that one loop walks over. Dot products are
    instructions of the target processor where it has them, and otherwise vector ops of the
    same meaning: a schedule runs anywhere.

    Requires: kernels on buffers, elements in row-major order.

    Guarantees: no `tconv.kernel` or `tconv.pack_filter` is left.

    ```mlir
    tconv.kernel ins(%x, %packed : ...) outs(%y : ...) attributes {...}
    ```

    becomes

    ```mlir
    scf.parallel (%task) = (%c0) to (%tasks) step (%c1) {
      ...
          %f = vector.load ... : memref<...>, vector<8xf32>
          ...
          %b = vector.broadcast %a : f32 to vector<8xf32>
          %sum = vector.fma %b, %f, %last : vector<8xf32>
      ...
      vector.store ... : memref<...>, vector<8xf32>
      ...
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "memref::MemRefDialect",
                           "scf::SCFDialect", "vector::VectorDialect"];
  let options = [
    Option<"targetCpu", "target-cpu", "std::string", /*default=*/"\"host\"",
           "The processor that kernels are for, by LLVM's name, or host">];
}

def OutlineParallelLoopsPass : Pass<"tconv-outline-parallel-loops", "ModuleOp"> {
  let summary = "Move parallel loops into functions that run on several threads";
  let description = [{
    Each outermost `scf.parallel` without reductions becomes a function that runs a
    range of its iterations, counted through in order, and a `tconv.parallel_call` of
    it. Values from outside become arguments; operations without operands and side
    effects, like constants, are repeated in the function, where more is known about
    them than about an argument. Buffers of the stack are allocated once in each call.
    No sum is split: every number of threads gives the same bits.

    A loop with reductions stays, and runs on one thread.

    Requires: no affine ops, whose operands may not be results of arithmetic.

    Guarantees: loops over threads are `tconv.parallel_call`.

    ```mlir
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    scf.parallel (%i) = (%c0) to (%n) step (%c1) {
      memref.store %v, %a[%i] : memref<?xf32>
    }
    ```

    becomes

    ```mlir
      tconv.parallel_call @f_parallel_0(%v, %a) tasks %count : f32, memref<?xf32>
      ...
    func.func private @f_parallel_0(%v: f32, %a: memref<?xf32>, %begin: index, %end: index) {
      %c1 = arith.constant 1 : index
      scf.for %i = %begin to %end step %c1 {
        memref.store %v, %a[%i] : memref<?xf32>
      }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect", "scf::SCFDialect",
                           "tconv::TconvDialect"];
}
