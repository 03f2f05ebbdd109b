// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-lower-to-stablehlo -split-input-file | FileCheck %s
// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-lower-to-stablehlo -tconv-raise-stablehlo \
// RUN:   -canonicalize -split-input-file | FileCheck %s --check-prefix=BACK
// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-lower-to-stablehlo -split-input-file \
// RUN:   --remarks-filter='tconv-lower-to-stablehlo' --remark-policy=all 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: not tconv-opt %s -tconv-lower-to-stablehlo 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: expected --allow-unregistered-dialect: StableHLO is not here

// Every attribute can be said, and comes back; output padding as less padding.
// CHECK-LABEL: @attributes
// CHECK: "stablehlo.convolution"(%arg0, %{{.*}}) <{batch_group_count = 1 : i64,
// CHECK-SAME: dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[i, o, 0, 1]->[b, 0, 1, f]>
// CHECK-SAME: feature_group_count = 2 : i64
// CHECK: "stablehlo.add"
// CHECK-NOT: tconv.conv_transpose
// BACK-LABEL: @attributes
// BACK: %[[Y:.*]] = tconv.conv_transpose %arg0, %arg1 stride [2, 3] padding {{\[}}[1, 0], [0, -1]] dilation [2, 1] groups 2 channels_last
func.func @attributes(%x: tensor<1x3x4x4xf32>, %w: tensor<4x3x3x2xf32>, %b: tensor<6xf32>)
    -> tensor<1x8x12x6xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 3] padding [[1, 0], [0, 0]] dilation [2, 1] output_padding [0, 1] groups 2 channels_last
      : (tensor<1x3x4x4xf32>, tensor<4x3x3x2xf32>, tensor<6xf32>) -> tensor<1x8x12x6xf32>
  return %y : tensor<1x8x12x6xf32>
}

// -----

// CHECK-LABEL: @dynamic
// CHECK: "stablehlo.convolution"(%arg0, %arg1)
// BACK-LABEL: @dynamic
// BACK-NEXT: tconv.conv_transpose %arg0, %arg1 stride [2] padding [1] : (tensor<?x3x?xf32>, tensor<3x4x4xf32>) -> tensor<?x4x?xf32>
func.func @dynamic(%x: tensor<?x3x?xf32>, %w: tensor<3x4x4xf32>) -> tensor<?x4x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<?x3x?xf32>, tensor<3x4x4xf32>) -> tensor<?x4x?xf32>
  return %y : tensor<?x4x?xf32>
}

// -----

// REMARK: Reason="its filter, or the result that a bias is added to, has unknown sizes"
func.func @unknown(%x: tensor<1x3x5xf32>, %w: tensor<3x4x?xf32>) -> tensor<1x4x?xf32> {
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x3x5xf32>, tensor<3x4x?xf32>) -> tensor<1x4x?xf32>
  return %y : tensor<1x4x?xf32>
}

// -----

// REMARK: Reason="its bytes are unsigned or have zero points", Remark="StableHLO cannot say the layer: "
func.func @zero_points(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) -> tensor<1x1x7xi32> {
  %y = tconv.conv_transpose %x, %w input_zero_point 1
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return %y : tensor<1x1x7xi32>
}
