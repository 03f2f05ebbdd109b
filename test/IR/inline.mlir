// RUN: tconv-opt %s -inline | FileCheck %s

// A function that holds a layer is inlined like any other.
// CHECK-LABEL: @caller
// CHECK-NOT: call
// CHECK: tconv.conv_transpose
// CHECK: return
func.func private @layer(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
func.func @caller(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x?xf32> {
  %y = call @layer(%x, %w) : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
