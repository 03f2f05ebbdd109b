// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed algorithm=phases" -split-input-file | FileCheck %s

// What is not tconv's passes through the pipeline, simplified but with its meaning.
// CHECK-LABEL: @around
// CHECK: linalg.matmul
// CHECK: tensor.extract_slice
// CHECK: return
func.func @around(%a: tensor<4x4xf32>, %i: index) -> tensor<2x4xf32> {
  %0 = linalg.matmul ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%a : tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = tensor.extract_slice %0[%i, 0] [2, 4] [1, 1] : tensor<4x4xf32> to tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// -----

// Two functions, one calling the other, with a layer each.
// CHECK-LABEL: @outer
// CHECK-COUNT-2: linalg.conv_1d_ncw_fcw
func.func private @inner(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x4xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}
func.func @outer(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x4xf32> {
  %y = call @inner(%x, %w) : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %z = tconv.conv_transpose %y, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return %z : tensor<1x1x4xf32>
}
