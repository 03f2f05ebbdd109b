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

def Tconv_Dialect : Dialect {
  let name = "tconv";
  let cppNamespace = "::mlir::tconv";
  let summary = "Transposed convolution";
  let description = [{
    One op, `tconv.conv_transpose`, holds a transposed convolution over one, two or
    three spatial dimensions until a pass decides how it is computed:
    `tconv-insert-zeros` and `tconv-decompose-phases` rewrite it into upstream
    dialects. `tconv.parallel_call` is what parallel loops become.
  }];
  let useDefaultAttributePrinterParser = 1;
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

#endif // TCONV_IR_TCONVDIALECT_TD
