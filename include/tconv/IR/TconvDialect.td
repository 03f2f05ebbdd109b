//===- TconvDialect.td - The tconv dialect -----------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVDIALECT_TD
#define TCONV_IR_TCONVDIALECT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/DialectBase.td"
include "mlir/IR/EnumAttr.td"
include "tconv/IR/TconvInterfaces.td"

def Tconv_Dialect : Dialect {
  let name = "tconv";
  let cppNamespace = "::mlir::tconv";
  let summary = "Transposed convolution";
  let description = [{
    One op, `tconv.conv_transpose`, holds a transposed convolution over one, two or
    three spatial dimensions until a pass decides how it is computed:
    `tconv-insert-zeros` and `tconv-decompose-phases` rewrite it into upstream
    dialects, and `tconv-form-kernels` into a `tconv.kernel` that computes it by a
    schedule. `tconv.parallel_call` is what parallel loops become.
  }];
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    /// Of a function's argument: every call passes the same tensor.
    static constexpr ::llvm::StringLiteral kConstantAttrName{"tconv.constant"};
    /// Of a function's argument: a filter packed by the function's pack function.
    static constexpr ::llvm::StringLiteral kPackedAttrName{"tconv.packed"};
    /// Of a pack function: the bytes of each packed filter, an array of i64.
    static constexpr ::llvm::StringLiteral kPackedBytesAttrName{"tconv.packed_bytes"};
  }];
  let dependentDialects = ["affine::AffineDialect", "arith::ArithDialect", "tensor::TensorDialect"];
}

