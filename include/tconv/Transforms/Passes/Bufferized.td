//===- Bufferized.td - Passes of the stage bufferized ------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def BufferizePass : Pass<"tconv-bufferize", "ModuleOp"> {
  let summary = "Replace tensors by buffers";
  let description = [{
    Upstream's one-shot bufferization, with function arguments and results that are
    contiguous. Where a view becomes one, and its sizes are known only at run time,
    upstream casts it, as if it were contiguous; this pass copies it. A `memref.cast` that
    the module had before is kept.

    Requires: ops on tensors implement upstream's `BufferizableOpInterface`.

    Guarantees: no op on tensors is left, and what a function returns or a call hands on
    is contiguous.

    ```mlir
    func.func @f(%x: tensor<?x?xf32>, %n: index, %h: index) -> tensor<?x?xf32> {
      %s = tensor.extract_slice %x[0, 0] [%n, %h] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
      return %s : tensor<?x?xf32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%x: memref<?x?xf32>, %n: index, %h: index) -> memref<?x?xf32>
        attributes {tconv.signature = (memref<?x?xf32>, index, index) -> memref<?x?xf32>} {
      %s = memref.subview %x[0, 0] [%n, %h] [1, 1]
          : memref<?x?xf32> to memref<?x?xf32, strided<[?, 1]>>
      %y = memref.alloc(%n, %h) : memref<?x?xf32>
      memref.copy %s, %y : memref<?x?xf32, strided<[?, 1]>> to memref<?x?xf32>
      return %y : memref<?x?xf32>
    }
    ```
  }];
  let dependentDialects = ["bufferization::BufferizationDialect", "memref::MemRefDialect"];
}

def ResultsToArgumentsPass : Pass<"tconv-results-to-arguments", "ModuleOp"> {
  let summary = "Let callers provide the memory of results";
  let description = [{
    A function that allocates its results costs its caller an allocation for each call,
    and a copy to where the result is wanted. This pass makes the results of a public
    function further arguments, after the others: what was allocated for a result is
    the caller's buffer, and a result that is an argument, a constant or equal to
    another result is copied there. It does so if all results have static sizes; other
    functions still return buffers of their own. The buffers that a caller provides
    must overlap neither each other nor any argument.

    Requires: bufferised IR, before deallocations are inserted.

    Guarantees: public functions either take all of their results, or return them.

    ```mlir
    func.func @f(%x: memref<4xf32>) -> memref<4xf32> {
      %y = memref.alloc() : memref<4xf32>
      linalg.exp ins(%x : memref<4xf32>) outs(%y : memref<4xf32>)
      return %y : memref<4xf32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%x: memref<4xf32>, %y: memref<4xf32>) {
      linalg.exp ins(%x : memref<4xf32>) outs(%y : memref<4xf32>)
      return
    }
    ```
  }];
  let dependentDialects = ["memref::MemRefDialect"];
}

def ExpandDeallocationsPass : Pass<"tconv-expand-deallocations", "func::FuncOp"> {
  let summary = "Decide with arithmetic alone which buffers are freed";
  let description = [{
    A `bufferization.dealloc` of several buffers frees those whose condition holds, each once,
    and none that is retained. Upstream lowers it to a call of a function that compares arrays
    of addresses in memory; this pass compares the addresses where the op stands. The host code
    of a program for a GPU has no memory of its own, and the CPU's gets shorter.

    Requires: nothing. An op of one buffer is left to upstream.

    ```mlir
    bufferization.dealloc (%a, %b : memref<4xf32>, memref<4xf32>) if (%c, %d)
    ```

    becomes

    ```mlir
    %pa = memref.extract_aligned_pointer_as_index %a : memref<4xf32> -> index
    %pb = memref.extract_aligned_pointer_as_index %b : memref<4xf32> -> index
    %same = arith.cmpi eq, %pa, %pb : index
    ...
    scf.if %c {
      memref.dealloc %a : memref<4xf32>
    }
    scf.if ... {
      memref.dealloc %b : memref<4xf32>
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "memref::MemRefDialect", "scf::SCFDialect"];
}

def ExpandCopiesPass : Pass<"tconv-expand-copies"> {
  let summary = "Turn memref.copy into linalg.generic";
  let description = [{
    `memref.copy` between strided buffers is lowered to a call into a runtime library
    that copies element by element. As a linalg op it becomes loops that the compiler
    can see, and a `memcpy` where both sides are contiguous.

    Requires: bufferised IR.

    Guarantees: no memref.copy of ranked buffers is left.

    ```mlir
    memref.copy %a, %b : memref<4xf32> to memref<4xf32, strided<[2]>>
    ```

    becomes

    ```mlir
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
        ins(%a : memref<4xf32>) outs(%b : memref<4xf32, strided<[2]>>) { ... linalg.yield %in : f32 }
    ```
  }];
  let dependentDialects = ["linalg::LinalgDialect"];
}

def LowerExpandShapesPass : Pass<"tconv-lower-expand-shapes"> {
  let summary = "Compute the strides of dimensions that are split into several unknown ones";
  let description = [{
    Upstream lowers a `memref.expand_shape` by computing the one size of each group that is
    not known, and crashes where two are not. Since all sizes are operands of the op, this
    pass computes the strides from them.

    Requires: bufferised IR, and sizes whose product is that of the source.

    Guarantees: no memref.expand_shape has two unknown sizes in a group.

    ```mlir
    func.func @f(%x: memref<?xf32>, %a: index, %b: index) -> memref<?x?xf32> {
      %y = memref.expand_shape %x [[0, 1]] output_shape [%a, %b]
          : memref<?xf32> into memref<?x?xf32>
      return %y : memref<?x?xf32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%x: memref<?xf32>, %a: index, %b: index) -> memref<?x?xf32> {
      %base, %offset, %size, %stride = memref.extract_strided_metadata %x
          : memref<?xf32> -> memref<f32>, index, index, index
      %y = memref.reinterpret_cast %base to offset: [0], sizes: [%a, %b], strides: [%b, 1]
          : memref<f32> to memref<?x?xf32>
      return %y : memref<?x?xf32>
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "memref::MemRefDialect"];
}
