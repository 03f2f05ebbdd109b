//===- Passes.td - Passes of tconv -------------------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the order in which the pipelines run them. One stem names a pass everywhere:
// the def (plus "Pass"), lib/Transforms/<Stem>.cpp, the flag --tconv-<stem>,
// test/Transforms/<stem>.mlir and the category of its remarks.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_PASSES_TD
#define TCONV_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def CheckShapesPass : Pass<"tconv-check-shapes", "func::FuncOp"> {
  let summary = "Assert what tensors of dynamic size must satisfy";
  let description = [{
    Sizes that are known only at run time may turn out to contradict each other: those of a
    `tconv.conv_transpose` and its filter, of two tensors that are added or concatenated,
    of a slice and what it is taken from. This pass asserts every constraint of ops on
    tensors that their types leave open, as `cf.assert` at the start of the function, so
    that nothing has been computed when one fails. Ops in nested regions, which perhaps
    never execute, are checked where they stand, unless bounds of loops say that they fit;
    so are sizes and places that depend on elements of tensors. Regions that run for each
    element of a tensor, as that of `linalg.generic`, are not checked.

    Requires: nothing.

    Guarantees: the passes that follow may rely on all sizes being consistent.

    ```mlir
    func.func @f(%x: tensor<1x1x?xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x?xf32> {
      %y = tconv.conv_transpose %x, %w padding [1]
          : (tensor<1x1x?xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
      return %y : tensor<1x1x?xf32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%x: tensor<1x1x?xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x?xf32> {
      %c2 = arith.constant 2 : index
      %dim = tensor.dim %x, %c2 : tensor<1x1x?xf32>
      %size = affine.apply affine_map<()[s0] -> (s0 - 1)>()[%dim]
      %ok = arith.cmpi sge, %size, %c1 : index
      cf.assert %ok, "...: 'tconv.conv_transpose' op expected an output size of at least 1 ..."
      ...
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect",
                           "cf::ControlFlowDialect", "tensor::TensorDialect"];
}

def ExpandOpsPass : Pass<"tconv-expand-ops", "func::FuncOp"> {
  let summary = "Rewrite ops that nothing lowers as they are";
  let description = [{
    Some ops of upstream's dialects have no buffers or no loops of their own, but stand for
    others that do: `linalg.softmax`, `linalg.pack` and `linalg.unpack`, the Winograd
    transforms, `tensor.reshape`, `tensor.bitcast`, an `arith.select` of whole tensors. And
    upstream's folding of vectors that are read from a tensor and written to one takes no
    notice of masks, so that these become selections first.

    Requires: nothing is simplified before.

    Guarantees: none of these ops is left in a function, if its types are ranked.

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xi32> {
      %y = tensor.bitcast %x : tensor<4xf32> to tensor<4xi32>
      return %y : tensor<4xi32>
    }
    ```

    becomes

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xi32> {
      %y = arith.bitcast %x : tensor<4xf32> to tensor<4xi32>
      return %y : tensor<4xi32>
    }
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
                           "math::MathDialect", "scf::SCFDialect", "tensor::TensorDialect",
                           "vector::VectorDialect"];
}

def SelectSchedulePass : Pass<"tconv-select-schedule"> {
  let summary = "Choose how the fast tier computes each layer";
  let description = [{
    Gives each `tconv.conv_transpose` that the fast tier takes a `#tconv.schedule`: the
    family of its kernel, and the register and cache tiles with the lowest estimated
    time on the target. A remark says what was chosen, or why a layer is left to the
    portable tier. A schedule that is written in the IR is kept. With `direct` no layer is
    transformed, and sums are those of the definition. A layer whose batch is dynamic gets the
    schedule of the batch in `sizes-hint`, or of one image, which is right for any number.

    Requires: nothing. Layers of other dynamic sizes are left alone.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last : ...
    ```

    becomes

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
        schedule <family = output_channels, dot = plain, vector_length = 8, ...> : ...
    ```
  }];
  let options = [
    Option<"targetCpu", "target-cpu", "std::string", /*default=*/"\"host\"",
           "The processor that schedules are for, by LLVM's name, or host">,
    Option<"direct", "direct", "bool", /*default=*/"false",
           "Leave transforms of layers (the family winograd) out">,
    ListOption<"sizesHint", "sizes-hint", "int64_t",
               "The sizes that schedules are chosen for where they are dynamic: the batch">];
}

def SelectGpuSchedulePass : Pass<"tconv-select-gpu-schedule"> {
  let summary = "Choose how the fast tier computes each layer on a GPU";
  let description = [{
    Gives each `tconv.conv_transpose` that the fast tier takes a `#tconv.gpu_schedule`:
    the kernel and the tiles with the lowest estimated time on the architecture. A remark
    says what was chosen, with the blocks, how many of them a multiprocessor holds, and
    their shared memory; or why a layer is left to the portable tier. A schedule that is
    written in the IR is kept; one that does not fit the layer, or asks for more shared memory
    than a block has on the architecture, is an error.

    Requires: nothing. Layers of dynamic size are left alone.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last : ...
    ```

    becomes

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
        gpu_schedule <kernel = mma, math = f16, ...> : ...
    ```
  }];
  let options = [
    Option<"arch", "arch", "std::string", /*default=*/"\"sm_80\"",
           "The GPU that schedules are for, like sm_80">,
    Option<"allowTf32", "allow-tf32", "bool", /*default=*/"false",
           "Multiply f32 with tensor cores, which read 10 bits of each fraction">];
}

