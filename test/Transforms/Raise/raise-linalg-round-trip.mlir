// RUN: tconv-opt %s -tconv-insert-zeros -tconv-raise-linalg -canonicalize -split-input-file \
// RUN:   | FileCheck %s

// Zero insertion, which this project writes itself, is recognised for every rank, layout and
// number of groups, with every attribute: output padding comes back as less padding.

// CHECK-LABEL: @first_1d
// CHECK-NEXT: tconv.conv_transpose %{{.*}}, %{{.*}} stride [2] padding {{\[}}[1, 0]]
func.func @first_1d(%x: tensor<2x3x5xf32>, %w: tensor<3x4x4xf32>) -> tensor<2x4x11xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1] output_padding [1]
      : (tensor<2x3x5xf32>, tensor<3x4x4xf32>) -> tensor<2x4x11xf32>
  return %y : tensor<2x4x11xf32>
}

// -----

// CHECK-LABEL: @last_2d
// CHECK-NEXT: tconv.conv_transpose %arg0, %arg1, %arg2 stride [2, 3] padding {{\[}}[1, 0], [2, -1]] dilation [2, 1] channels_last
func.func @last_2d(%x: tensor<1x4x5x3xf64>, %w: tensor<3x4x3x2xf64>, %b: tensor<4xf64>)
    -> tensor<1x10x13x4xf64> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 3] padding [[1, 0], [2, -1]] dilation [2, 1] channels_last
      : (tensor<1x4x5x3xf64>, tensor<3x4x3x2xf64>, tensor<4xf64>) -> tensor<1x10x13x4xf64>
  return %y : tensor<1x10x13x4xf64>
}

// -----

// CHECK-LABEL: @groups_3d
// CHECK-NEXT: tconv.conv_transpose %arg0, %arg1 stride [2, 1, 2] groups 2
func.func @groups_3d(%x: tensor<1x4x2x2x3xf32>, %w: tensor<4x3x2x3x2xf32>) -> tensor<1x6x4x4x6xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 1, 2] groups 2
      : (tensor<1x4x2x2x3xf32>, tensor<4x3x2x3x2xf32>) -> tensor<1x6x4x4x6xf32>
  return %y : tensor<1x6x4x4x6xf32>
}

// -----

// CHECK-LABEL: @depthwise_last
// CHECK-NEXT: tconv.conv_transpose %arg0, %arg1 stride [2, 2] padding [1, 1] groups 6 channels_last
func.func @depthwise_last(%x: tensor<1x4x4x6xf32>, %w: tensor<6x1x4x4xf32>) -> tensor<1x8x8x6xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] groups 6 channels_last
      : (tensor<1x4x4x6xf32>, tensor<6x1x4x4xf32>) -> tensor<1x8x8x6xf32>
  return %y : tensor<1x8x8x6xf32>
}

// -----

// CHECK-LABEL: @integers
// CHECK-NEXT: tconv.conv_transpose %arg0, %arg1 stride [2] : (tensor<1x2x3xi8>, tensor<2x2x2xi8>) -> tensor<1x2x6xi32>
func.func @integers(%x: tensor<1x2x3xi8>, %w: tensor<2x2x2xi8>) -> tensor<1x2x6xi32> {
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<1x2x3xi8>, tensor<2x2x2xi8>) -> tensor<1x2x6xi32>
  return %y : tensor<1x2x6xi32>
}
