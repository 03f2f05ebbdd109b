// affine.for
// = numpy.array([a[0, 0] + a[0, 1] + a[1, 2] + a[1, 3]])
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xf32> {
  %z = arith.constant 0.0 : f32
  %s = affine.for %i = 0 to 4 iter_args(%t = %z) -> f32 {
  %k = affine.apply affine_map<(d0) -> (d0 floordiv 2)>(%i)
  %v = tensor.extract %a[%k, %i] : tensor<3x4xf32>
  %x = arith.addf %t, %v : f32
  affine.yield %x : f32
  }
  %r = tensor.from_elements %s : tensor<1xf32>
  return %r : tensor<1xf32>
}

// -----

// affine.load-store
// = a[:, ::-1]
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  affine.for %i = 0 to 3 {
  affine.for %j = 0 to 4 {
  %v = affine.load %m[%i, 3 - %j] : memref<3x4xf32>
  affine.store %v, %n[%i, %j] : memref<3x4xf32> }
  }
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// affine.parallel
// = a[:, ::-1]
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  affine.parallel (%i, %j) = (0, 0) to (3, 4) {
  %v = affine.load %m[%i, 3 - %j] : memref<3x4xf32>
  affine.store %v, %n[%i, %j] : memref<3x4xf32>
  }
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// affine.if
// = a + numpy.tril(a, -1)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  affine.for %i = 0 to 3 {
  affine.for %j = 0 to 4 {
  %v = affine.load %m[%i, %j] : memref<3x4xf32>
  affine.store %v, %n[%i, %j] : memref<3x4xf32>
  affine.if affine_set<(d0, d1) : (d0 - d1 - 1 >= 0)>(%i, %j) {
  %w = arith.addf %v, %v : f32
  affine.store %w, %n[%i, %j] : memref<3x4xf32> } }
  }
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// affine.delinearize
// = numpy.array([1, 4])
func.func @main(%a: tensor<3x4xf32>) -> tensor<2xi64> {
  %c5 = arith.constant 5 : index
  %i:2 = affine.delinearize_index %c5 into (3, 4) : index, index
  %l = affine.linearize_index [%i#1, %i#0] by (4, 3) : index
  %p = arith.index_cast %i#0 : index to i64
  %q = arith.index_cast %l : index to i64
  %r = tensor.from_elements %p, %q : tensor<2xi64>
  return %r : tensor<2xi64>
}
