//===- TconvRuntimeOps.td - Operations of the runtime ------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVRUNTIMEOPS_TD
#define TCONV_IR_TCONVRUNTIMEOPS_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "tconv/IR/TconvDialect.td"

def Tconv_ParallelCallOp : Op<Tconv_Dialect, "parallel_call", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "runs tasks on the threads of the runtime";
  let description = [{
    Calls `callee(captured..., begin, end)` for disjoint ranges `[begin, end)` that
    together are `[0, count)`, in any order and on several threads at once, and ends
    when all calls have. How many threads there are, and which ranges, is decided when
    it runs. It becomes a call of `tconvParallelFor` of the runtime.

    ```mlir
    func.func private @double(%buffer: memref<?xf32>, %begin: index, %end: index)
    ...
    tconv.parallel_call @double(%buffer) tasks %count : memref<?xf32>
    ```

    Constraints:

    - (C1) `callee` is a function in reach;
    - (C2) its arguments have the types of `captured`, followed by two of type index;
    - (C3) it has no results.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$captured, Index:$count);
  let assemblyFormat = [{
    $callee `(` $captured `)` `tasks` $count attr-dict (`:` type($captured)^)?
  }];
}

#endif // TCONV_IR_TCONVRUNTIMEOPS_TD
