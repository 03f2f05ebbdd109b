// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-raise-stablehlo -canonicalize -split-input-file \
// RUN:   --remarks-filter='tconv-raise-stablehlo' --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK <%t

// What JAX writes for a gradient: a filter reversed by an op, batch and channels in its own
// order, more padding at one end.
// REMARK: [Passed] {{.*}}stablehlo.convolution is a transposed convolution
// CHECK-LABEL: @jax
// CHECK-SAME: %[[X:.*]]: tensor<1x3x3x6xf32>, %[[W:.*]]: tensor<3x3x2x6xf32>
// CHECK: %[[F:.*]] = linalg.transpose ins(%[[W]] : tensor<3x3x2x6xf32>) {{.*}} permutation = [3, 2, 0, 1]
// CHECK: tconv.conv_transpose %[[X]], %[[F]] stride [2, 2] padding {{\[}}[0, 1], [0, 1]] channels_last
func.func @jax(%x: tensor<1x3x3x6xf32>, %w: tensor<3x3x2x6xf32>) -> tensor<1x6x6x2xf32> {
  %r = "stablehlo.reverse"(%w) <{dimensions = array<i64: 0, 1>}>
      : (tensor<3x3x2x6xf32>) -> tensor<3x3x2x6xf32>
  %y = "stablehlo.convolution"(%x, %r) <{batch_group_count = 1 : i64,
      dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f]>,
      feature_group_count = 1 : i64, lhs_dilation = array<i64: 2, 2>,
      padding = dense<[[2, 1], [2, 1]]> : tensor<2x2xi64>}>
      : (tensor<1x3x3x6xf32>, tensor<3x3x2x6xf32>) -> tensor<1x6x6x2xf32>
  return %y : tensor<1x6x6x2xf32>
}

// -----

// Groups, of which the filter has all outputs in one dimension; the window reads backwards, so
// that the layer's filter is not reversed.
// REMARK: [Passed]
// CHECK-LABEL: @groups
// CHECK: tensor.expand_shape %{{.*}} {{\[}}[0, 1], [2], [3]] output_shape [2, 3, 2, 4]
// CHECK-NOT: affine_map<{{.*}} -d
// CHECK: tconv.conv_transpose {{.*}} stride [2] padding [1] groups 2
func.func @groups(%x: tensor<1x4x5xf32>, %w: tensor<6x2x4xf32>) -> tensor<1x6x10xf32> {
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64,
      dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>,
      feature_group_count = 2 : i64, lhs_dilation = array<i64: 2>,
      padding = dense<2> : tensor<1x2xi64>, window_reversal = array<i1: true>}>
      : (tensor<1x4x5xf32>, tensor<6x2x4xf32>) -> tensor<1x6x10xf32>
  return %y : tensor<1x6x10xf32>
}

// -----

// Unknown sizes that follow from each other.
// REMARK: [Passed]
// CHECK-LABEL: @dynamic
// CHECK: tconv.conv_transpose %arg0, %{{.*}} stride [4] padding [2] channels_last
// CHECK-SAME: -> tensor<?x?x2xf32>
func.func @dynamic(%x: tensor<?x?x3xf32>, %w: tensor<8x3x2xf32>) -> tensor<?x?x2xf32> {
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64,
      dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>,
      feature_group_count = 1 : i64, lhs_dilation = array<i64: 4>,
      padding = dense<5> : tensor<1x2xi64>}>
      : (tensor<?x?x3xf32>, tensor<8x3x2xf32>) -> tensor<?x?x2xf32>
  return %y : tensor<?x?x2xf32>
}

// -----

// REMARK: [Missed] {{.*}}Reason="its stride is 2 in spatial dimension 0, not 1"
// CHECK-LABEL: @window_strides
// CHECK: linalg.generic
// CHECK-NOT: tconv.conv_transpose
func.func @window_strides(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x3xf32> {
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64,
      dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>,
      feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>,
      padding = dense<1> : tensor<1x2xi64>, window_strides = array<i64: 2>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x3xf32>
  return %y : tensor<1x3x3xf32>
}

// -----

// REMARK: [Missed] {{.*}}Reason="it has 2 groups of batches"
// CHECK-LABEL: @batch_groups
// CHECK: linalg.generic
// CHECK-NOT: tconv.conv_transpose
func.func @batch_groups(%x: tensor<2x2x3xf32>, %w: tensor<4x2x2xf32>) -> tensor<1x4x6xf32> {
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 2 : i64,
      dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>,
      feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>,
      padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<2x2x3xf32>, tensor<4x2x2xf32>) -> tensor<1x4x6xf32>
  return %y : tensor<1x4x6xf32>
}

// -----

// What stands around layers is lowered, and what is not known stays.
// CHECK-LABEL: @around
// CHECK: arith.maximumf
// CHECK: "stablehlo.cholesky"
func.func @around(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %zero = "stablehlo.constant"() <{value = dense<0.0> : tensor<f32>}> : () -> tensor<f32>
  %zeros = "stablehlo.broadcast_in_dim"(%zero) <{broadcast_dimensions = array<i64>}>
      : (tensor<f32>) -> tensor<2x2xf32>
  %r = "stablehlo.maximum"(%x, %zeros) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %y = "stablehlo.cholesky"(%r) <{lower = true}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// -----

// What JAX checks of the sizes of a module that it exported is checked, with its message or ours.
// CHECK-LABEL: @assertions
// CHECK: cf.assert %{{.*}}, "expected t >= 1"
// CHECK: cf.assert %{{.*}}, "expected sizes that the module is for"
func.func @assertions(%x: tensor<i1>, %y: tensor<i1>) {
  "stablehlo.custom_call"(%x) <{call_target_name = "shape_assertion", has_side_effect = true}>
      {error_message = "expected t >= 1"} : (tensor<i1>) -> ()
  "stablehlo.custom_call"(%y) <{call_target_name = "shape_assertion", has_side_effect = true}>
      : (tensor<i1>) -> ()
  return
}

// -----

// A stride that is larger than the tensor, and than any sum with it.
// CHECK-LABEL: @far_slice
// CHECK: tensor.extract_slice %arg0[1] [1] [9223372036854775807] : tensor<4xf32> to tensor<1xf32>
func.func @far_slice(%x: tensor<4xf32>) -> tensor<1xf32> {
  %y = "stablehlo.slice"(%x) <{start_indices = array<i64: 1>, limit_indices = array<i64: 4>,
      strides = array<i64: 9223372036854775807>}> : (tensor<4xf32>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}
