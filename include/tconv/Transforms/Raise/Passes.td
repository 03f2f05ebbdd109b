//===- Passes.td - Passes that raise layers ----------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the order in which the pipelines run them. One stem names a pass everywhere, as in
// tconv/Transforms/Passes.td; the files are in lib/Transforms/Raise.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_PASSES_TD
#define TCONV_TRANSFORMS_RAISE_PASSES_TD

include "mlir/Pass/PassBase.td"

def RaiseTorchPass : Pass<"tconv-raise-torch", "ModuleOp"> {
  let summary = "Turn torch's convolutions into transposed convolutions";
  let description = [{
    Reads torch-mlir's ops in generic form, by name: neither torch-mlir nor its dialects are
    needed. `torch.aten.convolution` with `transposed` and `torch.operator
    "onnx.ConvTranspose"` become `tconv.conv_transpose`; an ordinary convolution, and the
    ops that stand around layers, become upstream's. Functions of `!torch.vtensor` become
    functions of tensors. What is not known stays as it was, between casts. An op that
    contradicts itself is an error.

    Requires: `--allow-unregistered-dialect` where the module is read.

    ```mlir
    %y = "torch.aten.convolution"(%x, %w, %none, %stride, %padding, %dilation, %true, %output_padding, %groups)
        : (!torch.vtensor<[1,3,5],f32>, !torch.vtensor<[3,4,4],f32>, ...) -> !torch.vtensor<[1,4,10],f32>
    ```

    becomes

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2] padding [1]
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "affine::AffineDialect", "linalg::LinalgDialect",
                           "math::MathDialect", "tensor::TensorDialect", "tconv::TconvDialect"];
}

