// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-raise-torch -split-input-file \
// RUN:   --remarks-filter='tconv-raise-torch' --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK <%t

// A transposed convolution, and a function whose tensors become builtin ones.
// REMARK: [Passed] {{.*}}torch.aten.convolution{{.*}} is a transposed convolution
// CHECK-LABEL: @layer(
// CHECK-SAME: %[[X:.*]]: tensor<1x4x5xf32>, %[[W:.*]]: tensor<4x3x4xf32>, %[[B:.*]]: tensor<6xf32>) -> tensor<1x6x11xf32>
// CHECK: %[[Y:.*]] = tconv.conv_transpose %[[X]], %[[W]], %[[B]] stride [2] padding [1] output_padding [1] groups 2
// CHECK-NEXT: return %[[Y]]
func.func @layer(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,4],f32>,
                 %b: !torch.vtensor<[6],f32>) -> !torch.vtensor<[1,6,11],f32> {
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %two = "torch.constant.int"() <{value = 2 : i64}> : () -> !torch.int
  %true = "torch.constant.bool"() <{value = true}> : () -> !torch.bool
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  %twos = "torch.prim.ListConstruct"(%two) : (!torch.int) -> !torch.list<int>
  %y = "torch.aten.convolution"(%x, %w, %b, %twos, %ones, %ones, %true, %ones, %two)
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,4],f32>, !torch.vtensor<[6],f32>,
         !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>,
         !torch.int) -> !torch.vtensor<[1,6,11],f32>
  return %y : !torch.vtensor<[1,6,11],f32>
}

// -----

// REMARK: [Missed] {{.*}}Reason="it is not transposed"
// CHECK-LABEL: @ordinary(
// CHECK: linalg.generic
// CHECK-NOT: tconv.conv_transpose
func.func @ordinary(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[3,4,2],f32>)
    -> !torch.vtensor<[1,3,4],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %false = "torch.constant.bool"() <{value = false}> : () -> !torch.bool
  %none = "torch.constant.none"() : () -> !torch.none
  %zeros = "torch.prim.ListConstruct"(%zero) : (!torch.int) -> !torch.list<int>
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  %y = "torch.aten.convolution"(%x, %w, %none, %ones, %zeros, %ones, %false, %zeros, %one)
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[3,4,2],f32>, !torch.none,
         !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>,
         !torch.int) -> !torch.vtensor<[1,3,4],f32>
  return %y : !torch.vtensor<[1,3,4],f32>
}

// -----

// An operator of ONNX; padding for sizes times the stride, the odd element in front.
// REMARK: [Passed] {{.*}}torch.operator{{.*}} is a transposed convolution
// CHECK-LABEL: @onnx(
// CHECK: tconv.conv_transpose %arg0, %arg1 stride [2] padding {{\[}}[2, 1]] : (tensor<1x4x5xf32>, tensor<4x3x5xf32>) -> tensor<1x3x10xf32>
func.func @onnx(%x: !torch.vtensor<[1,4,5],f32>, %w: !torch.vtensor<[4,3,5],f32>)
    -> !torch.vtensor<[1,3,10],f32> {
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}>
      {torch.onnx.auto_pad = "SAME_LOWER", torch.onnx.strides = [2 : si64]}
      : (!torch.vtensor<[1,4,5],f32>, !torch.vtensor<[4,3,5],f32>) -> !torch.vtensor<[1,3,10],f32>
  return %y : !torch.vtensor<[1,3,10],f32>
}

// -----

// A shape beyond the natural size, 9, is filled up at the end.
// REMARK: [Passed]
// CHECK-LABEL: @onnx_shape(
// CHECK: tconv.conv_transpose %arg0, %arg1 stride [2] padding {{\[}}[0, -2]]
func.func @onnx_shape(%x: !torch.vtensor<[1,4,4],f32>, %w: !torch.vtensor<[4,3,3],f32>)
    -> !torch.vtensor<[1,3,11],f32> {
  %y = "torch.operator"(%x, %w) <{name = "onnx.ConvTranspose"}>
      {torch.onnx.output_shape = [11 : si64], torch.onnx.strides = [2 : si64]}
      : (!torch.vtensor<[1,4,4],f32>, !torch.vtensor<[4,3,3],f32>) -> !torch.vtensor<[1,3,11],f32>
  return %y : !torch.vtensor<[1,3,11],f32>
}

// -----

// Around an op that is not known stand casts to its own types.
// CHECK-LABEL: @unknown(
// CHECK-SAME: %[[X:.*]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK: %[[R:.*]] = arith.maximumf %[[X]]
// CHECK: %[[C:.*]] = builtin.unrealized_conversion_cast %[[R]] : tensor<2xf32> to !torch.vtensor<[2],f32>
// CHECK: %[[L:.*]] = "torch.aten.lgamma"(%[[C]])
// CHECK: builtin.unrealized_conversion_cast %[[L]]
func.func @unknown(%x: !torch.vtensor<[2],f32>) -> !torch.vtensor<[2],f32> {
  %r = "torch.aten.relu"(%x) : (!torch.vtensor<[2],f32>) -> !torch.vtensor<[2],f32>
  %y = "torch.aten.lgamma"(%r) : (!torch.vtensor<[2],f32>) -> !torch.vtensor<[2],f32>
  return %y : !torch.vtensor<[2],f32>
}

// -----

// A stride that is larger than the tensor, and than any sum with it.
// CHECK-LABEL: @far_slice
// CHECK: tensor.extract_slice %arg0[1] [1] [9223372036854775807] : tensor<4xf32> to tensor<1xf32>
func.func @far_slice(%x: !torch.vtensor<[4],f32>) -> !torch.vtensor<[1],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %four = "torch.constant.int"() <{value = 4 : i64}> : () -> !torch.int
  %far = "torch.constant.int"() <{value = 9223372036854775807 : i64}> : () -> !torch.int
  %y = "torch.aten.slice.Tensor"(%x, %zero, %one, %four, %far)
      : (!torch.vtensor<[4],f32>, !torch.int, !torch.int, !torch.int, !torch.int)
      -> !torch.vtensor<[1],f32>
  return %y : !torch.vtensor<[1],f32>
}
