// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-raise-torch -split-input-file \
// RUN:   -verify-diagnostics

// No dialect has verified these: what contradicts itself is an error.

func.func @onnx1(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected 2 or 3 operands, got 1}}
  %y = "torch.operator"(%x) <{name = "onnx.ConvTranspose"}> {}
      : (!torch.vtensor<[1,4,5],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx2(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected an input, a filter and a result of the same rank, got 'tensor<1x4x5xf32>', 'tensor<4x3xf32>' and 'tensor<1x3x11xf32>'}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx3(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected 1 integers of strides, got 2}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.strides = [2 : si64, 2 : si64]}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx4(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected numbers from 0 to 2^31, got -1}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.output_padding = [-1 : si64]}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx5(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected a kernel_shape of 3 in spatial dimension 0, as the filter's, got 4}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.kernel_shape = [4 : si64]}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx6(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected an auto_pad of NOTSET, VALID, SAME_UPPER or SAME_LOWER, got same}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.auto_pad = "same"}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx7(%x: !torch.vtensor<[1,4,?],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{expected known sizes beside an auto_pad or output_shape}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.output_shape = [11 : si64]}
      : (!torch.vtensor<[1,4,?],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @onnx8(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32> {
  // expected-error @+1 {{'onnx.ConvTranspose': expected stride >= 1 in spatial dimension 0, got 0}}
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}> {torch.onnx.strides = [0 : si64]}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

func.func @operands(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[3,4,2],f32>)
    -> !torch.vtensor<[1,3,4],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %flag = "torch.constant.bool"() <{value = true}> : () -> !torch.bool
  %none = "torch.constant.none"() : () -> !torch.none
  %zeros = "torch.prim.ListConstruct"(%zero) : (!torch.int) -> !torch.list<int>
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  // expected-error @+1 {{expected 9 operands, got 8}}
  %y = "torch.aten.convolution"(%x, %w, %none, %ones, %zeros, %ones, %flag, %zeros)
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[3,4,2],f32>, !torch.none,
         !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>)
      -> !torch.vtensor<[1,3,4],f32>
  return %y : !torch.vtensor<[1,3,4],f32>
}

// -----

func.func @strides(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[3,4,2],f32>)
    -> !torch.vtensor<[1,3,4],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %flag = "torch.constant.bool"() <{value = false}> : () -> !torch.bool
  %none = "torch.constant.none"() : () -> !torch.none
  %zeros = "torch.prim.ListConstruct"(%zero) : (!torch.int) -> !torch.list<int>
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  // expected-error @+1 {{expected a stride, a padding and a dilation for each of the 1 spatial dimensions of the filter, and groups that divide its outputs}}
  %y = "torch.aten.convolution"(%x, %w, %none, %zeros, %zeros, %ones, %flag, %zeros, %one)
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[3,4,2],f32>, !torch.none,
         !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int)
      -> !torch.vtensor<[1,3,4],f32>
  return %y : !torch.vtensor<[1,3,4],f32>
}

// -----

func.func @channels(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[3,4,2],f32>)
    -> !torch.vtensor<[1,3,4],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %flag = "torch.constant.bool"() <{value = true}> : () -> !torch.bool
  %none = "torch.constant.none"() : () -> !torch.none
  %zeros = "torch.prim.ListConstruct"(%zero) : (!torch.int) -> !torch.list<int>
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  // expected-error @+1 {{'torch.aten.convolution': expected 4 input channels in dimension 0 of the filter, got 3}}
  %y = "torch.aten.convolution"(%x, %w, %none, %ones, %zeros, %ones, %flag, %zeros, %one)
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[3,4,2],f32>, !torch.none,
         !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int)
      -> !torch.vtensor<[1,3,4],f32>
  return %y : !torch.vtensor<[1,3,4],f32>
}

// -----

func.func @result(%x: !torch.vtensor<[2],f32>) -> !torch.vtensor<[3],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %list = "torch.prim.ListConstruct"(%x, %x) : (!torch.vtensor<[2],f32>, !torch.vtensor<[2],f32>) -> !torch.list<vtensor>
  // expected-error @+1 {{expected a result of 'tensor<4xf32>', got 'tensor<3xf32>'}}
  %y = "torch.aten.cat"(%list, %zero) : (!torch.list<vtensor>, !torch.int) -> !torch.vtensor<[3],f32>
  return %y : !torch.vtensor<[3],f32>
}
