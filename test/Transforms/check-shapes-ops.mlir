// RUN: tconv-opt %s -tconv-check-shapes -split-input-file | FileCheck %s

// What ops around layers expect of sizes: each rule of lib/Transforms/Checks once.

// CHECK-LABEL: @concat
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x?xf32>, %[[Y:[^:]*]]: tensor<?x?xf32>
// CHECK-DAG: %[[XC:.*]] = tensor.dim %[[X]], %c1
// CHECK-DAG: %[[YC:.*]] = tensor.dim %[[Y]], %c1
// CHECK: %[[SAME:.*]] = arith.cmpi eq, %[[YC]], %[[XC]]
// CHECK: cf.assert %[[SAME]], "{{.*}}'tensor.concat' op expected inputs of the same size in dimension 1"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.concat' op expected a size of 8 in dimension 0 as the result has"
// CHECK-NOT: cf.assert
// CHECK: = tensor.concat
func.func @concat(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<8x?xf32> {
  %r = tensor.concat dim(0) %x, %y : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<8x?xf32>
  return %r : tensor<8x?xf32>
}

// -----

// A size that one operand knows is what the others are held against.
// CHECK-LABEL: @elementwise
// CHECK: cf.assert %{{.*}}, "{{.*}}'arith.addf' op expected a size of 4 in dimension 1 of operand 0 as other operands have"
// CHECK: cf.assert %{{.*}}, "{{.*}}'arith.addf' op expected a size in dimension 0 of operand 1 as other operands have"
// CHECK-NOT: cf.assert
// CHECK: = arith.addf
func.func @elementwise(%x: tensor<?x?xf32>, %y: tensor<?x4xf32>) -> tensor<?x?xf32> {
  %r = "arith.addf"(%x, %y) : (tensor<?x?xf32>, tensor<?x4xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// Loops run to the sizes that some operands have, and stay within the others; those without
// iterations access nothing.
// CHECK-LABEL: @window
// CHECK-SAME: %[[X:[^:]*]]: tensor<?xf32>, %[[W:[^:]*]]: tensor<?xf32>, %[[Y:[^:]*]]: tensor<?xf32>
// CHECK: arith.cmpi slt
// CHECK-COUNT-2: arith.ori
// CHECK: cf.assert %{{.*}}, "{{.*}}'linalg.conv_1d' op expected all indices to be below the size in dimension 0 of operand 0"
// CHECK-NOT: cf.assert
// CHECK: = linalg.conv_1d
func.func @window(%x: tensor<?xf32>, %w: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.conv_1d ins(%x, %w : tensor<?xf32>, tensor<?xf32>) outs(%y : tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @softmax
// CHECK: cf.assert %{{.*}}, "{{.*}}'linalg.softmax' op expected a size of 4 in dimension 1 of operand 1 as other operands have"
func.func @softmax(%x: tensor<2x4xf32>, %y: tensor<2x?xf32>) -> tensor<2x?xf32> {
  %r = linalg.softmax dimension(1) ins(%x : tensor<2x4xf32>) outs(%y : tensor<2x?xf32>) -> tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}

// -----

// Offset, size and stride together stay within the tensor; what is known to hold is not checked.
// CHECK-LABEL: @slice
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.extract_slice' op expected a slice of offset ?, size ? and stride 2 to lie within the size 8 in dimension 0"
// CHECK-NOT: cf.assert
// CHECK: = tensor.extract_slice
func.func @slice(%x: tensor<8x4xf32>, %o: index, %n: index) -> tensor<?x4xf32> {
  %r = tensor.extract_slice %x[%o, 0] [%n, 4] [2, 1] : tensor<8x4xf32> to tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

// CHECK-LABEL: @insertion
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.insert_slice' op expected a slice of offset 0, size ? and stride 1 to lie within the size ? in dimension 1"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.insert_slice' op expected the source to have the size of the slice in dimension 0"
// CHECK-NOT: cf.assert
// CHECK: = tensor.insert_slice
func.func @insertion(%x: tensor<2x?xf32>, %y: tensor<?xf32>, %n: index) -> tensor<2x?xf32> {
  %r = tensor.insert_slice %y into %x[1, 0] [1, %n] [1, 1] : tensor<?xf32> into tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}

// -----

// A tile of a parallel loop is checked in the loop, where its bounds do not say that it fits.
// CHECK-LABEL: @tiles
// CHECK: scf.forall (%[[I:.*]]) in (4)
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.parallel_insert_slice' op expected a slice of offset ?, size 1 and stride 1 to lie within the size 4 in dimension 1"
// CHECK-NOT: cf.assert
// CHECK: scf.forall.in_parallel
func.func @tiles(%x: tensor<1x1xf32>, %y: tensor<4x4xf32>, %o: index) -> tensor<4x4xf32> {
  %r = scf.forall (%i) in (4) shared_outs(%out = %y) -> tensor<4x4xf32> {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %x into %out[%i, %o] [1, 1] [1, 1] : tensor<1x1xf32> into tensor<4x4xf32>
    }
  }
  return %r : tensor<4x4xf32>
}

// -----

// CHECK-LABEL: @elements
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.extract' op expected an index below the size 4 in dimension 0"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.insert' op expected an index below the size ? in dimension 0"
// CHECK-NOT: cf.assert
// CHECK: scf.for
// CHECK-NOT: cf.assert
func.func @elements(%x: tensor<4xf32>, %y: tensor<?xf32>, %i: index) -> (tensor<?xf32>, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %v = tensor.extract %x[%i] : tensor<4xf32>
  %r = tensor.insert %v into %y[%i] : tensor<?xf32>
  %s = scf.for %k = %c0 to %c4 step %c1 iter_args(%sum = %v) -> f32 {
    %e = tensor.extract %x[%k] : tensor<4xf32>
    %next = arith.addf %sum, %e : f32
    scf.yield %next : f32
  }
  return %r, %s : tensor<?xf32>, f32
}

// -----

// CHECK-LABEL: @padding
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.pad' op expected a padding of at least 0 at the beginning in dimension 0, got ?"
// CHECK: %[[END:.*]] = arith.cmpi sge, %c-1, %c0{{.*}} : index
// CHECK: cf.assert %[[END]], "{{.*}}'tensor.pad' op expected a padding of at least 0 at the end in dimension 0, got -1"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.pad' op expected a size of 8 in dimension 0 as the result has"
func.func @padding(%x: tensor<?xf32>, %n: index, %z: f32) -> tensor<8xf32> {
  %r = tensor.pad %x low[%n] high[-1] {
  ^bb0(%i: index):
    tensor.yield %z : f32
  } : tensor<?xf32> to tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// Sizes that are given are not negative, and their product is no overflow; those of another tensor
// are right.
// CHECK-LABEL: @sizes
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.empty' op expected a size of at least 0 in dimension 0"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.empty' op expected a tensor of less than 2^62 bytes"
// CHECK-NOT: cf.assert
// CHECK: return
func.func @sizes(%x: tensor<?x4xf32>, %n: index) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?x4xf32>
  %a = tensor.empty(%n) : tensor<?x4xf32>
  %b = tensor.empty(%d) : tensor<?x4xf32>
  return %a, %b : tensor<?x4xf32>, tensor<?x4xf32>
}

// -----

// CHECK-LABEL: @copies
// CHECK: cf.assert %{{.*}}, "{{.*}}'bufferization.materialize_in_destination' op expected source and target of the same size in dimension 0"
func.func @copies(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = bufferization.materialize_in_destination %x in %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @expansion
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.expand_shape' op expected sizes whose product is the size in dimension 0 of the source, got ? * 2 for ?"
// CHECK-NOT: cf.assert
// CHECK: = tensor.expand_shape
func.func @expansion(%x: tensor<?xf32>, %n: index) -> tensor<?x2xf32> {
  %r = tensor.expand_shape %x [[0, 1]] output_shape [%n, 2] : tensor<?xf32> into tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// -----

// CHECK-LABEL: @reshape
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.reshape' op expected a size of 2 in dimension 0 as the result has"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.reshape' op expected sizes whose product is the number of elements of the source, got ? * ? for 8"
func.func @reshape(%x: tensor<8xf32>, %shape: tensor<2xindex>) -> tensor<2x?xf32> {
  %r = tensor.reshape %x(%shape) : (tensor<8xf32>, tensor<2xindex>) -> tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}

// -----

// CHECK-LABEL: @cast
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.cast' op expected 2 dimensions"
// CHECK: cf.assert %{{.*}}, "{{.*}}'tensor.cast' op expected a size of 4 in dimension 1"
func.func @cast(%x: tensor<*xf32>) -> tensor<?x4xf32> {
  %r = tensor.cast %x : tensor<*xf32> to tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

// CHECK-LABEL: @packing
// CHECK: cf.assert %{{.*}}, "{{.*}}'linalg.pack' op expected a packed tensor of the size ? in dimension 0"
// CHECK: cf.assert %{{.*}}, "{{.*}}'linalg.pack' op expected tiles of 2 to divide the size in dimension 0, for want of a value to pad with"
func.func @packing(%x: tensor<?xf32>, %y: tensor<?x2xf32>) -> tensor<?x2xf32> {
  %r = linalg.pack %x inner_dims_pos = [0] inner_tiles = [2] into %y : tensor<?xf32> -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// -----

// CHECK-LABEL: @unpacking
// CHECK: cf.assert %{{.*}}, "{{.*}}'linalg.unpack' op expected a packed tensor of the size ? in dimension 0"
func.func @unpacking(%x: tensor<?x2xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.unpack %x inner_dims_pos = [0] inner_tiles = [2] into %y : tensor<?x2xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// What a transfer claims to be inside of a tensor; without the claim, it may reach beyond.
// CHECK-LABEL: @transfers
// CHECK: cf.assert %{{.*}}, "{{.*}}'vector.transfer_read' op expected 4 elements from index ? on within the size ? in dimension 0"
// CHECK: cf.assert %{{.*}}, "{{.*}}'vector.transfer_read' op expected 0 elements from index ? on within the size ? in dimension 0"
func.func @transfers(%x: tensor<?xf32>, %i: index, %z: f32) -> vector<4xf32> {
  %a = vector.transfer_read %x[%i], %z {in_bounds = [true]} : tensor<?xf32>, vector<4xf32>
  %b = vector.transfer_read %x[%i], %z : tensor<?xf32>, vector<4xf32>
  %c = arith.addf %a, %b : vector<4xf32>
  return %c : vector<4xf32>
}

// -----

// CHECK-LABEL: @division
// CHECK: cf.assert %{{.*}}, "{{.*}}'arith.divui' op expected a divisor other than 0"
// CHECK-NOT: cf.assert
func.func @division(%n: index, %m: index) -> (index, index) {
  %c2 = arith.constant 2 : index
  %a = arith.divui %n, %m : index
  %b = arith.divui %n, %c2 : index
  return %a, %b : index, index
}

// -----

// In the body of an op over elements there is no place for a check.
// CHECK-LABEL: @bodies
// CHECK-NOT: cf.assert
// CHECK: return
func.func @bodies(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %r = tensor.generate {
  ^bb0(%i: index):
    %v = tensor.extract %x[%i] : tensor<4xf32>
    tensor.yield %v : f32
  } : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// An assertion is not moved in front of what a region that it depends on uses.
// CHECK-LABEL: @captured
// CHECK: %[[D:.*]] = tensor.dim
// CHECK: %[[N:.*]] = scf.if
// CHECK: cf.assert
// CHECK: tensor.extract_slice
func.func @captured(%c: i1, %x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
  %n = scf.if %c -> index {
    %m = arith.addi %d, %d : index
    scf.yield %m : index
  } else {
    scf.yield %d : index
  }
  %r = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}
