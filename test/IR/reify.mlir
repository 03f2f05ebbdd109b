// RUN: tconv-opt %s -resolve-ranked-shaped-type-result-dims -canonicalize | FileCheck %s

// Sizes of the result are computed from the operands' sizes, by the formula.
// CHECK-DAG: #[[$HEIGHT:.*]] = affine_map<()[s0, s1] -> (s0 * 2 + s1 * 3 - 5)>
// CHECK-DAG: #[[$WIDTH:.*]] = affine_map<()[s0] -> (s0 + 2)>
// CHECK-DAG: #[[$CHANNELS:.*]] = affine_map<()[s0] -> (s0 * 2)>

// CHECK-LABEL: @dynamic
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x?x?x?xf32>, %[[W:[^:]*]]: tensor<?x?x?x3xf32>
func.func @dynamic(%x: tensor<?x?x?x?xf32>, %w: tensor<?x?x?x3xf32>) -> (index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  // CHECK-NOT: tconv
  %y = tconv.conv_transpose %x, %w stride [2, 1] padding [[0, 1], 0] dilation [3, 1]
      output_padding [0, 0] groups 2
      : (tensor<?x?x?x?xf32>, tensor<?x?x?x3xf32>) -> tensor<?x?x?x?xf32>
  // CHECK-DAG: %[[N:.*]] = tensor.dim %[[X]], %c0
  // CHECK-DAG: %[[CO:.*]] = tensor.dim %[[W]], %c1
  // CHECK-DAG: %[[CHANNELS_SIZE:.*]] = affine.apply #[[$CHANNELS]]()[%[[CO]]]
  // CHECK-DAG: %[[I:.*]] = tensor.dim %[[X]], %c2
  // CHECK-DAG: %[[K:.*]] = tensor.dim %[[W]], %c2
  // CHECK-DAG: %[[H:.*]] = affine.apply #[[$HEIGHT]]()[%[[I]], %[[K]]]
  // CHECK-DAG: %[[J:.*]] = tensor.dim %[[X]], %c3
  // CHECK-DAG: %[[V:.*]] = affine.apply #[[$WIDTH]]()[%[[J]]]
  %n = tensor.dim %y, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %y, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %y, %c2 : tensor<?x?x?x?xf32>
  %v = tensor.dim %y, %c3 : tensor<?x?x?x?xf32>
  // CHECK: return %[[N]], %[[CHANNELS_SIZE]], %[[H]], %[[V]]
  return %n, %c, %h, %v : index, index, index, index
}

// With channels last, the channels are the last dimension.
// CHECK-LABEL: @channels_last
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x?x?xf32>, %[[W:[^:]*]]: tensor<?x?x3xf32>
func.func @channels_last(%x: tensor<1x?x?xf32>, %w: tensor<?x?x3xf32>) -> (index, index) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %y = tconv.conv_transpose %x, %w channels_last : (tensor<1x?x?xf32>, tensor<?x?x3xf32>) -> tensor<1x?x?xf32>
  // CHECK-DAG: %[[I:.*]] = tensor.dim %[[X]], %c1
  // CHECK-DAG: %[[SIZE:.*]] = affine.apply #[[$WIDTH]]()[%[[I]]]
  // CHECK-DAG: %[[CO:.*]] = tensor.dim %[[W]], %c1
  %size = tensor.dim %y, %c1 : tensor<1x?x?xf32>
  %co = tensor.dim %y, %c2 : tensor<1x?x?xf32>
  // CHECK: return %[[SIZE]], %[[CO]]
  return %size, %co : index, index
}

// Sizes that the result type states are constants, whatever the operands are.
// CHECK-LABEL: @static_result
// CHECK: return %c7
func.func @static_result(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> index {
  %c2 = arith.constant 2 : index
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  %size = tensor.dim %y, %c2 : tensor<1x1x7xf32>
  return %size : index
}
