// RUN: tconv-opt %s -tconv-insert-zeros -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-decompose-phases -split-input-file | FileCheck %s

// What both decompositions share: every rank and layout has its named convolution, and
// the filter [Ci, Co, K...] is brought into that op's order.

// CHECK-LABEL: @one_group
func.func @one_group(%x: tensor<1x2x4xf32>, %x2: tensor<1x2x4x4xf32>, %x3: tensor<1x2x4x4x4xf32>,
                     %w: tensor<2x3x4xf32>, %w2: tensor<2x3x4x4xf32>, %w3: tensor<2x3x4x4x4xf32>)
    -> (tensor<1x3x7xf32>, tensor<1x3x7x7xf32>, tensor<1x3x7x7x7xf32>) {
  // CHECK: linalg.conv_1d_ncw_fcw {{.*}} ins({{.*}} : tensor<1x2x10xf32>, tensor<3x2x4xf32>)
  %0 = tconv.conv_transpose %x, %w : (tensor<1x2x4xf32>, tensor<2x3x4xf32>) -> tensor<1x3x7xf32>
  // CHECK: linalg.conv_2d_nchw_fchw {{.*}}, tensor<3x2x4x4xf32>)
  %1 = tconv.conv_transpose %x2, %w2 : (tensor<1x2x4x4xf32>, tensor<2x3x4x4xf32>) -> tensor<1x3x7x7xf32>
  // CHECK: linalg.conv_3d_ncdhw_fcdhw {{.*}}, tensor<3x2x4x4x4xf32>)
  %2 = tconv.conv_transpose %x3, %w3
      : (tensor<1x2x4x4x4xf32>, tensor<2x3x4x4x4xf32>) -> tensor<1x3x7x7x7xf32>
  return %0, %1, %2 : tensor<1x3x7xf32>, tensor<1x3x7x7xf32>, tensor<1x3x7x7x7xf32>
}

// -----

// CHECK-LABEL: @one_group_channels_last
func.func @one_group_channels_last(
    %x: tensor<1x4x2xf32>, %x2: tensor<1x4x4x2xf32>, %x3: tensor<1x4x4x4x2xf32>,
    %w: tensor<2x3x4xf32>, %w2: tensor<2x3x4x4xf32>, %w3: tensor<2x3x4x4x4xf32>)
    -> (tensor<1x7x3xf32>, tensor<1x7x7x3xf32>, tensor<1x7x7x7x3xf32>) {
  // CHECK: linalg.conv_1d_nwc_wcf {{.*}} ins({{.*}} : tensor<1x10x2xf32>, tensor<4x2x3xf32>)
  %0 = tconv.conv_transpose %x, %w channels_last
      : (tensor<1x4x2xf32>, tensor<2x3x4xf32>) -> tensor<1x7x3xf32>
  // CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}, tensor<4x4x2x3xf32>)
  %1 = tconv.conv_transpose %x2, %w2 channels_last
      : (tensor<1x4x4x2xf32>, tensor<2x3x4x4xf32>) -> tensor<1x7x7x3xf32>
  // CHECK: linalg.conv_3d_ndhwc_dhwcf {{.*}}, tensor<4x4x4x2x3xf32>)
  %2 = tconv.conv_transpose %x3, %w3 channels_last
      : (tensor<1x4x4x4x2xf32>, tensor<2x3x4x4x4xf32>) -> tensor<1x7x7x7x3xf32>
  return %0, %1, %2 : tensor<1x7x3xf32>, tensor<1x7x7x3xf32>, tensor<1x7x7x7x3xf32>
}

// -----

// Groups become a dimension of their own, of a generic convolution; the bias is its
// initial value.
// CHECK-DAG: #[[$X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d3 + d5)>
// CHECK-DAG: #[[$W:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d2, d4, d5)>
// CHECK-LABEL: @groups
// CHECK-SAME: %[[B:[^:]*]]: tensor<6xf32>
// CHECK: %[[BIAS:.*]] = linalg.generic {{.*}} ins(%[[B]] : tensor<6xf32>) outs(%{{.*}} : tensor<1x6x7xf32>)
// CHECK: %[[SUM:.*]] = tensor.expand_shape %[[BIAS]] {{\[\[}}0], [1, 2], [3]] output_shape [1, 2, 3, 7]
// CHECK: linalg.generic {indexing_maps = [#[[$X]], #[[$W]], {{.*}} ins({{.*}} : tensor<1x2x2x10xf32>, tensor<2x3x2x4xf32>) outs(%[[SUM]]
// CHECK: arith.mulf
// CHECK: arith.addf
// CHECK: tensor.collapse_shape {{.*}} into tensor<1x6x7xf32>
func.func @groups(%b: tensor<6xf32>, %x: tensor<1x4x4xf32>, %w: tensor<4x3x4xf32>) -> tensor<1x6x7xf32> {
  %y = tconv.conv_transpose %x, %w, %b groups 2
      : (tensor<1x4x4xf32>, tensor<4x3x4xf32>, tensor<6xf32>) -> tensor<1x6x7xf32>
  return %y : tensor<1x6x7xf32>
}

// -----

// CHECK-DAG: #[[$X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d4, d2, d5)>
// CHECK-DAG: #[[$W:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d2, d4, d5, d3)>
// CHECK-LABEL: @groups_channels_last
// CHECK: linalg.generic {indexing_maps = [#[[$X]], #[[$W]], {{.*}} ins({{.*}} : tensor<1x10x2x2xf32>, tensor<2x4x2x3xf32>)
// CHECK: tensor.collapse_shape {{.*}} into tensor<1x7x6xf32>
func.func @groups_channels_last(%x: tensor<1x4x4xf32>, %w: tensor<4x3x4xf32>) -> tensor<1x7x6xf32> {
  %y = tconv.conv_transpose %x, %w groups 2 channels_last
      : (tensor<1x4x4xf32>, tensor<4x3x4xf32>) -> tensor<1x7x6xf32>
  return %y : tensor<1x7x6xf32>
}

// -----

// Sizes that the operands imply for each other become static; the result type stays.
// CHECK-LABEL: @implied_sizes
// CHECK: linalg.conv_1d_ncw_fcw {{.*}} ins({{.*}} : tensor<2x3x10xf32>, tensor<5x3x4xf32>) outs({{.*}} : tensor<2x5x7xf32>)
// CHECK: return {{.*}} : tensor<2x?x?xf32>
func.func @implied_sizes(%x: tensor<?x?x4xf32>, %w: tensor<3x?x4xf32>, %b: tensor<5xf32>) -> tensor<2x?x?xf32> {
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<?x?x4xf32>, tensor<3x?x4xf32>, tensor<5xf32>) -> tensor<2x?x?xf32>
  return %y : tensor<2x?x?xf32>
}
