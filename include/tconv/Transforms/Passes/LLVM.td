//===- LLVM.td - Passes of the stage llvm ------------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def LowerAssertsPass : Pass<"tconv-lower-asserts", "ModuleOp"> {
  let summary = "Report failed assertions to the runtime instead of aborting";
  let description = [{
    Upstream lowers `cf.assert` to a call of `abort`. This pass turns it into a call
    of `tconvCheck(condition, message)`, which records the message and gives back
    whether the check failed; `tconv-propagate-failures` later returns in that case.

    Requires: anything before the LLVM dialect.

    Guarantees: no cf.assert is left.

    ```mlir
    cf.assert %ok, "expected ..."
    ```

    becomes

    ```mlir
    %message = llvm.mlir.addressof @tconv_message : !llvm.ptr
    %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
    ```
  }];
  let dependentDialects = ["LLVM::LLVMDialect"];
}

def LowerMathPass : Pass<"tconv-lower-math", "ModuleOp"> {
  let summary = "Lower functions to polynomials on vectors, and to calls of the C library";
  let description = [{
    `math.exp`, `math.tanh` and `math.erf` on vectors of f32, which kernels apply to their
    sums, become upstream's polynomials. They were within 4 units in the last
    place of the exact value at 200000 sampled points, and take infinities and nans as
    the C library does; results of `exp` below 2^-126 may be 0. Other functions that no
    processor has an instruction for become calls of the C library's, one for each lane.
    Divisions of integers by 0, which would end the program, give 0.

    Requires: nothing. What has an instruction, like `math.sqrt`, is left to
    `convert-to-llvm`.

    ```mlir
    %y = math.tanh %x : f64
    ```

    becomes

    ```mlir
    %y = call @tanh(%x) : (f64) -> f64
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect", "math::MathDialect",
                           "vector::VectorDialect"];
}

def PropagateFailuresPass : Pass<"tconv-propagate-failures", "ModuleOp"> {
  let summary = "Return early where a check, an allocation or a callee failed";
  let description = [{
    In the LLVM dialect, makes memory come from `tconvAllocate`, which refuses what
    the machine does not have instead of crashing, and ends a function as soon as a
    `tconvCheck` failed, an allocation gave null, or a callee ended this way. The
    caller learns of it from the runtime (`tconv::takeFailure`); the returned values
    are then meaningless.

    Requires: the LLVM dialect, after `tconv-lower-asserts`.

    Guarantees: a failure is reported, never a crash or an abort.

    ```mlir
    %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
    %p = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
    ```

    becomes

    ```mlir
      %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
      llvm.cond_br %failed, ^failure, ^bb1
    ^bb1:
      %p = llvm.call @tconvAllocate(%size) : (i64) -> !llvm.ptr
      %none = llvm.icmp "eq" %p, %null : !llvm.ptr
      llvm.cond_br %none, ^failure, ^bb2
      ...
    ^failure:
      %poison = llvm.mlir.poison : ...
      llvm.return %poison
    ```
  }];
  let dependentDialects = ["LLVM::LLVMDialect"];
}
