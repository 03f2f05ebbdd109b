// RUN: tconv-opt %s -tconv-raise-linalg -canonicalize -split-input-file | FileCheck %s
// RUN: tconv-opt %s -linalg-generalize-named-ops -canonicalize -cse -tconv-raise-linalg \
// RUN:   -canonicalize -split-input-file | FileCheck %s

// What torch-mlir writes: zeros, a strided insert_slice, a filter read backwards through
// tensor.extract, and a convolution that starts with the bias. Raised from named ops, and
// after they have been generalised and canonicalised.
// CHECK-LABEL: @torch_mlir
// CHECK-SAME: %[[X:.*]]: tensor<1x2x4x4xf32>, %[[W:.*]]: tensor<2x3x3x3xf32>, %[[B:.*]]: tensor<3xf32>
// CHECK-NEXT: %[[Y:.*]] = tconv.conv_transpose %[[X]], %[[W]], %[[B]] stride [2, 2] padding {{\[}}[1, 0], [1, 0]]
// CHECK-NEXT: return %[[Y]]
func.func @torch_mlir(%x: tensor<1x2x4x4xf32>, %w: tensor<2x3x3x3xf32>, %b: tensor<3xf32>)
    -> tensor<1x3x8x8xf32> {
  %zero = arith.constant 0.0 : f32
  %c2 = arith.constant 2 : index
  %we = tensor.empty() : tensor<3x2x3x3xf32>
  %wz = linalg.fill ins(%zero : f32) outs(%we : tensor<3x2x3x3xf32>) -> tensor<3x2x3x3xf32>
  %rotated = linalg.generic {
      indexing_maps = [affine_map<(a, b, c, d) -> (a, b, c, d)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      outs(%wz : tensor<3x2x3x3xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = linalg.index 2 : index
    %l = linalg.index 3 : index
    %kr = arith.subi %c2, %k : index
    %lr = arith.subi %c2, %l : index
    %v = tensor.extract %w[%j, %i, %kr, %lr] : tensor<2x3x3x3xf32>
    linalg.yield %v : f32
  } -> tensor<3x2x3x3xf32>
  %xe = tensor.empty() : tensor<1x2x10x10xf32>
  %xz = linalg.fill ins(%zero : f32) outs(%xe : tensor<1x2x10x10xf32>) -> tensor<1x2x10x10xf32>
  %spread = tensor.insert_slice %x into %xz[0, 0, 1, 1] [1, 2, 4, 4] [1, 1, 2, 2]
      : tensor<1x2x4x4xf32> into tensor<1x2x10x10xf32>
  %ye = tensor.empty() : tensor<1x3x8x8xf32>
  %init = linalg.broadcast ins(%b : tensor<3xf32>) outs(%ye : tensor<1x3x8x8xf32>)
      dimensions = [0, 2, 3]
  %y = linalg.conv_2d_nchw_fchw ins(%spread, %rotated : tensor<1x2x10x10xf32>, tensor<3x2x3x3xf32>)
      outs(%init : tensor<1x3x8x8xf32>) -> tensor<1x3x8x8xf32>
  return %y : tensor<1x3x8x8xf32>
}

// -----

// Sizes that are known at run time: those of the padded input and of the result are proved to
// follow from the input's.
// CHECK-LABEL: @dynamic
// CHECK-SAME: %[[X:.*]]: tensor<?x2x?xf32>, %[[W:.*]]: tensor<3x2x4xf32>
// CHECK: %[[F:.*]] = linalg.transpose ins(%[[W]]
// CHECK: tconv.conv_transpose %[[X]], %{{.*}} stride [3] padding [1]
// CHECK-SAME: (tensor<?x2x?xf32>, tensor<2x3x4xf32>) -> tensor<?x3x?xf32>
func.func @dynamic(%x: tensor<?x2x?xf32>, %w: tensor<3x2x4xf32>) -> tensor<?x3x?xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %n = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %size = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %rotated = linalg.generic {
      indexing_maps = [affine_map<(a, b, c) -> (a, b, -c + 3)>, affine_map<(a, b, c) -> (a, b, c)>],
      iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%w : tensor<3x2x4xf32>) outs(%w : tensor<3x2x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<3x2x4xf32>
  %less = arith.subi %size, %c1 : index
  %steps = arith.muli %less, %c3 : index
  %padded = arith.addi %steps, %c5 : index
  %xe = tensor.empty(%n, %padded) : tensor<?x2x?xf32>
  %xz = linalg.fill ins(%zero : f32) outs(%xe : tensor<?x2x?xf32>) -> tensor<?x2x?xf32>
  %spread = tensor.insert_slice %x into %xz[0, 0, 2] [%n, 2, %size] [1, 1, 3]
      : tensor<?x2x?xf32> into tensor<?x2x?xf32>
  %positions = arith.addi %steps, %c2 : index
  %ye = tensor.empty(%n, %positions) : tensor<?x3x?xf32>
  %init = linalg.fill ins(%zero : f32) outs(%ye : tensor<?x3x?xf32>) -> tensor<?x3x?xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %rotated : tensor<?x2x?xf32>, tensor<3x2x4xf32>)
      outs(%init : tensor<?x3x?xf32>) -> tensor<?x3x?xf32>
  return %y : tensor<?x3x?xf32>
}

// -----

// Groups as a dimension of their own, on all three tensors, are joined with the channels.
// CHECK-LABEL: @groups
// CHECK-SAME: %[[X:.*]]: tensor<1x4x3xf32>, %[[W:.*]]: tensor<4x5x2xf32>
// CHECK-NEXT: %[[Y:.*]] = tconv.conv_transpose %[[X]], %[[W]] stride [2] groups 2
// CHECK-SAME: -> tensor<1x10x6xf32>
// CHECK-NEXT: return %[[Y]]
func.func @groups(%x: tensor<1x4x3xf32>, %w: tensor<4x5x2xf32>) -> tensor<1x10x6xf32> {
  %zero = arith.constant 0.0 : f32
  %wg = tensor.expand_shape %w [[0, 1], [2], [3]] output_shape [2, 2, 5, 2]
      : tensor<4x5x2xf32> into tensor<2x2x5x2xf32>
  %we = tensor.empty() : tensor<2x5x2x2xf32>
  %rotated = linalg.generic {
      indexing_maps = [affine_map<(a, b, c, d) -> (a, c, b, -d + 1)>,
                       affine_map<(a, b, c, d) -> (a, b, c, d)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%wg : tensor<2x2x5x2xf32>) outs(%we : tensor<2x5x2x2xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x5x2x2xf32>
  %xe = tensor.empty() : tensor<1x4x7xf32>
  %xz = linalg.fill ins(%zero : f32) outs(%xe : tensor<1x4x7xf32>) -> tensor<1x4x7xf32>
  %spread = tensor.insert_slice %x into %xz[0, 0, 1] [1, 4, 3] [1, 1, 2]
      : tensor<1x4x3xf32> into tensor<1x4x7xf32>
  %xg = tensor.expand_shape %spread [[0], [1, 2], [3]] output_shape [1, 2, 2, 7]
      : tensor<1x4x7xf32> into tensor<1x2x2x7xf32>
  %ye = tensor.empty() : tensor<1x2x5x6xf32>
  %init = linalg.fill ins(%zero : f32) outs(%ye : tensor<1x2x5x6xf32>) -> tensor<1x2x5x6xf32>
  %y = linalg.generic {
      indexing_maps = [affine_map<(n, g, o, p, i, k) -> (n, g, i, p + k)>,
                       affine_map<(n, g, o, p, i, k) -> (g, o, i, k)>,
                       affine_map<(n, g, o, p, i, k) -> (n, g, o, p)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%xg, %rotated : tensor<1x2x2x7xf32>, tensor<2x5x2x2xf32>)
      outs(%init : tensor<1x2x5x6xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %product = arith.mulf %a, %b : f32
    %sum = arith.addf %product, %out : f32
    linalg.yield %sum : f32
  } -> tensor<1x2x5x6xf32>
  %joined = tensor.collapse_shape %y [[0], [1, 2], [3]]
      : tensor<1x2x5x6xf32> into tensor<1x10x6xf32>
  return %joined : tensor<1x10x6xf32>
}

// -----

// Zeros by way of a padded dimension that is joined with another, as reshapes in other
// dialects say it, and then cropped: padding beyond the halo.
// CHECK-LABEL: @zeros_by_reshape
// CHECK-SAME: %[[X:.*]]: tensor<1x2x4xf32>
// CHECK: tconv.conv_transpose %[[X]], %{{.*}} stride [2] padding {{\[}}[2, 1]]
func.func @zeros_by_reshape(%x: tensor<1x2x4xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x5xf32> {
  %zero = arith.constant 0.0 : f32
  %column = tensor.expand_shape %x [[0], [1], [2, 3]] output_shape [1, 2, 4, 1]
      : tensor<1x2x4xf32> into tensor<1x2x4x1xf32>
  %pairs = tensor.pad %column low[0, 0, 0, 0] high[0, 0, 0, 1] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x2x4x1xf32> to tensor<1x2x4x2xf32>
  %spread = tensor.collapse_shape %pairs [[0], [1], [2, 3]]
      : tensor<1x2x4x2xf32> into tensor<1x2x8xf32>
  %cropped = tensor.extract_slice %spread[0, 0, 1] [1, 2, 6] [1, 1, 1]
      : tensor<1x2x8xf32> to tensor<1x2x6xf32>
  %ye = tensor.empty() : tensor<1x3x5xf32>
  %init = linalg.fill ins(%zero : f32) outs(%ye : tensor<1x3x5xf32>) -> tensor<1x3x5xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%cropped, %w : tensor<1x2x6xf32>, tensor<3x2x2xf32>)
      outs(%init : tensor<1x3x5xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// -----

// What the sums start with is added, if it is neither zeros nor a bias.
// CHECK-LABEL: @accumulated
// CHECK-SAME: %[[X:.*]]: tensor<1x2x3xf32>, %[[W:.*]]: tensor<1x2x2xf32>, %[[A:.*]]: tensor<1x1x6xf32>
// CHECK: %[[Y:.*]] = tconv.conv_transpose %[[X]], %{{.*}} stride [2]
// CHECK: %[[SUM:.*]] = arith.addf %[[Y]], %[[A]]
// CHECK: return %[[SUM]]
func.func @accumulated(%x: tensor<1x2x3xf32>, %w: tensor<1x2x2xf32>, %a: tensor<1x1x6xf32>)
    -> tensor<1x1x6xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x7xf32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf32> into tensor<1x2x7xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x7xf32>, tensor<1x2x2xf32>)
      outs(%a : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}

// -----

// f16 that is summed in f32 becomes a layer of f32: the op's f16 would round.
// CHECK-LABEL: @wide_sums
// CHECK-DAG: arith.extf %{{.*}} : tensor<1x2x3xf16> to tensor<1x2x3xf32>
// CHECK-DAG: arith.extf %{{.*}} : tensor<2x1x2xf16> to tensor<2x1x2xf32>
// CHECK: tconv.conv_transpose {{.*}} -> tensor<1x1x6xf32>
func.func @wide_sums(%x: tensor<1x2x3xf16>, %w: tensor<1x2x2xf16>) -> tensor<1x1x6xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x7xf16>
  %start = arith.constant dense<0.0> : tensor<1x1x6xf32>
  %spread = tensor.insert_slice %x into %zero[0, 0, 1] [1, 2, 3] [1, 1, 2]
      : tensor<1x2x3xf16> into tensor<1x2x7xf16>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %w : tensor<1x2x7xf16>, tensor<1x2x2xf16>)
      outs(%start : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}
