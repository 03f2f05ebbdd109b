// RUN: tconv-opt %s -tconv-tile-convolutions -split-input-file | FileCheck %s

// Batch and output channels become a parallel loop; columns go innermost, behind the
// reductions, so that no sum is reordered.
// CHECK-LABEL: @channels_first
// CHECK-SAME: %[[X:[^:]*]]: {{.*}}, %[[W:[^:]*]]: {{.*}}, %[[INIT:[^:]*]]: tensor<2x32x5x5xf32>
// CHECK: %[[Y:.*]] = scf.forall (%[[N:.*]], %[[CO:.*]]) in (2, 32) shared_outs(%[[OUT:.*]] = %[[INIT]])
// CHECK: %[[X_TILE:.*]] = tensor.extract_slice %[[X]][%[[N]], 0, 0, 0] [1, 3, 8, 8]
// CHECK: %[[W_TILE:.*]] = tensor.extract_slice %[[W]][%[[CO]], 0, 0, 0] [1, 3, 4, 4]
// CHECK: %[[TILE:.*]] = linalg.generic
// CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "parallel"]
// CHECK-SAME: ins(%[[X_TILE]], %[[W_TILE]]
// CHECK: scf.forall.in_parallel
// CHECK: tensor.parallel_insert_slice %[[TILE]] into %[[OUT]][%[[N]], %[[CO]], 0, 0] [1, 1, 5, 5]
// CHECK: return %[[Y]]
func.func @channels_first(%x: tensor<2x3x8x8xf32>, %w: tensor<32x3x4x4xf32>, %init: tensor<2x32x5x5xf32>)
    -> tensor<2x32x5x5xf32> {
  %y = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<2x3x8x8xf32>, tensor<32x3x4x4xf32>)
      outs(%init : tensor<2x32x5x5xf32>) -> tensor<2x32x5x5xf32>
  return %y : tensor<2x32x5x5xf32>
}

// -----

// With channels last, rows are split, and the output channels go innermost.
// CHECK-LABEL: @channels_last
// CHECK: scf.forall (%[[N:.*]], %[[ROW:.*]]) in (2, 5)
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "parallel"]
// CHECK: tensor.parallel_insert_slice %{{.*}}[%[[N]], %[[ROW]], 0, 0] [1, 1, 5, 32]
func.func @channels_last(%x: tensor<2x8x8x3xf32>, %w: tensor<4x4x3x32xf32>, %init: tensor<2x5x5x32xf32>)
    -> tensor<2x5x5x32xf32> {
  %y = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<2x8x8x3xf32>, tensor<4x4x3x32xf32>)
      outs(%init : tensor<2x5x5x32xf32>) -> tensor<2x5x5x32xf32>
  return %y : tensor<2x5x5x32xf32>
}

// -----

// A grouped convolution, already generic, is split over its groups.
// CHECK-LABEL: @groups
// CHECK: scf.forall (%{{.*}}, %{{.*}}) in (2, 4)
// CHECK: linalg.generic
// CHECK-SAME: "reduction", "parallel"]
#x = affine_map<(n, g, co, o, ci, k) -> (n, g, ci, o + k)>
#w = affine_map<(n, g, co, o, ci, k) -> (g, co, ci, k)>
#y = affine_map<(n, g, co, o, ci, k) -> (n, g, co, o)>
func.func @groups(%x: tensor<2x4x3x8xf32>, %w: tensor<4x5x3x4xf32>, %init: tensor<2x4x5x5xf32>)
    -> tensor<2x4x5x5xf32> {
  %y = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel",
                       "parallel", "reduction", "reduction"]}
      ins(%x, %w : tensor<2x4x3x8xf32>, tensor<4x5x3x4xf32>) outs(%init : tensor<2x4x5x5xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %acc, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<2x4x5x5xf32>
  return %y : tensor<2x4x5x5xf32>
}

// -----

// The number of iterations may be known only at run time.
// CHECK-LABEL: @dynamic
// CHECK: %[[N:.*]] = tensor.dim
// CHECK: scf.forall (%{{.*}}, %{{.*}}) in (%[[N]], %{{.*}})
func.func @dynamic(%x: tensor<?x?x?xf32>, %w: tensor<?x?x?xf32>, %init: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %y = linalg.conv_1d_ncw_fcw ins(%x, %w : tensor<?x?x?xf32>, tensor<?x?x?xf32>)
      outs(%init : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %y : tensor<?x?x?xf32>
}

// -----

// Without batch and channels only rows are split, never a reduction: iterations of
// scf.forall do not see each other's sums.
// CHECK-LABEL: @rows_and_columns
// CHECK-NOT: scf.forall (%{{.*}}, %{{.*}}) in (6, 3)
// CHECK: return
func.func @rows_and_columns(%x: tensor<8x8xf32>, %w: tensor<3x3xf32>, %init: tensor<6x6xf32>) -> tensor<6x6xf32> {
  %y = linalg.conv_2d ins(%x, %w : tensor<8x8xf32>, tensor<3x3xf32>)
      outs(%init : tensor<6x6xf32>) -> tensor<6x6xf32>
  return %y : tensor<6x6xf32>
}

// -----

// What is not a convolution, or not on tensors, stays as it is.
// CHECK-LABEL: @unrelated
// CHECK-NOT: scf.forall
// CHECK: linalg.matmul
// CHECK: linalg.conv_1d_ncw_fcw
// CHECK: return
func.func @unrelated(%a: tensor<4x4xf32>, %x: memref<1x1x4xf32>, %w: memref<1x1x2xf32>, %y: memref<1x1x3xf32>)
    -> tensor<4x4xf32> {
  %0 = linalg.matmul ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%a : tensor<4x4xf32>) -> tensor<4x4xf32>
  linalg.conv_1d_ncw_fcw ins(%x, %w : memref<1x1x4xf32>, memref<1x1x2xf32>) outs(%y : memref<1x1x3xf32>)
  return %0 : tensor<4x4xf32>
}
