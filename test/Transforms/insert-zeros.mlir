// RUN: tconv-opt %s -tconv-insert-zeros -split-input-file | FileCheck %s

// One zero between elements, two around them, and a convolution with the rotated filter.
// CHECK: #[[$ROTATE:.*]] = affine_map<(d0, d1, d2, d3) -> (d1, d0, -d2 + 3, -d3 + 3)>
// CHECK-LABEL: @house
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x4x4xf32>, %[[W:[^:]*]]: tensor<1x1x4x4xf32>
// CHECK: %[[ZEROS:.*]] = tensor.generate
// CHECK: tensor.yield %{{.*}} : f32
// CHECK-NEXT: } : tensor<1x1x11x11xf32>
// CHECK: %[[KEPT:.*]] = tensor.extract_slice %[[X]][0, 0, 0, 0] [1, 1, 4, 4] [1, 1, 1, 1]
// CHECK: %[[SPREAD:.*]] = tensor.insert_slice %[[KEPT]] into %[[ZEROS]][0, 0, 2, 2] [1, 1, 4, 4] [1, 1, 2, 2]
// CHECK: %[[ROTATED:.*]] = linalg.generic {indexing_maps = [#[[$ROTATE]], {{.*}} ins(%[[W]]
// CHECK: %[[INIT:.*]] = linalg.fill {{.*}} -> tensor<1x1x8x8xf32>
// CHECK: %[[Y:.*]] = linalg.conv_2d_nchw_fchw {{.*}} ins(%[[SPREAD]], %[[ROTATED]] {{.*}} outs(%[[INIT]]
// CHECK: return %[[Y]]
func.func @house(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}

// -----

// Padding beyond the halo crops: the first and the last element fall away.
// CHECK-LABEL: @cropped
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 1] [1, 1, 2] [1, 1, 1]
// CHECK: tensor.insert_slice {{.*}}[0, 0, 1] [1, 1, 2] [1, 1, 2] : tensor<1x1x2xf32> into tensor<1x1x5xf32>
func.func @cropped(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x4xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [2]
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}

// -----

// Negative padding and output padding grow the padded input; dilation widens its halo
// and stays a dilation.
// CHECK-LABEL: @grown
// CHECK: tensor.insert_slice {{.*}}[0, 0, 5] [1, 1, 4] [1, 1, 2] : tensor<1x1x4xf32> into tensor<1x1x17xf32>
// CHECK: linalg.conv_1d_ncw_fcw {dilations = dense<2> : tensor<1xi64>, strides = dense<1> : tensor<1xi64>}
// CHECK-SAME: -> tensor<1x1x13xf32>
func.func @grown(%x: tensor<1x1x4xf32>, %w: tensor<1x1x3xf32>) -> tensor<1x1x13xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [[-1, 0]] dilation [2] output_padding [1]
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x13xf32>
  return %y : tensor<1x1x13xf32>
}

// -----

// Everything is cropped: what is left is a convolution over zeros.
// CHECK-LABEL: @nothing_left
// CHECK-NOT: insert_slice
// CHECK: return
func.func @nothing_left(%x: tensor<1x1x1xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x1xf32> {
  %y = tconv.conv_transpose %x, %w padding [[1, -1]]
      : (tensor<1x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  return %y : tensor<1x1x1xf32>
}

// -----

// Sizes known only at run time are computed.
// CHECK-LABEL: @dynamic
// CHECK: %[[ZEROS:.*]] = tensor.generate %{{.*}}
// CHECK: tensor.insert_slice %{{.*}} into %[[ZEROS]][0, 0, %{{.*}}] [1, 1, %{{.*}}] [1, 1, 2]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x?xf32>)
// CHECK: tensor.extract
// CHECK: linalg.conv_1d_ncw_fcw {{.*}} -> tensor<1x1x?xf32>
func.func @dynamic(%x: tensor<1x1x?xf32>, %w: tensor<1x1x?xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x?xf32>, tensor<1x1x?xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// With no batch there is nothing to compute.
// CHECK-LABEL: @empty_batch
// CHECK-NEXT: %[[Y:.*]] = tensor.empty() : tensor<0x1x7xf32>
// CHECK-NEXT: return %[[Y]]
func.func @empty_batch(%x: tensor<0x1x4xf32>, %w: tensor<1x1x4xf32>) -> tensor<0x1x7xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<0x1x4xf32>, tensor<1x1x4xf32>) -> tensor<0x1x7xf32>
  return %y : tensor<0x1x7xf32>
}

// -----

// Ops of other dialects stay as they are.
// CHECK-LABEL: @unrelated
// CHECK-NEXT: %[[W:.*]] = arith.constant
// CHECK-NEXT: linalg.conv_1d_ncw_fcw ins(%{{.*}}, %[[W]]
// CHECK-NEXT: return
func.func @unrelated(%x: tensor<1x1x4xf32>, %y: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1x1xf32>
  %0 = linalg.conv_1d_ncw_fcw ins(%x, %w : tensor<1x1x4xf32>, tensor<1x1x1xf32>)
      outs(%y : tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  return %0 : tensor<1x1x4xf32>
}