def Tconv_Layout : I32EnumAttr<"Layout", "where the channels of x and y are", [
    I32EnumAttrCase<"ChannelsFirst", 0, "channels_first">,
    I32EnumAttrCase<"ChannelsLast", 1, "channels_last">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_LayoutAttr : EnumAttr<Tconv_Dialect, Tconv_Layout, "layout"> {
  let summary = "layout of the input and the result";
  let description = [{
    `channels_first` is `[N, C, spatial...]`, `channels_last` is `[N, spatial..., C]`.
    The filter is `[Ci, Co/groups, spatial...]` in both.
  }];
  let assemblyFormat = "`<` $value `>`";
}

def Tconv_KernelFamily : I32EnumAttr<"ScheduleFamily", "what the lanes of a kernel's vectors are", [
    I32EnumAttrCase<"OutputChannels", 0, "output_channels">,
    I32EnumAttrCase<"Width", 1, "width">,
    I32EnumAttrCase<"Depthwise", 2, "depthwise">,
    I32EnumAttrCase<"Winograd", 3, "winograd">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_DotProduct : I32EnumAttr<"ScheduleDot", "what multiplies and adds in a kernel", [
    I32EnumAttrCase<"Plain", 0, "plain">,
    I32EnumAttrCase<"Bf16Pairs", 1, "bf16_pairs">,
    I32EnumAttrCase<"Int16Pairs", 2, "int16_pairs">,
    I32EnumAttrCase<"Int8Quads", 3, "int8_quads">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_ScheduleAttr : AttrDef<Tconv_Dialect, "Schedule",
    [DeclareAttrInterfaceMethods<Tconv_KernelSchedule>]> {
  let mnemonic = "schedule";
  let summary = "how a kernel computes a layer";
  let description = [{
    Chosen by `tconv-select-schedule`, or written by hand, and obeyed by the passes that
    come after it. Sizes:

    - `vector_length`: elements of a vector of sums, a power of two;
    - `pixels`, `vectors`: a register tile holds `pixels * vectors` vectors of sums (for
      `width`, `pixels` counts output channels);
    - `fused_phases`: horizontal phases whose output channels share the lanes, 1 or the
      innermost stride;
    - `block_pixels`: positions of the input in a cache tile;
    - `blocks_per_task`: blocks of `vectors * vector_length` lanes in one task of a thread;
    - `reduction_block`: steps of the reduction after which all tiles of a block have
      their turn; 0 for all at once;
    - `prefetch`: 1 if the next reduction block of the filter is fetched ahead, or 0;
    - `unroll`: steps of the reduction in one iteration of the innermost loop;
    - `tile`: for `winograd`, positions of a phase that a transform computes at once, in each
      dimension; `block_pixels` counts such tiles then. 0 for other families, and left out.

    ```mlir
    #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6,
                    vectors = 2, fused_phases = 1, block_pixels = 96, blocks_per_task = 4,
                    reduction_block = 0, prefetch = 0, unroll = 4>
    ```
  }];
  let parameters = (ins EnumParameter<Tconv_KernelFamily>:$family,
                        EnumParameter<Tconv_DotProduct>:$dot,
                        "int64_t":$vector_length, "int64_t":$pixels, "int64_t":$vectors,
                        "int64_t":$fused_phases, "int64_t":$block_pixels,
                        "int64_t":$blocks_per_task, "int64_t":$reduction_block, "int64_t":$prefetch,
                        "int64_t":$unroll, DefaultValuedParameter<"int64_t", "0">:$tile);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    static ScheduleAttr get(::mlir::MLIRContext *context, const ::tconv::Schedule &schedule);
    ::tconv::Schedule toSchedule() const;
  }];
}

def Tconv_GpuKernel : I32EnumAttr<"GpuKernelKind", "what the threads of a kernel do", [
    I32EnumAttrCase<"Mma", 0, "mma">,
    I32EnumAttrCase<"Simt", 1, "simt">,
    I32EnumAttrCase<"Depthwise", 2, "depthwise">,
    I32EnumAttrCase<"Wgmma", 3, "wgmma">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_GpuMath : I32EnumAttr<"GpuMathKind", "what multiplies and adds on a GPU", [
    I32EnumAttrCase<"Fma", 0, "fma">,
    I32EnumAttrCase<"F16", 1, "f16">,
    I32EnumAttrCase<"Bf16", 2, "bf16">,
    I32EnumAttrCase<"Tf32", 3, "tf32">,
    I32EnumAttrCase<"I8", 4, "i8">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_GpuPixelOrder : I32EnumAttr<"GpuPixelOrderKind", "which pixels are neighbouring rows", [
    I32EnumAttrCase<"ImageByImage", 0, "image_by_image">,
    I32EnumAttrCase<"PixelByPixel", 1, "pixel_by_pixel">]> {
  let cppNamespace = "::mlir::tconv";
  let genSpecializedAttr = 0;
}

def Tconv_GpuPixelOrderParameter : EnumParameter<Tconv_GpuPixelOrder> {
  let defaultValue = "::mlir::tconv::GpuPixelOrderKind::ImageByImage";
}

def Tconv_GpuScheduleAttr : AttrDef<Tconv_Dialect, "GpuSchedule",
    [DeclareAttrInterfaceMethods<Tconv_KernelSchedule>]> {
  let mnemonic = "gpu_schedule";
  let summary = "how a kernel on a GPU computes a layer";
  let description = [{
    Chosen by `tconv-select-gpu-schedule`, or written by hand, and obeyed by the passes
    that come after it. A layer is a product of matrices for each phase: rows are pixels,
    columns output channels, and the sum runs over taps and input channels.

    - `kernel`: `mma` multiplies blocks with tensor cores, `simt` without; `depthwise` has
      a thread for `block_n` elements of y, neighbours where channels are last, and is for
      one input channel in a group; `wgmma`, for sm_90a, has one or two warpgroups that
      multiply what another one loads;
    - `math`: `fma`, or the tensor core instruction: `f16`, `bf16`, `tf32`, `i8`;
    - `block_m`, `block_n`, `block_k`: pixels, output channels and input channels of the
      tile of a block in one step of the sum;
    - `stages`: tiles of x and w in shared memory;
    - `warps_m`, `warps_n`: warps of a block that multiply, along pixels and channels;
    - `split_k`: parts that sums are cut into; they are added in a fixed order;
    - `raster`: neighbouring tiles of pixels that come before the next channels;
    - `order`: whether rows are pixels of one image after the other, as usual, or
      (`pixel_by_pixel`) those of all images that stand in the same place: where images are
      small, the rows of a tile then need the same taps, and it leaves out the others.

    ```mlir
    #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 128, block_n = 128, block_k = 32,
                        stages = 4, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
    ```
  }];
  let parameters = (ins EnumParameter<Tconv_GpuKernel>:$kernel, EnumParameter<Tconv_GpuMath>:$math,
                        "int64_t":$block_m, "int64_t":$block_n, "int64_t":$block_k,
                        "int64_t":$stages, "int64_t":$warps_m, "int64_t":$warps_n,
                        "int64_t":$split_k, "int64_t":$raster,
                        Tconv_GpuPixelOrderParameter:$order);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    static GpuScheduleAttr get(::mlir::MLIRContext *context, const ::tconv::GpuSchedule &schedule);
    ::tconv::GpuSchedule toSchedule() const;
  }];
}

#endif // TCONV_IR_TCONVDIALECT_TD