def FormKernelsPass : Pass<"tconv-form-kernels"> {
  let summary = "Rewrite scheduled layers into kernels with packed filters";
  let description = [{
    A `tconv.conv_transpose` with a schedule becomes a `tconv.kernel`, which reads its
    filter in the order of the schedule, and a `tconv.pack_filter`, which brings the
    filter into that order.

    Requires: layers with a schedule have static sizes.

    Guarantees: no `tconv.conv_transpose` has a schedule.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2] schedule <...> : ...
    ```

    becomes

    ```mlir
    %packed = tconv.pack_filter ins(%w : ...) outs(%0 : ...) {...} -> tensor<...>
    %y = tconv.kernel ins(%x, %packed : ...) outs(%1 : ...) attributes {...} -> tensor<...>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "tensor::TensorDialect"];
}

def FuseEpiloguesPass : Pass<"tconv-fuse-epilogues"> {
  let summary = "Move elementwise ops behind a layer into its kernel";
  let description = [{
    Ops of arith and math on tensors, and elementwise linalg ops, that depend on the
    result of a `tconv.kernel` and on uniform constants move into its region, which
    is applied to each sum while it is in a register. All that leads to one tensor of the
    result's shape is fused, be it used several times on the way, as in `x * sigmoid(x)`.
    A tensor that has another use is needed in memory, and ends the fusion; a remark says
    so if nothing was fused.

    Other tensors that the ops read become neighbours of the kernel: residuals of the
    result's shape, numbers for each channel (scales, shifts, slopes of a PReLU), and single
    numbers, which are repeated for each channel. The kernel moves to where the last op
    stood, behind all that is read. The elements of the result may change to a type no wider
    than the sums: a layer of i8 that is rescaled stores i8.

    Results do not change: where sums are wider than the result (f16, bf16), the region
    rounds between the ops as the ops on tensors would, except where the bits are the
    same without (comparisons, negation). Functions like `math.exp` on vectors of f32
    are those of `tconv-lower-math`.

    Requires: nothing.

    ```mlir
    %y = tconv.kernel ins(%x, %packed : ...) outs(%0 : ...) attributes {...} -> tensor<...>
    %relu = arith.maximumf %y, %zeros : tensor<...>
    ```

    becomes

    ```mlir
    %relu = tconv.kernel ins(%x, %packed : ...) outs(%0 : ...) attributes {...} {
    ^bb0(%sum: f32):
      %zero = arith.constant 0.000000e+00 : f32
      %1 = arith.maximumf %sum, %zero : f32
      tconv.yield %1 : f32
    } -> tensor<...>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect",
                           "tconv::TconvDialect", "tensor::TensorDialect"];
}

def HoistPackingPass : Pass<"tconv-hoist-packing", "ModuleOp"> {
  let summary = "Move the packing of constant arguments into a function of its own";
  let description = [{
    A filter that is an argument marked `tconv.constant` of a public function need not
    be packed at every call. The function's packing moves to a second one, called as the
    first with `_pack` behind it: it takes the marked arguments and gives the packed
    filters, which the first function takes as further arguments, marked `tconv.packed`.
    The caller packs once, runs often, and packs again if a filter has changed.

    Requires: filters are packed by `tconv.pack_filter` on tensors.

    ```mlir
    func.func @main(%x: tensor<...>, %w: tensor<...> {tconv.constant}) -> tensor<...> {
      %packed = tconv.pack_filter ins(%w : ...) ...
      ...
    }
    ```

    becomes

    ```mlir
    func.func @main_pack(%w: tensor<...>) -> tensor<...> attributes {...} {
      %packed = tconv.pack_filter ins(%w : ...) ...
      return %packed : tensor<...>
    }
    func.func @main(%x: tensor<...>, %w: tensor<...> {tconv.constant},
                    %packed: tensor<...> {tconv.packed}) -> tensor<...> {
      ...
    }
    ```
  }];
  let dependentDialects = ["func::FuncDialect"];
}

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

def InsertZerosPass : Pass<"tconv-insert-zeros"> {
  let summary = "Rewrite into a convolution over the zero-inserted, padded input";
  let description = [{
    The textbook form: `stride - 1` zeros between the elements of the input,
    `dilation*(K - 1) - padding` zeros around it, and an ordinary stride-1 convolution
    with the filter rotated by 180 degrees. It multiplies by every inserted zero,
    `prod(stride)` times the multiplications needed, but is the form that people know
    and that everything can be compared with.

    Requires: consistent sizes (`tconv-check-shapes`, or static types).

    Guarantees: no tconv op is left; linalg, tensor, arith and affine ops replace it.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
        : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
    ```

    becomes

    ```mlir
    %zeros = tensor.generate { ... tensor.yield %zero : f32 } : tensor<1x1x11x11xf32>
    %spread = tensor.insert_slice %x into %zeros[0, 0, 2, 2] [1, 1, 4, 4] [1, 1, 2, 2]
        : tensor<1x1x4x4xf32> into tensor<1x1x11x11xf32>
    %rotated = linalg.generic ... affine_map<(d0, d1, d2, d3) -> (d1, d0, -d2 + 3, -d3 + 3)> ...
    %y = linalg.conv_2d_nchw_fchw ins(%spread, %rotated : ...) outs(%init : tensor<1x1x8x8xf32>) ...
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
                           "tensor::TensorDialect"];
}

def DecomposePhasesPass : Pass<"tconv-decompose-phases"> {
  let summary = "Rewrite into stride-1 convolutions, one for each phase";
  let description = [{
    Result elements whose position has the same residue modulo the stride read the
    same taps of the filter. Each such phase is an ordinary stride-1 convolution of
    the input with a sub-kernel, and its results are interleaved: no multiplication by
    an inserted zero is left. Any stride and dilation is taken; with `g = gcd(stride,
    dilation)` a phase has every `stride/g`-th tap and dilation `dilation/g`.

    Up to 4 phases become straight-line code. More, or a filter of dynamic size,
    become a loop over the first taps of the phases, which compiles several times
    faster and runs as fast.

    Requires: consistent sizes (`tconv-check-shapes`, or static types).

    Guarantees: no tconv op is left; linalg, tensor, arith, affine and scf ops replace it.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2] : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x8xf32>
    ```

    becomes

    ```mlir
    %tap0 = linalg.generic ... affine_map<(d0, d1, d2) -> (d1, d0, d2 * -2)> ...
    %even = linalg.conv_1d_ncw_fcw ins(%x, %tap0 : ...) outs(...) -> tensor<1x1x4xf32>
    %y0 = tensor.insert_slice %even into %empty[0, 0, 0] [1, 1, 4] [1, 1, 2] : ...
    %tap1 = linalg.generic ... affine_map<(d0, d1, d2) -> (d1, d0, d2 * -2 + 1)> ...
    %odd = linalg.conv_1d_ncw_fcw ins(%x, %tap1 : ...) outs(...) -> tensor<1x1x4xf32>
    %y = tensor.insert_slice %odd into %y0[0, 0, 1] [1, 1, 4] [1, 1, 2] : ...
    ```
  }];
  let options = [
    Option<"maxUnrolledPhases", "max-unrolled-phases", "int64_t", /*default=*/"4",
           "Emit a loop instead of straight-line code for more phases than this">];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
                           "scf::SCFDialect", "tensor::TensorDialect"];
}

