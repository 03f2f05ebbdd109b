// RUN: tconv-opt %s -tconv-raise-linalg -canonicalize --split-input-file | FileCheck %s

// Every element twice, then three taps: two taps of their sums for each element of the result.
// CHECK-LABEL: @quotients
// CHECK-SAME: (%[[X:.*]]: tensor<1x1x4xf32>)
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[\[}}1.000000e+00, 3.000000e+00, 6.000000e+00, 4.000000e+00]]]> : tensor<1x1x4xf32>
// CHECK: tconv.conv_transpose %[[X]], %{{.*}} stride [2] padding [1] :
// CHECK-SAME: -> tensor<1x1x8xf32>
func.func @quotients(%x: tensor<1x1x4xf32>) -> tensor<1x1x8xf32> {
  %w = arith.constant dense<[[[1.0, 2.0, 4.0]]]> : tensor<1x1x3xf32>
  %zero = arith.constant 0.0 : f32
  %two = arith.constant 2 : index
  %empty = tensor.empty() : tensor<1x1x8xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
  %up = linalg.generic {
      indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>],
      iterator_types = ["parallel", "parallel", "parallel"]} outs(%empty : tensor<1x1x8xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = linalg.index 2 : index
    %half = arith.divui %k, %two : index
    %element = tensor.extract %x[%i, %j, %half] : tensor<1x1x4xf32>
    linalg.yield %element : f32
  } -> tensor<1x1x8xf32>
  %padded = tensor.pad %up low[0, 0, 1] high[0, 0, 1] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %zero : f32
  } : tensor<1x1x8xf32> to tensor<1x1x10xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%padded, %w : tensor<1x1x10xf32>, tensor<1x1x3xf32>)
      outs(%start : tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
  return %y : tensor<1x1x8xf32>
}

// -----

// JAX repeats one dimension after the other, by new dimensions that are joined; a filter that is
// an argument is summed when the layer runs.
// CHECK-LABEL: @broadcasts
// CHECK-SAME: (%[[X:.*]]: tensor<1x2x2x3xf32>, %[[W:.*]]: tensor<2x1x3x4xf32>
// CHECK: tensor.pad %[[W]] low[0, 0, 0, 0] high[1, 0, 0, 0]
// CHECK: tensor.pad %[[W]] low[1, 0, 0, 0] high[0, 0, 0, 0]
// CHECK: arith.addf {{.*}} : tensor<3x1x3x4xf32>
// CHECK-COUNT-3: tensor.pad %{{.*}} low
// CHECK: tconv.conv_transpose %[[X]], %{{.*}} stride [2, 3] padding [1, 0] channels_last
// CHECK-SAME: -> tensor<1x3x6x4xf32>
#source1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#source2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
#all = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>

func.func @broadcasts(%x: tensor<1x2x2x3xf32>, %w: tensor<2x1x3x4xf32>,
                      %start: tensor<1x3x6x4xf32>) -> tensor<1x3x6x4xf32> {
  %e1 = tensor.empty() : tensor<1x2x2x2x3xf32>
  %rows = linalg.generic {indexing_maps = [#source1, #all], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<1x2x2x3xf32>) outs(%e1 : tensor<1x2x2x2x3xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x2x2x2x3xf32>
  %tall = tensor.collapse_shape %rows [[0], [1, 2], [3], [4]]
      : tensor<1x2x2x2x3xf32> into tensor<1x4x2x3xf32>
  %e2 = tensor.empty() : tensor<1x4x2x3x3xf32>
  %columns = linalg.generic {indexing_maps = [#source2, #all], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%tall : tensor<1x4x2x3xf32>) outs(%e2 : tensor<1x4x2x3x3xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x4x2x3x3xf32>
  %up = tensor.collapse_shape %columns [[0], [1], [2, 3], [4]]
      : tensor<1x4x2x3x3xf32> into tensor<1x4x6x3xf32>
  %y = linalg.conv_2d_nhwc_hwcf ins(%up, %w : tensor<1x4x6x3xf32>, tensor<2x1x3x4xf32>)
      outs(%start : tensor<1x3x6x4xf32>) -> tensor<1x3x6x4xf32>
  return %y : tensor<1x3x6x4xf32>
}

// -----

// Numbers of 16 bits would be rounded once more, a stride takes other elements than a layer, and
// what is repeated along the channels is not along the width.
// CHECK-LABEL: @near
// CHECK-NOT: tconv.conv_transpose
// CHECK: return
#first = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#middle = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#four = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

func.func @near(%h: tensor<1x1x4xf16>, %v: tensor<1x1x3xf16>, %x: tensor<1x1x4xf32>,
                %w: tensor<1x1x3xf32>, %w2: tensor<1x2x3xf32>, %s1: tensor<1x1x6xf16>,
                %s2: tensor<1x1x3xf32>, %s3: tensor<1x1x2xf32>)
    -> (tensor<1x1x6xf16>, tensor<1x1x3xf32>, tensor<1x1x2xf32>) {
  %e1 = tensor.empty() : tensor<1x1x4x2xf16>
  %halves = linalg.generic {indexing_maps = [#first, #four], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%h : tensor<1x1x4xf16>) outs(%e1 : tensor<1x1x4x2xf16>) {
  ^bb0(%in: f16, %out: f16):
    linalg.yield %in : f16
  } -> tensor<1x1x4x2xf16>
  %u1 = tensor.collapse_shape %halves [[0], [1], [2, 3]] : tensor<1x1x4x2xf16> into tensor<1x1x8xf16>
  %y1 = linalg.conv_1d_ncw_fcw ins(%u1, %v : tensor<1x1x8xf16>, tensor<1x1x3xf16>)
      outs(%s1 : tensor<1x1x6xf16>) -> tensor<1x1x6xf16>
  %e2 = tensor.empty() : tensor<1x1x4x2xf32>
  %twice = linalg.generic {indexing_maps = [#first, #four], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<1x1x4xf32>) outs(%e2 : tensor<1x1x4x2xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x4x2xf32>
  %u2 = tensor.collapse_shape %twice [[0], [1], [2, 3]] : tensor<1x1x4x2xf32> into tensor<1x1x8xf32>
  %y2 = linalg.conv_1d_ncw_fcw {strides = dense<2> : tensor<1xi64>}
      ins(%u2, %w : tensor<1x1x8xf32>, tensor<1x1x3xf32>)
      outs(%s2 : tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  %e3 = tensor.empty() : tensor<1x1x2x4xf32>
  %channels = linalg.generic {indexing_maps = [#middle, #four], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<1x1x4xf32>) outs(%e3 : tensor<1x1x2x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x2x4xf32>
  %u3 = tensor.collapse_shape %channels [[0], [1, 2], [3]] : tensor<1x1x2x4xf32> into tensor<1x2x4xf32>
  %y3 = linalg.conv_1d_ncw_fcw ins(%u3, %w2 : tensor<1x2x4xf32>, tensor<1x2x3xf32>)
      outs(%s3 : tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  return %y1, %y2, %y3 : tensor<1x1x6xf16>, tensor<1x1x3xf32>, tensor<1x1x2xf32>
}
