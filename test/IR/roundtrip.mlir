// RUN: tconv-opt %s | FileCheck %s
// RUN: tconv-opt %s -mlir-print-op-generic | tconv-opt | FileCheck %s
// RUN: tconv-opt %s -emit-bytecode | tconv-opt | FileCheck %s

// Defaults are not printed, whether they were written or not.
// CHECK-LABEL: @defaults
func.func @defaults(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // CHECK-COUNT-2: tconv.conv_transpose %{{[^ ]*}}, %{{[^ ]*}} : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  %0 = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  %1 = tconv.conv_transpose %x, %w stride [1] padding [0] dilation [1] output_padding [0]
      groups 1 channels_first : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// The house example.
// CHECK-LABEL: @house
func.func @house(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) {
  // CHECK: stride [2, 2] padding [1, 1] : (
  %0 = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return
}

// All clauses are printed in one order, in whichever they were written.
// CHECK-LABEL: @all_clauses
// CHECK-SAME: %[[X:[^:]*]]: {{.*}}, %[[W:[^:]*]]: {{.*}}, %[[B:[^:]*]]:
func.func @all_clauses(%x: tensor<1x4x4x4xf32>, %w: tensor<4x2x3x3xf32>, %b: tensor<4xf32>) {
  // CHECK-COUNT-2: tconv.conv_transpose %[[X]], %[[W]], %[[B]] stride [2, 3] padding {{\[}}[0, 1], 1] dilation [2, 1] output_padding [1, 2] groups 2 channels_last : (
  %0 = tconv.conv_transpose %x, %w, %b stride [2, 3] padding [[0, 1], 1] dilation [2, 1]
      output_padding [1, 2] groups 2 channels_last
      : (tensor<1x4x4x4xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<1x11x12x4xf32>
  %1 = tconv.conv_transpose %x, %w, %b channels_last groups 2 output_padding [1, 2]
      dilation [2, 1] padding [[0, 1], [1, 1]] stride [2, 3]
      : (tensor<1x4x4x4xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<1x11x12x4xf32>
  return
}

// Padding of zero at only one end, or below zero, is kept.
// CHECK-LABEL: @paddings
func.func @paddings(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // CHECK: padding {{\[}}[0, 1]] : (
  %0 = tconv.conv_transpose %x, %w padding [[0, 1]] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x6xf32>
  // CHECK: padding {{\[}}[2, 0]] : (
  %1 = tconv.conv_transpose %x, %w padding [[2, 0]] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x5xf32>
  // CHECK: padding [-1] : (
  %2 = tconv.conv_transpose %x, %w padding [-1] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x9xf32>
  // CHECK: padding {{\[}}[-3, 2]] : (
  %3 = tconv.conv_transpose %x, %w padding [[-3, 2]] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x8xf32>
  return
}

// Attributes that are not the op's own survive.
// CHECK-LABEL: @discardable_attributes
func.func @discardable_attributes(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // CHECK: stride [2] {note, tag = 1 : i32} : (
  %0 = tconv.conv_transpose %x, %w stride [2] {tag = 1 : i32, note}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x10xf32>
  return
}

// Zero points, also of zero, and unsigned inputs.
// CHECK-LABEL: @zero_points
func.func @zero_points(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) {
  // CHECK: tconv.conv_transpose %{{.*}} stride [2] input_zero_point -3 filter_zero_point 5 : (
  %0 = tconv.conv_transpose %x, %w filter_zero_point 5 stride [2] input_zero_point -3
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x10xi32>
  // CHECK: tconv.conv_transpose %{{[^ ]*}}, %{{[^ ]*}} input_zero_point 255 input_unsigned : (
  %1 = tconv.conv_transpose %x, %w input_unsigned input_zero_point 255
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  // CHECK: filter_zero_point 0 : (
  %2 = "tconv.conv_transpose"(%x, %w) <{dilation = array<i64: 1>, filter_zero_point = 0 : i64,
      groups = 1 : i64, layout = #tconv.layout<channels_first>, output_padding = array<i64: 0>,
      padding_begin = array<i64: 0>, padding_end = array<i64: 0>, stride = array<i64: 1>}>
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return
}