def TileConvolutionsPass : Pass<"tconv-tile-convolutions", "func::FuncOp"> {
  let summary = "Tile convolutions into a parallel loop over rows or channel planes";
  let description = [{
    Splits each linalg convolution into an `scf.forall` over the batch and the next
    parallel dimension (output channels if channels come first, rows otherwise), and
    moves the dimension that is contiguous in memory innermost, so that the loops
    that follow vectorise without reassociating any sum: every number of threads
    gives the same bits.

    Requires: linalg on tensors.

    Guarantees: the convolutions are linalg.generic ops inside of scf.forall.

    ```mlir
    %y = linalg.conv_2d_nchw_fchw ins(%x, %w : ...) outs(%init : tensor<1x32x8x8xf32>) ...
    ```

    becomes

    ```mlir
    %y = scf.forall (%n, %co) in (1, 32) shared_outs(%out = %init) -> (tensor<1x32x8x8xf32>) {
      %x_tile = tensor.extract_slice %x[%n, 0, 0, 0] ...
      %w_tile = tensor.extract_slice %w[%co, 0, 0, 0] ...
      %tile = linalg.generic {iterator_types = [... "reduction", "parallel"]} ...
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %tile into %out[%n, %co, 0, 0] ...
      }
    }
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "linalg::LinalgDialect", "scf::SCFDialect",
                           "tensor::TensorDialect"];
}

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

def AttachGpuTargetPass : Pass<"tconv-attach-gpu-target", "ModuleOp"> {
  let summary = "Say which GPU the kernels are compiled for";
  let description = [{
    Gives each `gpu.module` an `#nvvm.target` for the architecture, in place of those that it
    has, with the version of PTX that the architecture's instructions need: upstream's default
    is so old that code generation for newer ones aborts.

    Requires: nothing.

    Guarantees: each GPU module has one target. An architecture that is not known is an error.

    ```mlir
    gpu.module @kernels { ... }
    ```

    becomes

    ```mlir
    gpu.module @kernels [#nvvm.target<O = 3, chip = "sm_90", features = "+ptx80">] { ... }
    ```
  }];
  let options = [Option<"arch", "arch", "std::string", /*default=*/"\"sm_80\"",
                        "The architecture, like sm_80 or sm_90a">];
  let dependentDialects = ["NVVM::NVVMDialect"];
}

#endif // TCONV_TRANSFORMS_PASSES_TD
