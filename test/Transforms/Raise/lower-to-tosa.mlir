// RUN: tconv-opt %s -tconv-lower-to-tosa -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-lower-to-tosa -tconv-raise-tosa -tconv-lower-tosa -canonicalize \
// RUN:   -tconv-fold-constant-filters -split-input-file | FileCheck %s --check-prefix=BACK
// RUN: tconv-opt %s -tconv-lower-to-tosa -split-input-file --remarks-filter='tconv-lower-to-tosa' \
// RUN:   --remark-policy=all 2>&1 | FileCheck %s --check-prefix=REMARK

// What TOSA can say comes back as it was.
// CHECK-LABEL: @last
// CHECK: tosa.transpose %arg1 {perms = array<i32: 1, 2, 3, 0>}
// CHECK: tosa.transpose_conv2d %arg0, %{{.*}}, %arg2, {{.*}} {acc_type = f32, out_pad = array<i64: -1, 0, 1, -1>, stride = array<i64: 2, 2>}
// CHECK-NOT: tconv.conv_transpose
// BACK-LABEL: @last
// BACK: tconv.conv_transpose %arg0, %{{.*}}, %arg2 stride [2, 2] padding {{\[}}[1, 0], [-1, 1]] channels_last
func.func @last(%x: tensor<1x3x4x2xf32>, %w: tensor<2x3x4x4xf32>, %b: tensor<3xf32>)
    -> tensor<1x7x10x3xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [[1, 1], [-1, 1]] output_padding [1, 0] channels_last
      : (tensor<1x3x4x2xf32>, tensor<2x3x4x4xf32>, tensor<3xf32>) -> tensor<1x7x10x3xf32>
  return %y : tensor<1x7x10x3xf32>
}

// -----

// CHECK-LABEL: @integers
// CHECK: tosa.transpose %arg0 {perms = array<i32: 0, 2, 3, 1>}
// CHECK: tosa.transpose_conv2d {{.*}} {acc_type = i32
// CHECK: tosa.transpose %{{.*}} {perms = array<i32: 0, 3, 1, 2>}
func.func @integers(%x: tensor<1x2x3x4xi8>, %w: tensor<2x3x2x2xi8>) -> tensor<1x3x6x8xi32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x2x3x4xi8>, tensor<2x3x2x2xi8>) -> tensor<1x3x6x8xi32>
  return %y : tensor<1x3x6x8xi32>
}

// -----

// REMARK: Reason="it has 1 spatial dimensions, not 2", Remark="TOSA cannot say the layer: "
func.func @line(%x: tensor<1x2x3xf32>, %w: tensor<2x3x2xf32>) -> tensor<1x3x4xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x2x3xf32>, tensor<2x3x2xf32>) -> tensor<1x3x4xf32>
  return %y : tensor<1x3x4xf32>
}

// -----

// REMARK: Reason="it has 2 groups"
func.func @groups(%x: tensor<1x2x3x3xf32>, %w: tensor<2x3x2x2xf32>) -> tensor<1x6x4x4xf32> {
  %y = tconv.conv_transpose %x, %w groups 2
      : (tensor<1x2x3x3xf32>, tensor<2x3x2x2xf32>) -> tensor<1x6x4x4xf32>
  return %y : tensor<1x6x4x4xf32>
}

// -----

// REMARK: Reason="its elements are f64"
func.func @double(%x: tensor<1x2x3x3xf64>, %w: tensor<2x3x2x2xf64>) -> tensor<1x3x4x4xf64> {
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x2x3x3xf64>, tensor<2x3x2x2xf64>) -> tensor<1x3x4x4xf64>
  return %y : tensor<1x3x4x4xf64>
}

// -----

// REMARK: Reason="its dilation is 2 in spatial dimension 1"
func.func @dilated(%x: tensor<1x2x3x3xf32>, %w: tensor<2x3x2x2xf32>) -> tensor<1x3x4x5xf32> {
  %y = tconv.conv_transpose %x, %w dilation [1, 2]
      : (tensor<1x2x3x3xf32>, tensor<2x3x2x2xf32>) -> tensor<1x3x4x5xf32>
  return %y : tensor<1x3x4x5xf32>
}

// -----

// REMARK: Reason="its padding of 2 is not below the filter's size 2"
func.func @cropped(%x: tensor<1x2x3x3xf32>, %w: tensor<2x3x2x2xf32>) -> tensor<1x3x2x4xf32> {
  %y = tconv.conv_transpose %x, %w padding [[2, 0], 0]
      : (tensor<1x2x3x3xf32>, tensor<2x3x2x2xf32>) -> tensor<1x3x2x4xf32>
  return %y : tensor<1x3x2x4xf32>
}

// -----

// REMARK: Reason="its filter has unknown sizes"
func.func @unknown(%x: tensor<1x2x3x3xf32>, %w: tensor<2x3x?x2xf32>) -> tensor<1x3x?x4xf32> {
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x2x3x3xf32>, tensor<2x3x?x2xf32>) -> tensor<1x3x?x4xf32>
  return %y : tensor<1x3x?x4xf32>
}

// -----

// Zero points come back as well.
// CHECK-LABEL: @zero_points
// CHECK-DAG: %[[X:.*]] = "tosa.const"() <{values = dense<-7> : tensor<1xi8>}>
// CHECK-DAG: %[[W:.*]] = "tosa.const"() <{values = dense<3> : tensor<1xi8>}>
// CHECK: tosa.transpose_conv2d %arg0, %{{.*}}, %{{.*}}, %[[X]], %[[W]] {acc_type = i32
// BACK-LABEL: @zero_points
// BACK: tconv.conv_transpose {{.*}} input_zero_point -7 filter_zero_point 3
func.func @zero_points(%x: tensor<1x3x4x2xi8>, %w: tensor<2x3x2x2xi8>) -> tensor<1x4x5x3xi32> {
  %y = tconv.conv_transpose %x, %w input_zero_point -7 filter_zero_point 3 channels_last
      : (tensor<1x3x4x2xi8>, tensor<2x3x2x2xi8>) -> tensor<1x4x5x3xi32>
  return %y : tensor<1x4x5x3xi32>
}

// -----

// REMARK: Reason="its input is of unsigned bytes"
func.func @unsigned(%x: tensor<1x3x4x2xi8>, %w: tensor<2x3x2x2xi8>) -> tensor<1x4x5x3xi32> {
  %y = tconv.conv_transpose %x, %w input_unsigned channels_last
      : (tensor<1x3x4x2xi8>, tensor<2x3x2x2xi8>) -> tensor<1x4x5x3xi32>
  return %y : tensor<1x4x5x3xi32>
}
