//===- TconvKernelOps.td - Operations of the fast tier -----*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVKERNELOPS_TD
#define TCONV_IR_TCONVKERNELOPS_TD

include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "tconv/IR/TconvDialect.td"

/// An op of the fast tier: it writes its result into a destination, on tensors or on
/// buffers.
class Tconv_DestinationOp<string mnemonic, list<Trait> traits = []>
    : Op<Tconv_Dialect, mnemonic, traits # [
        DestinationStyleOpInterface,
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        DeclareOpInterfaceMethods<BufferizableOpInterface,
            ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues",
             "bufferize"]>]>;

def Tconv_PackFilterOp : Tconv_DestinationOp<"pack_filter"> {
  let summary = "reorder a filter as the kernels of a schedule read it";
  let description = [{
    Writes the elements of a filter `[Ci, Co/groups, K...]` in the order in which the
    kernel of a layer with these attributes and this schedule reads them, with zeros for
    lanes and channels that do not exist, and in the type that its dot product
    multiplies: less `filter_zero_point`. Corrections of `int8_quads` are for inputs with
    the zero point `input_offset` as unsigned bytes, 128 if it is left out. The destination
    is one-dimensional; its size follows from the rest.

    ```mlir
    %packed = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%init : tensor<2048xf32>)
        {dilation = array<i64: 1, 1>, groups = 1, schedule = #tconv.schedule<...>,
         stride = array<i64: 2, 2>} -> tensor<2048xf32>
    ```
  }];
  let arguments = (ins
    AnyShaped:$filter,
    AnyShaped:$init,
    DenseI64ArrayAttr:$stride,
    DenseI64ArrayAttr:$dilation,
    I64Attr:$groups,
    Tconv_KernelSchedule:$schedule,
    DefaultValuedAttr<I64Attr, "0">:$filter_zero_point,
    DefaultValuedAttr<I64Attr, "128">:$input_offset);
  let results = (outs Optional<AnyRankedTensor>:$packed);
  let assemblyFormat = [{
    `ins` `(` $filter `:` type($filter) `)` `outs` `(` $init `:` type($init) `)` attr-dict
    (`->` type($packed)^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitMutable(); }
    ::tconv::FilterPacking getPacking();
  }];
}

def Tconv_KernelOp : Tconv_DestinationOp<"kernel",
    [AttrSizedOperandSegments, SingleBlock]> {
  let summary = "a transposed convolution by a schedule, on tensors or buffers";
  let description = [{
    What `tconv.conv_transpose` computes, with a packed filter (see `tconv.pack_filter`, which
    knows the filter's zero point) of a kernel shape, and a schedule. The batch and the spatial
    sizes may be dynamic. The region, if there is one, is applied to each sum before it is stored:
    elementwise ops that were fused into
    the layer.

    The region takes the sum, and a number of each of the `neighbours`, tensors that those ops
    read beside the layer: the number at the place of the sum, if the neighbour has the
    result's shape, or that of the sum's channel, if it is one-dimensional. It yields a number
    of the type of the sums, or, if it changes the type of the result, of that type; the
    result's elements are no wider than the sums.

    ```mlir
    tconv.kernel ins(%x, %packed, %b : memref<1x16x16x8xf32>, memref<2048xf32>, memref<16xf32>)
        outs(%y : memref<1x32x32x16xf32>) attributes {kernel_shape = array<i64: 4, 4>, ...} {
    ^bb0(%sum: f32):
      %zero = arith.constant 0.0 : f32
      %relu = arith.maximumf %sum, %zero : f32
      tconv.yield %relu : f32
    }
    tconv.kernel ins(%x, %packed : memref<1x16x16x8xf32>, memref<2048xf32>)
        outs(%y : memref<1x32x32x16xf32>)
        neighbours(%r, %s : memref<1x32x32x16xf32>, memref<16xf32>) attributes {...} {
    ^bb0(%sum: f32, %residual: f32, %scale: f32):
      %scaled = arith.mulf %sum, %scale : f32
      %added = arith.addf %scaled, %residual : f32
      tconv.yield %added : f32
    }
    ```
  }];
  let arguments = (ins
    AnyShaped:$input,
    AnyShaped:$filter,
    Optional<AnyShaped>:$bias,
    AnyShaped:$init,
    Variadic<AnyShaped>:$neighbours,
    DenseI64ArrayAttr:$kernel_shape,
    DenseI64ArrayAttr:$stride,
    DenseI64ArrayAttr:$padding_begin,
    DenseI64ArrayAttr:$padding_end,
    DenseI64ArrayAttr:$dilation,
    DenseI64ArrayAttr:$output_padding,
    I64Attr:$groups,
    Tconv_LayoutAttr:$layout,
    Tconv_KernelSchedule:$schedule,
    DefaultValuedAttr<I64Attr, "0">:$input_zero_point,
    UnitAttr:$input_unsigned);
  let results = (outs Optional<AnyRankedTensor>:$output);
  let regions = (region MaxSizedRegion<1>:$epilogue);
  let assemblyFormat = [{
    `ins` `(` $input `,` $filter (`,` $bias^)? `:` type($input) `,` type($filter)
    (`,` type($bias)^)? `)` `outs` `(` $init `:` type($init) `)`
    (`neighbours` `(` $neighbours^ `:` type($neighbours) `)`)? attr-dict-with-keyword
    ($epilogue^)?
    (`->` type($output)^)?
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let hasCanonicalizer = 1;
  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitMutable(); }
    ShapedType getInputType() { return cast<ShapedType>(getInput().getType()); }
    ShapedType getOutputType() { return cast<ShapedType>(getInit().getType()); }
    bool isChannelsLast() { return getLayout() == Layout::ChannelsLast; }
    /// Of typical sizes where they are dynamic: one image, and spatial sizes whose results have
    /// all that those of other sizes can have.
    ::tconv::Geometry getGeometry();
    /// The type of the sums: f32 for f16 and bf16, i32 for i8.
    Type getAccumulatorType();
    /// The type of the layer's elements before the region: i32 for i8.
    Type getLayerType();
    /// What the region yields: rounded sums are the kernel's work.
    Type getYieldType();
    /// Whether a neighbour has a number for each channel, not for each element.
    static bool isPerChannel(Value neighbour) {
      return cast<ShapedType>(neighbour.getType()).getRank() == 1;
    }
  }];
}

def Tconv_YieldOp : Op<Tconv_Dialect, "yield", [Pure, Terminator,
    HasParent<"KernelOp">]> {
  let summary = "the value that a kernel stores for a sum";
  let arguments = (ins AnyType:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

#endif // TCONV_IR_TCONVKERNELOPS_TD
