// RUN: tconv-opt %s -tconv-expand-ops -split-input-file | FileCheck %s

// Ops that stand for others; how is upstream's business.
// CHECK-LABEL: @softmax
// CHECK-NOT: linalg.softmax
// CHECK: math.exp
func.func @softmax(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %r = linalg.softmax dimension(1) ins(%x : tensor<2x4xf32>) outs(%y : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}

// -----

// CHECK-LABEL: @packing
// CHECK-NOT: linalg.pack
// CHECK: linalg.transpose
// CHECK-NOT: linalg.unpack
// CHECK: linalg.transpose
func.func @packing(%x: tensor<4xf32>, %y: tensor<2x2xf32>) -> tensor<4xf32> {
  %p = linalg.pack %x inner_dims_pos = [0] inner_tiles = [2] into %y : tensor<4xf32> -> tensor<2x2xf32>
  %r = linalg.unpack %p inner_dims_pos = [0] inner_tiles = [2] into %x : tensor<2x2xf32> -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// CHECK-LABEL: @winograd
// CHECK-NOT: linalg.winograd
// CHECK: linalg.matmul
func.func @winograd(%x: tensor<1x3x3x1xf32>, %y: tensor<6x6x1x1xf32>) -> tensor<6x6x1x1xf32> {
  %r = linalg.winograd_filter_transform fmr(F_4_3) ins(%x : tensor<1x3x3x1xf32>) outs(%y : tensor<6x6x1x1xf32>) -> tensor<6x6x1x1xf32>
  return %r : tensor<6x6x1x1xf32>
}

// -----

// A reshape goes through one dimension; its sizes are elements of a tensor where the type does
// not say them.
// CHECK-LABEL: @reshape
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x4xf32>, %[[SHAPE:[^:]*]]: tensor<2xi32>
// CHECK: %[[FLAT:.*]] = tensor.collapse_shape %[[X]] {{\[}}[0, 1]]
// CHECK: %[[ELEMENT:.*]] = tensor.extract %[[SHAPE]][%c0]
// CHECK: %[[SIZE:.*]] = arith.index_cast %[[ELEMENT]]
// CHECK: tensor.expand_shape %[[FLAT]] {{\[}}[0, 1]] output_shape [%[[SIZE]], 2] : tensor<?xf32> into tensor<?x2xf32>
func.func @reshape(%x: tensor<?x4xf32>, %shape: tensor<2xi32>) -> tensor<?x2xf32> {
  %r = tensor.reshape %x(%shape) : (tensor<?x4xf32>, tensor<2xi32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// -----

// From and to no dimension at all.
// CHECK-LABEL: @scalars
// CHECK: tensor.cast %{{.*}} : tensor<?xf32> to tensor<1xf32>
// CHECK: %[[SCALAR:.*]] = tensor.collapse_shape %{{.*}} [] : tensor<1xf32> into tensor<f32>
// CHECK: %[[ONE:.*]] = tensor.expand_shape %[[SCALAR]] [] output_shape [1] : tensor<f32> into tensor<1xf32>
// CHECK: tensor.expand_shape %[[ONE]] {{\[}}[0, 1]] output_shape [1, 1]
func.func @scalars(%x: tensor<?xf32>, %none: tensor<0xindex>, %two: tensor<2xindex>) -> tensor<1x1xf32> {
  %s = tensor.reshape %x(%none) : (tensor<?xf32>, tensor<0xindex>) -> tensor<f32>
  %r = tensor.reshape %s(%two) : (tensor<f32>, tensor<2xindex>) -> tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// -----

// CHECK-LABEL: @bits
// CHECK: arith.bitcast %{{.*}} : tensor<4xf32> to tensor<4xi32>
func.func @bits(%x: tensor<4xf32>) -> tensor<4xi32> {
  %r = tensor.bitcast %x : tensor<4xf32> to tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

// One of two tensors as a whole; elements are selected elsewhere.
// CHECK-LABEL: @selections
// CHECK-SAME: %[[C:[^:]*]]: i1, %{{[^:]*}}: tensor<4xi1>, %[[X:[^:]*]]: tensor<?xf32>, %[[Y:[^:]*]]: tensor<?xf32>
// CHECK: scf.if %[[C]]
// CHECK-NEXT: scf.yield %[[X]]
// CHECK-NEXT: else
// CHECK-NEXT: scf.yield %[[Y]]
// CHECK: arith.select %{{.*}} : tensor<4xi1>, tensor<4xf32>
func.func @selections(%c: i1, %cs: tensor<4xi1>, %x: tensor<?xf32>, %y: tensor<?xf32>, %z: tensor<4xf32>) -> (tensor<?xf32>, tensor<4xf32>) {
  %r = arith.select %c, %x, %y : tensor<?xf32>
  %s = arith.select %cs, %z, %z : tensor<4xi1>, tensor<4xf32>
  return %r, %s : tensor<?xf32>, tensor<4xf32>
}

// -----

// Masks of transfers become selections, so that what is read and written where it was read is
// not taken for the whole; upstream's folding would return %x.
// CHECK-LABEL: @masks
// CHECK-SAME: %[[X:[^:]*]]: tensor<4xf32>, %[[MASK:[^:]*]]: vector<4xi1>
// CHECK: %[[READ:.*]] = vector.transfer_read %[[X]][%c0], %[[ZERO:.*]] {in_bounds = [true]} : tensor<4xf32>, vector<4xf32>
// CHECK: %[[PADDING:.*]] = vector.broadcast %[[ZERO]]
// CHECK: %[[CHOSEN:.*]] = arith.select %[[MASK]], %[[READ]], %[[PADDING]]
// CHECK: %[[OLD:.*]] = vector.transfer_read %[[X]]
// CHECK: %[[NEW:.*]] = arith.select %[[MASK]], %[[CHOSEN]], %[[OLD]]
// CHECK: vector.transfer_write %[[NEW]], %[[X]][%c0] {in_bounds = [true]} : vector<4xf32>, tensor<4xf32>
func.func @masks(%x: tensor<4xf32>, %mask: vector<4xi1>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %v = vector.transfer_read %x[%c0], %zero, %mask {in_bounds = [true]} : tensor<4xf32>, vector<4xf32>
  %r = vector.transfer_write %v, %x[%c0], %mask {in_bounds = [true]} : vector<4xf32>, tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// CHECK-LABEL: @poison
// CHECK: tensor.empty() : tensor<4xf32>
func.func @poison() -> tensor<4xf32> {
  %r = ub.poison : tensor<4xf32>
  return %r : tensor<4xf32>
}
