// RUN: tconv-opt %s -tconv-raise-tosa -canonicalize -split-input-file --remarks-filter='tconv-raise-tosa' \
// RUN:   --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK <%t

// What is added to the result is padding less; the filter is OHWI.
// REMARK: [Passed] {{.*}}tosa.transpose_conv2d is a transposed convolution
// CHECK-LABEL: @floats
// CHECK: %[[F:.*]] = linalg.transpose ins(%arg1 : tensor<3x4x5x2xf32>) {{.*}} permutation = [3, 0, 1, 2]
// CHECK: tconv.conv_transpose %arg0, %[[F]], %arg2 stride [2, 3] padding {{\[}}[1, -1], [0, 2]] channels_last
// CHECK-SAME: -> tensor<1x8x9x3xf32>
func.func @floats(%x: tensor<1x3x3x2xf32>, %w: tensor<3x4x5x2xf32>, %b: tensor<3xf32>)
    -> tensor<1x8x9x3xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.transpose_conv2d %x, %w, %b, %zero, %zero
      {acc_type = f32, out_pad = array<i64: -1, 1, 0, -2>, stride = array<i64: 2, 3>}
      : (tensor<1x3x3x2xf32>, tensor<3x4x5x2xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x8x9x3xf32>
  return %y : tensor<1x8x9x3xf32>
}

// -----

// Integers of 8 bits are the op's own.
// REMARK: [Passed]
// CHECK-LABEL: @integers
// CHECK: tconv.conv_transpose {{.*}} : (tensor<1x3x3x2xi8>, tensor<2x3x2x2xi8>, tensor<3xi32>) -> tensor<1x6x6x3xi32>
func.func @integers(%x: tensor<1x3x3x2xi8>, %w: tensor<3x2x2x2xi8>, %b: tensor<3xi32>)
    -> tensor<1x6x6x3xi32> {
  %zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %zero, %zero
      {acc_type = i32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x3x3x2xi8>, tensor<3x2x2x2xi8>, tensor<3xi32>, tensor<1xi8>, tensor<1xi8>)
      -> tensor<1x6x6x3xi32>
  return %y : tensor<1x6x6x3xi32>
}

// -----

// So are those with zero points.
// REMARK: [Passed]
// CHECK-LABEL: @zero_points
// CHECK: tconv.conv_transpose %arg0, %{{.*}}, %arg2 stride [2, 2] channels_last input_zero_point -7 : {{.*}} -> tensor<1x6x6x3xi32>
func.func @zero_points(%x: tensor<1x3x3x2xi8>, %w: tensor<3x2x2x2xi8>, %b: tensor<3xi32>)
    -> tensor<1x6x6x3xi32> {
  %seven = "tosa.const"() <{values = dense<-7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %seven, %zero
      {acc_type = i32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x3x3x2xi8>, tensor<3x2x2x2xi8>, tensor<3xi32>, tensor<1xi8>, tensor<1xi8>)
      -> tensor<1x6x6x3xi32>
  return %y : tensor<1x6x6x3xi32>
}

// -----

// 16 bits by 8 need more than f32 has. A bias of one number is that of every channel.
// REMARK: [Passed]
// CHECK-LABEL: @sixteen_bits
// CHECK: tconv.conv_transpose {{.*}} -> tensor<1x6x6x3xf64>
// CHECK: arith.fptosi {{.*}} to tensor<1x6x6x3xi48>
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %arg2 : tensor<1x6x6x3xi48>, tensor<1xi48>)
func.func @sixteen_bits(%x: tensor<1x3x3x2xi16>, %w: tensor<3x2x2x2xi8>, %b: tensor<1xi48>)
    -> tensor<1x6x6x3xi48> {
  %zx = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %zx, %zw
      {acc_type = i48, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x3x3x2xi16>, tensor<3x2x2x2xi8>, tensor<1xi48>, tensor<1xi16>, tensor<1xi8>)
      -> tensor<1x6x6x3xi48>
  return %y : tensor<1x6x6x3xi48>
}

// -----

// REMARK: [Missed] {{.*}}Reason="its zero points are not known"
// CHECK-LABEL: @unknown_zero_point
// CHECK: tosa.transpose_conv2d
func.func @unknown_zero_point(%x: tensor<1x3x3x2xi8>, %w: tensor<3x2x2x2xi8>, %b: tensor<3xi32>,
                              %zp: tensor<1xi8>) -> tensor<1x6x6x3xi32> {
  %y = tosa.transpose_conv2d %x, %w, %b, %zp, %zp
      {acc_type = i32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x3x3x2xi8>, tensor<3x2x2x2xi8>, tensor<3xi32>, tensor<1xi8>, tensor<1xi8>)
      -> tensor<1x6x6x3xi32>
  return %y : tensor<1x6x6x3xi32>
}

// -----

// A size that no input has: what was meant is not known.
// REMARK: [Missed] {{.*}}Reason="no input has a result of size 1 in spatial dimension 0"
// CHECK-LABEL: @impossible
// CHECK: tosa.transpose_conv2d
func.func @impossible(%x: tensor<1x?x3x2xf32>, %w: tensor<3x2x2x2xf32>, %b: tensor<3xf32>)
    -> tensor<1x1x6x3xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.transpose_conv2d %x, %w, %b, %zero, %zero
      {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x?x3x2xf32>, tensor<3x2x2x2xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x1x6x3xf32>
  return %y : tensor<1x1x6x3xf32>
}

// -----

// REMARK: [Missed] {{.*}}Reason="its tensors are not ranked, or not of integers or floats"
// CHECK-LABEL: @unranked
// CHECK: tosa.transpose_conv2d
func.func @unranked(%x: tensor<*xi16>, %w: tensor<3x2x2x2xi8>, %b: tensor<3xi48>) -> tensor<*xi48> {
  %zx = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %zx, %zw
      {acc_type = i48, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<*xi16>, tensor<3x2x2x2xi8>, tensor<3xi48>, tensor<1xi16>, tensor<1xi8>)
      -> tensor<*xi48>
  return %y : tensor<*xi48>
}

// -----

// REMARK: [Missed] {{.*}}Reason="its filter has unknown sizes, so that sums may not be exact"
// CHECK-LABEL: @unknown_filter
// CHECK: tosa.transpose_conv2d
func.func @unknown_filter(%x: tensor<1x3x3x2xi16>, %w: tensor<3x?x2x2xi8>, %b: tensor<3xi48>) -> tensor<1x?x4x3xi48> {
  %zx = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %zx, %zw
      {acc_type = i48, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xi16>, tensor<3x?x2x2xi8>, tensor<3xi48>, tensor<1xi16>, tensor<1xi8>)
      -> tensor<1x?x4x3xi48>
  return %y : tensor<1x?x4x3xi48>
}

// -----

// REMARK: [Missed] {{.*}}Reason="its sums may exceed 53 bits"
// CHECK-LABEL: @wide_sums
// CHECK: tosa.transpose_conv2d
func.func @wide_sums(%x: tensor<1x1x1x2xi16>, %w: tensor<3x32768x32768x2xi8>, %b: tensor<3xi48>) -> tensor<1x32768x32768x3xi48> {
  %zx = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.transpose_conv2d %x, %w, %b, %zx, %zw
      {acc_type = i48, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x1x2xi16>, tensor<3x32768x32768x2xi8>, tensor<3xi48>, tensor<1xi16>, tensor<1xi8>)
      -> tensor<1x32768x32768x3xi48>
  return %y : tensor<1x32768x32768x3xi48>
}
