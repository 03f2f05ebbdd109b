//===- Decomposed.td - Passes of the stage decomposed ------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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
    transformed, and sums are those of the definition. A layer whose batch or spatial sizes are
    dynamic gets the schedule of the sizes in `sizes-hint`, or of typical ones, which is right for
    all.

    Requires: nothing. Layers whose channels or kernel sizes are dynamic are left alone.

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
               "The sizes that schedules are chosen for where they are dynamic: the batch, then the "
               "spatial ones">];
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
