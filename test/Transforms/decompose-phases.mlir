// RUN: tconv-opt %s -tconv-decompose-phases=max-unrolled-phases=4 -split-input-file | FileCheck %s

// Four phases, each a 2x2 convolution of the input with every second tap; they cover
// the result, which needs no fill. Phase (0, 0) starts at output (1, 1): 0*2 - 1 is cut off.
// CHECK-DAG: #[[$EVEN_EVEN:.*]] = affine_map<(d0, d1, d2, d3) -> (d1, d0, d2 * -2 + 2, d3 * -2 + 2)>
// CHECK-DAG: #[[$ODD_ODD:.*]] = affine_map<(d0, d1, d2, d3) -> (d1, d0, d2 * -2 + 3, d3 * -2 + 3)>
// CHECK-LABEL: @house
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x4x4xf32>, %[[W:[^:]*]]: tensor<1x1x4x4xf32>
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<1x1x8x8xf32>
// CHECK: %[[PADDED:.*]] = tensor.pad %[[X]] low[0, 0, 1, 1] high[0, 0, 1, 1]
// CHECK: %[[SLAB:.*]] = tensor.extract_slice %[[PADDED]][0, 0, 1, 1] [1, 1, 5, 5] [1, 1, 1, 1]
// CHECK: %[[TAPS:.*]] = linalg.generic {indexing_maps = [#[[$EVEN_EVEN]], {{.*}} ins(%[[W]]
// CHECK: %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<1x1x4x4xf32>
// CHECK: %[[PHASE:.*]] = linalg.conv_2d_nchw_fchw {{.*}} ins(%[[SLAB]], %[[TAPS]] {{.*}} outs(%[[ZERO]]
// CHECK: tensor.insert_slice %[[PHASE]] into %[[EMPTY]][0, 0, 1, 1] [1, 1, 4, 4] [1, 1, 2, 2]
// CHECK: tensor.insert_slice %{{.*}}[0, 0, 1, 0] [1, 1, 4, 4] [1, 1, 2, 2]
// CHECK: tensor.insert_slice %{{.*}}[0, 0, 0, 1] [1, 1, 4, 4] [1, 1, 2, 2]
// CHECK: linalg.generic {indexing_maps = [#[[$ODD_ODD]],
// CHECK: %[[Y:.*]] = tensor.insert_slice %{{.*}}[0, 0, 0, 0] [1, 1, 4, 4] [1, 1, 2, 2]
// CHECK: return %[[Y]]
func.func @house(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}

// -----

// A stride beyond the kernel leaves elements without a tap: they hold the bias.
// CHECK: #[[$CHANNEL:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK-LABEL: @stride_beyond_kernel
// CHECK-SAME: %[[X:[^:]*]]: {{.*}}, %[[W:[^:]*]]: {{.*}}, %[[B:[^:]*]]: tensor<1xf32>
// CHECK: %[[BIAS:.*]] = linalg.generic {indexing_maps = [#[[$CHANNEL]], {{.*}} ins(%[[B]] : tensor<1xf32>) outs(%{{.*}} : tensor<1x1x11xf32>)
// CHECK: %[[Y0:.*]] = tensor.insert_slice %{{.*}} into %[[BIAS]][0, 0, 0] [1, 1, 4] [1, 1, 3]
// CHECK: tensor.insert_slice %{{.*}} into %[[Y0]][0, 0, 1] [1, 1, 4] [1, 1, 3]
// CHECK-NOT: insert_slice
// CHECK: return
func.func @stride_beyond_kernel(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>, %b: tensor<1xf32>)
    -> tensor<1x1x11xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [3]
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x1x11xf32>
  return %y : tensor<1x1x11xf32>
}

// -----

// gcd(4, 6) = 2: two phases with every second tap and dilation 3; odd outputs have no
// tap and are filled.
// CHECK-LABEL: @dilation_with_common_divisor
// CHECK: %[[FILLED:.*]] = linalg.fill {{.*}} -> tensor<1x1x37xf32>
// CHECK: linalg.conv_1d_ncw_fcw {dilations = dense<3> : tensor<1xi64>, strides = dense<1> : tensor<1xi64>} ins({{.*}}, tensor<1x1x3xf32>)
// CHECK: %[[Y0:.*]] = tensor.insert_slice %{{.*}} into %[[FILLED]][0, 0, 0] [1, 1, 10] [1, 1, 4]
// CHECK: linalg.conv_1d_ncw_fcw {dilations = dense<3> {{.*}}, tensor<1x1x2xf32>)
// CHECK: tensor.insert_slice %{{.*}} into %[[Y0]][0, 0, 6] [1, 1, 7] [1, 1, 4]
// CHECK-NOT: insert_slice
// CHECK: return
func.func @dilation_with_common_divisor(%x: tensor<1x1x4xf32>, %w: tensor<1x1x5xf32>) -> tensor<1x1x37xf32> {
  %y = tconv.conv_transpose %x, %w stride [4] dilation [6]
      : (tensor<1x1x4xf32>, tensor<1x1x5xf32>) -> tensor<1x1x37xf32>
  return %y : tensor<1x1x37xf32>
}

// -----

// Padding that crops: the outer elements of the input are not read.
// CHECK-LABEL: @cropped
// CHECK-NOT: tensor.pad
// CHECK-COUNT-2: tensor.extract_slice %{{.*}}[0, 0, 1] [1, 1, 2] [1, 1, 1] : tensor<1x1x4xf32>
func.func @cropped(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x4xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [2]
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}

// -----

// Negative padding: what it adds is filled, not computed.
// CHECK-LABEL: @grown
// CHECK: linalg.fill {{.*}} -> tensor<1x1x12xf32>
// CHECK: tensor.insert_slice {{.*}}[0, 0, 2] [1, 1, 4] [1, 1, 2]
// CHECK: tensor.insert_slice {{.*}}[0, 0, 3] [1, 1, 4] [1, 1, 2]
func.func @grown(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x12xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [-2]
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x12xf32>
  return %y : tensor<1x1x12xf32>
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
