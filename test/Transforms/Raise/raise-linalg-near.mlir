// RUN: tconv-opt %s -tconv-raise-linalg -split-input-file --remarks-filter='tconv-raise-linalg' \
// RUN:   --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK <%t

// What is near a transposed convolution, but none, stays as it was, and a remark says why.

// REMARK: remark: [Missed] {{.*}}Reason="its stride is 2 in spatial dimension 0, not 1"
// CHECK-LABEL: @strided
// CHECK-NOT: tconv.conv_transpose
func.func @strided(%x: tensor<1x2x3xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x3xf32>)
    -> tensor<1x1x3xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x7xf32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x7xf32>
  %y = linalg.conv_1d_ncw_fcw {dilations = dense<1> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>}
      ins(%spread, %w : tensor<1x2x7xf32>, tensor<1x2x2xf32>)
      outs(%a : tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return %y : tensor<1x1x3xf32>
}

// -----

// REMARK: Reason="no zeros stand between the elements of its input, and its filter is not reversed"
// CHECK-LABEL: @ordinary
// CHECK: linalg.conv_1d_ncw_fcw
func.func @ordinary(%x: tensor<1x2x7xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x6xf32>)
    -> tensor<1x1x6xf32> {
  %y = linalg.conv_1d_ncw_fcw ins(%x, %w : tensor<1x2x7xf32>, tensor<1x2x2xf32>)
      outs(%a : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}

// -----

// Ones between the elements are part of the sums.
// REMARK: Reason="no zeros stand between
// CHECK-LABEL: @ones_between
// CHECK: linalg.conv_1d_ncw_fcw
func.func @ones_between(%x: tensor<1x2x3xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x6xf32>)
    -> tensor<1x1x6xf32> {
  %ones = arith.constant dense<1.0> : tensor<1x2x7xf32>
  %spread = tensor.insert_slice %x into %ones[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x7xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x7xf32>, tensor<1x2x2xf32>)
      outs(%a : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}

// -----

// REMARK: Reason="zeros are added to the batch or the channels of its input"
// CHECK-LABEL: @channels_between
// CHECK: linalg.conv_1d_ncw_fcw
func.func @channels_between(%x: tensor<1x2x3xf32>, %w: tensor<1x3x2xf32>, %a: tensor<1x1x6xf32>)
    -> tensor<1x1x6xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x3x7xf32>
  %spread = tensor.insert_slice %x into %zero[0, 1, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x3x7xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x3x7xf32>, tensor<1x3x2xf32>)
      outs(%a : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}

// -----

// A filter with zeros of its own is dilated by hand; its taps would be others.
// REMARK: Reason="zeros are added to dimension 2 of its filter"
// CHECK-LABEL: @filter_between
// CHECK: linalg.conv_1d_ncw_fcw
func.func @filter_between(%x: tensor<1x2x3xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x5xf32>)
    -> tensor<1x1x5xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x7xf32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x7xf32>
  %wz = arith.constant dense<0.0> : tensor<1x2x3xf32>
  %taps = tensor.insert_slice %w into %wz[0, 0, 0] [1, 2, 2] [1, 1, 2]
      : tensor<1x2x2xf32> into tensor<1x2x3xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %taps : tensor<1x2x7xf32>, tensor<1x2x3xf32>)
      outs(%a : tensor<1x1x5xf32>) -> tensor<1x1x5xf32>
  return %y : tensor<1x1x5xf32>
}

// -----

