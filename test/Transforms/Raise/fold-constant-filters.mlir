// RUN: tconv-opt %s -tconv-fold-constant-filters -canonicalize -split-input-file | FileCheck %s

// A constant filter is transposed and reversed while compiling: its two taps change places,
// and so do its channels.
// CHECK-LABEL: @transposed
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[}}2.000000e+00, 1.000000e+00], [4.000000e+00, 3.000000e+00], [6.000000e+00, 5.000000e+00]]]> : tensor<1x3x2xf32>
// CHECK: tconv.conv_transpose %{{.*}}, %[[W]]
func.func @transposed(%x: tensor<1x1x4xf32>) -> tensor<1x3x5xf32> {
  %w = arith.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xf32>
  %init = tensor.empty() : tensor<1x3x2xf32>
  %f = linalg.generic {
      indexing_maps = [affine_map<(a, b, c) -> (b, a, -c + 1)>, affine_map<(a, b, c) -> (a, b, c)>],
      iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%w : tensor<3x1x2xf32>) outs(%init : tensor<1x3x2xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x3x2xf32>
  %y = tconv.conv_transpose %x, %f : (tensor<1x1x4xf32>, tensor<1x3x2xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// -----

// Groups that were a dimension of their own; numbers of a resource.
// CHECK-LABEL: @groups
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[}}1], [3]], {{\[\[}}2], [4]], {{\[\[}}5], [7]], {{\[\[}}6], [8]]]> : tensor<4x2x1xi8>
// CHECK: tconv.conv_transpose %{{.*}}, %[[W]]
func.func @groups(%x: tensor<1x4x3xi8>) -> tensor<1x4x3xi32> {
  %w = arith.constant dense_resource<w> : tensor<2x2x2x1xi8>
  %init = tensor.empty() : tensor<2x2x2x1xi8>
  %t = linalg.transpose ins(%w : tensor<2x2x2x1xi8>) outs(%init : tensor<2x2x2x1xi8>)
      permutation = [0, 2, 1, 3]
  %f = tensor.collapse_shape %t [[0, 1], [2], [3]] : tensor<2x2x2x1xi8> into tensor<4x2x1xi8>
  %y = tconv.conv_transpose %x, %f groups 2
      : (tensor<1x4x3xi8>, tensor<4x2x1xi8>) -> tensor<1x4x3xi32>
  return %y : tensor<1x4x3xi32>
}

{-#
  dialect_resources: { builtin: { w: "0x010000000102030405060708" } }
#-}

// -----

// A filter that is an argument stays as it is.
// CHECK-LABEL: @argument
// CHECK: linalg.transpose
func.func @argument(%x: tensor<1x1x4xf32>, %w: tensor<3x1x2xf32>) -> tensor<1x3x5xf32> {
  %init = tensor.empty() : tensor<1x3x2xf32>
  %f = linalg.transpose ins(%w : tensor<3x1x2xf32>) outs(%init : tensor<1x3x2xf32>)
      permutation = [1, 0, 2]
  %y = tconv.conv_transpose %x, %f : (tensor<1x1x4xf32>, tensor<1x3x2xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}
