// memref.copy
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>

  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.load-store
// = put(a, (0, 0), a[1, 1])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %v = memref.load %n[%c1, %c1] : memref<3x4xf32>
  memref.store %v, %n[%c0, %c0] : memref<3x4xf32>
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.subview
// = put(a, numpy.s_[1:3, 1:3], 0)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %s = memref.subview %n[1, 1][2, 2][1, 1] : memref<3x4xf32> to memref<2x2xf32, strided<[4, 1], offset: 5>>
  %z = arith.constant 0.0 : f32
  linalg.fill ins(%z : f32) outs(%s : memref<2x2xf32, strided<[4, 1], offset: 5>>)
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.global
// = put(a, (0, 0), 7)
memref.global "private" constant @g : memref<2xf32> = dense<[3.0, 7.0]>
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %g = memref.get_global @g : memref<2xf32>
  %v = memref.load %g[%c1] : memref<2xf32>
  memref.store %v, %n[%c0, %c0] : memref<3x4xf32>
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.alloca
// GPU: got a local variable
// = put(a, (0, 0), a[1, 1])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %g = memref.alloca() : memref<2xf32>
  %v = memref.load %n[%c1, %c1] : memref<3x4xf32>
  memref.store %v, %g[%c1] : memref<2xf32>
  %w = memref.load %g[%c1] : memref<2xf32>
  memref.store %w, %n[%c0, %c0] : memref<3x4xf32>
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.atomic_rmw
// GPU: expected no use of an element of a tensor outside of kernels
// = put(a, (0, 0), a[1, 1] + a[0, 0])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %v = memref.load %n[%c1, %c1] : memref<3x4xf32>
  %q = memref.atomic_rmw addf %v, %n[%c0, %c0] : (f32, memref<3x4xf32>) -> f32
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.generic_atomic_rmw
// error: got 'memref.generic_atomic_rmw'
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %q = memref.generic_atomic_rmw %n[%c0, %c0] : memref<3x4xf32> {
  ^bb0(%o: f32):
  %p = arith.addf %o, %o : f32
  memref.atomic_yield %p : f32
  }
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.transpose
// = a.T
func.func @main(%a: tensor<3x4xf32>) -> tensor<4x3xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %t = memref.transpose %n (i, j) -> (j, i) : memref<3x4xf32> to memref<4x3xf32, strided<[1, 4]>>
  %k = memref.alloc() : memref<4x3xf32>
  memref.copy %t, %k : memref<4x3xf32, strided<[1, 4]>> to memref<4x3xf32>
  %r = bufferization.to_tensor %k restrict writable : memref<4x3xf32> to tensor<4x3xf32>
  return %r : tensor<4x3xf32>
}

// -----

// memref.reinterpret_cast
// = put(a.reshape(12), numpy.s_[1:10:2], 0).reshape(3, 4)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %t = memref.reinterpret_cast %n to offset: [1], sizes: [5], strides: [2] : memref<3x4xf32> to memref<5xf32, strided<[2], offset: 1>>
  %z = arith.constant 0.0 : f32
  linalg.fill ins(%z : f32) outs(%t : memref<5xf32, strided<[2], offset: 1>>)
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.view
// = numpy.zeros(4)
func.func @main(%a: tensor<3x4xf32>) -> tensor<4xf32> {
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f32
  %b8 = memref.alloc() : memref<64xi8>
  %t = memref.view %b8[%c4][] : memref<64xi8> to memref<4xf32>
  linalg.fill ins(%z : f32) outs(%t : memref<4xf32>)
  %k = memref.alloc() : memref<4xf32>
  memref.copy %t, %k : memref<4xf32> to memref<4xf32>
  %r = bufferization.to_tensor %k restrict writable : memref<4xf32> to tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// memref.realloc
// = numpy.zeros(2)
func.func @main(%a: tensor<3x4xf32>) -> tensor<2xf32> {
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f32
  %p = memref.alloc(%c4) : memref<?xf32>
  linalg.fill ins(%z : f32) outs(%p : memref<?xf32>)
  %q = memref.realloc %p : memref<?xf32> to memref<2xf32>
  %k = memref.alloc() : memref<2xf32>
  memref.copy %q, %k : memref<2xf32> to memref<2xf32>
  %r = bufferization.to_tensor %k restrict writable : memref<2xf32> to tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// memref.reshape
// GPU: got a local variable
// = a.reshape(12)
func.func @main(%a: tensor<3x4xf32>) -> tensor<12xf32> {
  %c0 = arith.constant 0 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %s = memref.alloca() : memref<1xi64>
  %n12 = arith.constant 12 : i64
  memref.store %n12, %s[%c0] : memref<1xi64>
  %t = memref.reshape %n(%s) : (memref<3x4xf32>, memref<1xi64>) -> memref<12xf32>
  %k = memref.alloc() : memref<12xf32>
  memref.copy %t, %k : memref<12xf32> to memref<12xf32>
  %r = bufferization.to_tensor %k restrict writable : memref<12xf32> to tensor<12xf32>
  return %r : tensor<12xf32>
}

// -----

// memref.prefetch
// GPU: llvm.intr.prefetch
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  memref.prefetch %n[%c0, %c0], read, locality<3>, data : memref<3x4xf32>
  %r = bufferization.to_tensor %n restrict writable : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// memref.metadata
// = numpy.array([5])
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xi64> {
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = memref.alloc() : memref<3x4xf32>
  memref.copy %m, %n : memref<3x4xf32> to memref<3x4xf32>
  %s = memref.subview %n[1, 1][2, 2][1, 1] : memref<3x4xf32> to memref<2x2xf32, strided<[4, 1], offset: 5>>
  %bs, %of, %sz:2, %st:2 = memref.extract_strided_metadata %s : memref<2x2xf32, strided<[4, 1], offset: 5>> -> memref<f32>, index, index, index, index, index
  %i = arith.index_cast %of : index to i64
  %r = tensor.from_elements %i : tensor<1xi64>
  return %r : tensor<1xi64>
}

// -----

// bufferization.materialize
// error: 'bufferization.materialize_in_destination' op not bufferizable
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %r = bufferization.materialize_in_destination %a in %b : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// bufferization.alloc_tensor
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %q = bufferization.alloc_tensor() copy(%a) : tensor<3x4xf32>
  %r = arith.addf %q, %q : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// bufferization.clone
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %b = arith.addf %a, %a : tensor<3x4xf32>
  %m = bufferization.to_buffer %b read_only : tensor<3x4xf32> to memref<3x4xf32>
  %n = bufferization.clone %m : memref<3x4xf32> to memref<3x4xf32>
  %r = bufferization.to_tensor %n restrict : memref<3x4xf32> to tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}