// REMARK: Reason="the size of its result does not follow from its input's in spatial dimension 0"
// CHECK-LABEL: @unrelated_sizes
// CHECK: linalg.conv_1d_ncw_fcw
func.func @unrelated_sizes(%x: tensor<1x2x3xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x?xf32>,
                           %n: index) -> tensor<1x1x?xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty(%n) : tensor<1x2x?xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x?xf32>) -> tensor<1x2x?xf32>
  %spread = tensor.insert_slice %x into %zeros[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x?xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x?xf32>, tensor<1x2x2xf32>)
      outs(%a : tensor<1x1x?xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// REMARK: Reason="its filter has a spatial dimension of unknown size"
// CHECK-LABEL: @unknown_kernel
// CHECK: linalg.conv_1d_ncw_fcw
func.func @unknown_kernel(%x: tensor<1x2x3xf32>, %w: tensor<1x2x?xf32>, %a: tensor<1x1x?xf32>)
    -> tensor<1x1x?xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x7xf32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x7xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x7xf32>, tensor<1x2x?xf32>)
      outs(%a : tensor<1x1x?xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// Types that the op does not have: its verifier's message is the reason.
// REMARK: Reason="expected an input of f64, f32, f16, bf16 or i8, got i32"
// CHECK-LABEL: @wide_integers
// CHECK: linalg.conv_1d_ncw_fcw
func.func @wide_integers(%x: tensor<1x2x3xi32>, %w: tensor<1x2x2xi32>, %a: tensor<1x1x6xi32>)
    -> tensor<1x1x6xi32> {
  %zero = arith.constant dense<0> : tensor<1x2x7xi32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xi32> into tensor<1x2x7xi32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x7xi32>, tensor<1x2x2xi32>)
      outs(%a : tensor<1x1x6xi32>) -> tensor<1x1x6xi32>
  return %y : tensor<1x1x6xi32>
}

// -----

// REMARK: Reason="its input is read along a diagonal"
// CHECK-LABEL: @diagonal
// CHECK: linalg.generic
func.func @diagonal(%x: tensor<7x6xf32>, %w: tensor<2xf32>, %a: tensor<6xf32>) -> tensor<6xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(p, k) -> (p + k, p)>, affine_map<(p, k) -> (k)>,
                       affine_map<(p, k) -> (p)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%x, %w : tensor<7x6xf32>, tensor<2xf32>) outs(%a : tensor<6xf32>) {
  ^bb0(%in: f32, %tap: f32, %out: f32):
    %product = arith.mulf %in, %tap : f32
    %sum = arith.addf %product, %out : f32
    linalg.yield %sum : f32
  } -> tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

// REMARK: Reason="dimension 0 of its input is not read at a sum of a position and a tap"
// CHECK-LABEL: @two_taps
// CHECK: linalg.generic
func.func @two_taps(%x: tensor<3xf32>, %w: tensor<2x2xf32>, %a: tensor<6xf32>) -> tensor<6xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(p, k, l) -> (k + l)>, affine_map<(p, k, l) -> (k, l)>,
                       affine_map<(p, k, l) -> (p)>],
      iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%x, %w : tensor<3xf32>, tensor<2x2xf32>) outs(%a : tensor<6xf32>) {
  ^bb0(%in: f32, %tap: f32, %out: f32):
    %product = arith.mulf %in, %tap : f32
    %sum = arith.addf %product, %out : f32
    linalg.yield %sum : f32
  } -> tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

// REMARK: Reason="loop 2 is none of a convolution"
// CHECK-LABEL: @summed_input
// CHECK: linalg.generic
func.func @summed_input(%x: tensor<7x3xf32>, %w: tensor<2xf32>, %a: tensor<6xf32>)
    -> tensor<6xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(p, k, c) -> (p + k, c)>, affine_map<(p, k, c) -> (k)>,
                       affine_map<(p, k, c) -> (p)>],
      iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%x, %w : tensor<7x3xf32>, tensor<2xf32>) outs(%a : tensor<6xf32>) {
  ^bb0(%in: f32, %tap: f32, %out: f32):
    %product = arith.mulf %in, %tap : f32
    %sum = arith.addf %product, %out : f32
    linalg.yield %sum : f32
  } -> tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

// A payload that does more than multiply and add is no convolution at all.
// REMARK-NOT: remark:
// CHECK-LABEL: @other_payload
// CHECK: linalg.generic
func.func @other_payload(%x: tensor<7xf32>, %w: tensor<2xf32>, %a: tensor<6xf32>) -> tensor<6xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(p, k) -> (p + k)>, affine_map<(p, k) -> (k)>,
                       affine_map<(p, k) -> (p)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%x, %w : tensor<7xf32>, tensor<2xf32>) outs(%a : tensor<6xf32>) {
  ^bb0(%in: f32, %tap: f32, %out: f32):
    %product = arith.maximumf %in, %tap : f32
    %sum = arith.addf %product, %out : f32
    linalg.yield %sum : f32
  } -> tensor<6xf32>
  return %y : tensor<6xf32>
}
