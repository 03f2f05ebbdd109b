//===- TconvOps.td - Operations of the tconv dialect -------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVOPS_TD
#define TCONV_IR_TCONVOPS_TD

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "tconv/IR/TconvDialect.td"
include "tconv/IR/TconvRuntimeOps.td"

def Tconv_ConvTransposeOp : Op<Tconv_Dialect, "conv_transpose", [
    NoMemoryEffect,
    DeclareOpInterfaceMethods<ConditionallySpeculatable>,
    DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface, ["reifyResultShapes"]>]> {
  let summary = "transposed convolution over 1, 2 or 3 spatial dimensions";
  let description = [{
    Every input element stamps a copy of the filter, scaled by it, onto the result at
    `stride` times its own position; stamps add up, and `padding` cuts off the border.
    For one spatial dimension with input size `I`, filter size `K`, stride `s`,
    dilation `d`, padding `pb` (begin) and `pe` (end) and output padding `op`:

    ```
    y[n, co, o] = bias[co] + sum of x[n, ci, i] * w[ci, co', k]
                             over all ci, i, k with o = i*s - pb + k*d
    O = (I - 1)*s - pb - pe + d*(K - 1) + op + 1
    ```

    Spatial dimensions are independent of each other. Input channel `ci` meets only
    the output channels of its group. Result elements that no tap reaches hold the
    bias, or zero. The filter must be finite; an infinity or nan in the input reaches
    exactly the elements that the formula connects it with.

    The input is `[N, Ci, I...]` (`channels_first`) or `[N, I..., Ci]`
    (`channels_last`), the result likewise; the filter is always
    `[Ci, Co/groups, K...]`, the bias `[Co]`. Negative padding grows the result.
    f16 and bf16 are accumulated in f32 and rounded once; i8 is accumulated in i32.

    Bytes of quantised layers have zero points: with `input_zero_point` `zx` and
    `filter_zero_point` `zw`, each 0 if it is left out, the factors are `x - zx` and
    `w - zw`, which take 9 bits. With `input_unsigned` the bytes of the input are numbers
    from 0 to 255. Padding and elements that no tap reaches stay without a term: what
    stands for zero there is the zero point.

    Example, with defaults left out (stride 1, padding 0, dilation 1, output padding
    0, one group, channels first):

    ```mlir
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
        : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>

    // Padding that differs at begin and end is written as a pair.
    %z = tconv.conv_transpose %u, %v, %b stride [2, 1] padding [[0, 1], 1] groups 4 channels_last
        : (tensor<1x?x8x16xf32>, tensor<16x8x3x3xf32>, tensor<32xf32>) -> tensor<1x?x8x32xf32>

    // Unsigned bytes, 128 standing for zero.
    %q = tconv.conv_transpose %a, %c stride [2] input_zero_point 128 input_unsigned
        : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x10xi32>
    ```

    Constraints:

    - (C1) `input` has 3, 4 or 5 dimensions: a batch, the channels and 1, 2 or 3
      spatial dimensions.
    - (C2) `filter` and the result have the rank of `input`.
    - (C3) the element type of `input` is f64, f32, f16, bf16 or i8, that of `filter`
      is the same.
    - (C4) the element type of the result, and of `bias`, is that of `input`; i32 for i8.
    - (C5) `stride`, `padding_begin`, `padding_end`, `dilation` and `output_padding`
      have one entry for each spatial dimension.
    - (C6) `stride >= 1` and `dilation >= 1`.
    - (C7) `0 <= output_padding < max(stride, dilation)`.
    - (C8) `groups >= 1`.
    - (C9) spatial sizes, channel counts and filter sizes are at least 1; the batch
      may be 0.
    - (C10) the input channels equal dimension 0 of `filter`.
    - (C11) `groups` divides the input channels.
    - (C12) `bias` is one-dimensional and has `Co = groups * filter.dim(1)` elements.
    - (C13) the batch of the result is that of `input`.
    - (C14) the channels of the result are `Co`.
    - (C15) the result sizes follow the formula above and are at least 1.
    - (C16) no size, and no tensor's number of bytes, exceeds 63 bits.
    - (C17) the tensors have no encoding.
    - (C18) zero points and `input_unsigned` are for inputs of i8.
    - (C19) `input_zero_point` is from -128 to 127, or from 0 to 255 with
      `input_unsigned`, and `filter_zero_point` from -128 to 127.

    Sizes that are dynamic are checked when they are known: at run time, before any
    work is done.
  }];
  let arguments = (ins
    AnyRankedTensor:$input,
    AnyRankedTensor:$filter,
    Optional<AnyRankedTensor>:$bias,
    DenseI64ArrayAttr:$stride,
    DenseI64ArrayAttr:$padding_begin,
    DenseI64ArrayAttr:$padding_end,
    DenseI64ArrayAttr:$dilation,
    DenseI64ArrayAttr:$output_padding,
    I64Attr:$groups,
    Tconv_LayoutAttr:$layout,
    OptionalAttr<Tconv_KernelSchedule>:$schedule,
    OptionalAttr<I64Attr>:$input_zero_point,
    OptionalAttr<I64Attr>:$filter_zero_point,
    UnitAttr:$input_unsigned);
  let results = (outs AnyRankedTensor:$output);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
  let extraClassDeclaration = [{
    RankedTensorType getInputType() { return getInput().getType(); }
    RankedTensorType getFilterType() { return getFilter().getType(); }
    RankedTensorType getOutputType() { return getOutput().getType(); }

    int64_t getNumSpatialDims() { return getInputType().getRank() - 2; }
    /// The dimension of the input, and of the result, that holds the channels.
    int64_t getChannelDim();
    /// The dimension of the input, and of the result, of a spatial dimension.
    int64_t getSpatialDim(int64_t spatial);
    /// The attributes of one spatial dimension.
    ::tconv::DimAttributes getDimAttributes(int64_t spatial);
    /// Everything derived from the sizes; only if the spatial sizes are static.
    /// Other dynamic sizes count as 1.
    ::std::optional<::tconv::Geometry> getGeometry();
    /// The type that sums are accumulated in: f32 for f16 and bf16, i32 for i8.
    Type getAccumulatorType();
    /// How bytes of the operands are read.
    ::tconv::ZeroPoints getZeroPoints();
    /// The result type as far as the operand types and attributes determine it.
    RankedTensorType inferOutputType();
  }];
}

#endif // TCONV_IR_TCONVOPS_TD