def RaiseStablehloPass : Pass<"tconv-raise-stablehlo"> {
  let summary = "Turn StableHLO's convolutions into transposed convolutions";
  let description = [{
    Reads StableHLO in generic form, by name: the project is not needed.
    `stablehlo.convolution` with `lhs_dilation`, or with a filter that was reversed, becomes
    `tconv.conv_transpose`: dimension numbers in any order, groups, `window_reversal`,
    padding of either sign. Others become a `linalg.generic`, with a missed remark that says
    why they are no transposed convolution. The ops that stand around layers become
    upstream's; what is not known stays as it was. A convolution that contradicts StableHLO's
    specification is an error, since nothing has verified it.

    Requires: `--allow-unregistered-dialect` where the module is read.

    ```mlir
    %y = "stablehlo.convolution"(%x, %w) <{
        batch_group_count = 1 : i64,
        dimension_numbers = #stablehlo.conv<[b, f, 0]x[i, o, 0]->[b, f, 0]>,
        feature_group_count = 1 : i64,
        lhs_dilation = array<i64: 2>, padding = dense<2> : tensor<1x2xi64>}>
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```

    becomes

    ```mlir
    %rotated = linalg.generic ... affine_map<(d0, d1, d2) -> (d0, d1, -d2 + 3)> ...
    %y = tconv.conv_transpose %x, %rotated stride [2] padding [1]
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "affine::AffineDialect",
                           "cf::ControlFlowDialect", "linalg::LinalgDialect", "math::MathDialect",
                           "tensor::TensorDialect", "tconv::TconvDialect"];
}

def RaiseTosaPass : Pass<"tconv-raise-tosa"> {
  let summary = "Turn tosa.transpose_conv2d into transposed convolutions";
  let description = [{
    `out_pad`, which TOSA adds to the result, is negative padding here, and the filter
    `[Co, Kh, Kw, Ci]` is transposed. Integers with zero points, and those of 16 bits, are
    computed in f32 or f64, whichever holds every sum exactly. A missed remark says why an
    op is left.

    Requires: TOSA on ranked tensors.

    Guarantees: the values stay the same, but for the order of sums.

    ```mlir
    %y = tosa.transpose_conv2d %x, %w, %b, %xzp, %wzp
        {acc_type = f32, out_pad = array<i64: -1, -1, -1, -1>, stride = array<i64: 2, 2>} : ...
    ```

    becomes

    ```mlir
    %f = linalg.transpose ins(%w : tensor<3x4x4x2xf32>) outs(...) permutation = [3, 0, 1, 2]
    %y = tconv.conv_transpose %x, %f, %b stride [2, 2] padding [1, 1] channels_last : ...
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect",
                           "tensor::TensorDialect", "tconv::TconvDialect"];
}

def LowerTosaPass : Pass<"tconv-lower-tosa"> {
  let summary = "Lower what TOSA has around layers to linalg";
  let description = [{
    Upstream's conversions to linalg, arith and tensor, applied as far as they go: what they
    do not take is left, for the tools to name.

    Requires: `tconv-raise-tosa` has run; otherwise transposed convolutions stay.

    ```mlir
    %t = tosa.transpose %x {perms = array<i32: 1, 0>} : (tensor<4x6xf32>) -> tensor<6x4xf32>
    %y = tosa.add %t, %z : (tensor<6x4xf32>, tensor<6x4xf32>) -> tensor<6x4xf32>
    ```

    becomes

    ```mlir
    %t = linalg.transpose ins(%x : tensor<4x6xf32>) outs(...) permutation = [1, 0]
    %y = linalg.generic ... ins(%t, %z : tensor<6x4xf32>, tensor<6x4xf32>) ... {
      ...
      %sum = arith.addf %a, %b : f32
      ...
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect", "math::MathDialect",
                           "scf::SCFDialect", "tensor::TensorDialect", "tosa::TosaDialect"];
}

def RaiseLinalgPass : Pass<"tconv-raise-linalg"> {
  let summary = "Turn convolutions over inserted zeros into transposed convolutions";
  let description = [{
    Other compilers write a transposed convolution in linalg as what it is equal to: zeros
    between the elements of the input, a reversed filter, and an ordinary convolution of
    stride 1 (torch-mlir does). This pass proves, for each convolution in linalg, that it is
    one, and makes a `tconv.conv_transpose` of it. Any rank, layout and number of groups is
    taken; named ops and `linalg.generic`, `tensor.insert_slice` and `tensor.pad`, copies
    with reversed positions and `tensor.extract` are read alike.

    A convolution is raised if its stride is 1 and zeros stand between the elements of its
    input, or its filter is reversed. So is one of f32 or f64 over elements that are repeated,
    as upsampling to the nearest one does: a layer whose taps are sums of the filter's needs
    fewer multiplications, 4 instead of 9 for 3x3 taps at twice the size. A missed remark says
    why another one is not.

    Requires: linalg on tensors.

    Guarantees: the values stay the same, but for the order of sums. Ops that are not
    needed any more are left to canonicalization.

    ```mlir
    %spread = tensor.insert_slice %x into %zeros[0, 0, 1] [1, 1, 4] [1, 1, 2]
        : tensor<1x1x4xf32> into tensor<1x1x9xf32>
    %rotated = linalg.generic {
        indexing_maps = [affine_map<(d0, d1, d2) -> (d1, d0, -d2 + 3)>, #identity], ...}
        ins(%w : tensor<1x1x4xf32>) outs(%init : tensor<1x1x4xf32>) { ... linalg.yield %in : f32 }
    %y = linalg.conv_1d_ncw_fcw ins(%spread, %rotated : ...) outs(%zero : tensor<1x1x6xf32>) ...
    ```

    becomes

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2] padding [2]
        : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x6xf32>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect",
                           "tensor::TensorDialect", "tconv::TconvDialect"];
}

def FoldConstantFiltersPass : Pass<"tconv-fold-constant-filters"> {
  let summary = "Bring constant filters into the layout of their layers";
  let description = [{
    Filters come from other compilers transposed, reversed and with groups as a dimension,
    and are brought into this project's layout by ops that move elements. This pass does
    it while compiling where the filter is a constant, so that its packing is done then, too.

    Requires: nothing.

    ```mlir
    %w = arith.constant dense<...> : tensor<4x4x1x3xf32>
    %f = linalg.transpose ins(%w : ...) outs(...) permutation = [2, 3, 0, 1]
    %y = tconv.conv_transpose %x, %f ...
    ```

    becomes

    ```mlir
    %f = arith.constant dense<...> : tensor<1x3x4x4xf32>
    %y = tconv.conv_transpose %x, %f ...
    ```
  }];
  let dependentDialects = ["arith::ArithDialect"];
}

def FoldNeighboursPass : Pass<"tconv-fold-neighbours"> {
  let summary = "Take pads, crops, transposes and constants of channels into layers";
  let description = [{
    What stands around a layer and can be said by its attributes, its filter or its bias:

    - A `tensor.pad` of zeros before it, in spatial dimensions: negative padding of stride
      times its width.
    - A `tensor.extract_slice` behind it, in spatial dimensions, if all else is not used: a
      causal vocoder's trim. It is padding.
    - Transposes of the input from the other layout and of the result back to it.
    - A bias that is added behind it, multiplications by a number for each channel, batch
      normalizations: one product and one sum for each channel. Ops behind a layer of f32 or
      f64 are taken as long as each reads nothing but what is before it and constants, or what
      is computed from constants, that are the same along all dimensions but the channels.
      Those that scale need a constant filter.

    Elsewhere an operand of an elementwise op, all of whose elements are one computed number,
    becomes a `linalg.fill`, which epilogues can take.

    Requires: nothing. A layer with a schedule stays as it is.

    Guarantees: the values stay the same, but for the rounding of scaled filters, and but for
    filters with an infinity or a nan, which meets no zero of a pad any more. Numbers that
    are not finite, or would not stay so, are not folded.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2]
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x12xf32>
    %z = tensor.extract_slice %y[0, 0, 0] [1, 4, 10] [1, 1, 1]
        : tensor<1x4x12xf32> to tensor<1x4x10xf32>
    ```

    becomes

    ```mlir
    %z = tconv.conv_transpose %x, %w stride [2] padding [[0, 2]]
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect",
                           "tensor::TensorDialect", "tconv::TconvDialect"];
}

// The way back. No pipeline runs these.

def LowerToTosaPass : Pass<"tconv-lower-to-tosa"> {
  let summary = "Rewrite layers as tosa.transpose_conv2d";
  let description = [{
    For compilers that start from TOSA. A layer needs two spatial dimensions, one group, no
    dilation and padding below the filter's size; a missed remark says what another one has.

    Requires: nothing.

    ```mlir
    %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last
        : (tensor<1x3x4x2xf32>, tensor<2x3x4x4xf32>, tensor<3xf32>) -> tensor<1x6x8x3xf32>
    ```

    becomes

    ```mlir
    %f = tosa.transpose %w {perms = array<i32: 1, 2, 3, 0>} : ...
    %y = tosa.transpose_conv2d %x, %f, %b, %zero, %zero
        {acc_type = f32, out_pad = array<i64: -1, -1, -1, -1>, stride = array<i64: 2, 2>} : ...
    ```
  }];
  let dependentDialects = ["tosa::TosaDialect"];
}

def LowerToStablehloPass : Pass<"tconv-lower-to-stablehlo"> {
  let summary = "Rewrite layers as stablehlo.convolution, in generic form";
  let description = [{
    For compilers that start from StableHLO. Every attribute of a layer can be said there; the
    filter must have static sizes, and with a bias the result too.

    Requires: `--allow-unregistered-dialect`, since StableHLO is not a dependency.

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2] padding [1]
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```

    becomes

    ```mlir
    %y = "stablehlo.convolution"(%x, %w) <{
        dimension_numbers = #stablehlo.conv<[b, f, 0]x[i, o, 0]->[b, f, 0]>,
        lhs_dilation = array<i64: 2>, padding = dense<2> : tensor<1x2xi64>,
        window_reversal = array<i1: true>, ...}>
        : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
    ```
  }];
}

#endif // TCONV_TRANSFORMS_RAISE_PASSES_TD
