// vector.transfer
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %w = arith.addf %v, %v : vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.transfer-out-of-bounds
// = numpy.pad(a[1:, 2:], [(0, 1), (0, 2)])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %w = vector.transfer_read %a[%c1, %c2], %z : tensor<3x4xf32>, vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.transfer-transposed
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z {permutation_map = affine_map<(d0, d1) -> (d1, d0)>} : tensor<3x4xf32>, vector<4x3xf32>
  %w = vector.transpose %v, [1, 0] : vector<4x3xf32> to vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.transfer-dynamic
// GPU: that depends on an element of a tensor outside of kernels
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %v = vector.transfer_read %d[%c0, %c0], %z : tensor<?x?xf32>, vector<3x4xf32>
  %w = arith.addf %v, %v : vector<3x4xf32>
  %r = vector.transfer_write %w, %d[%c0, %c0] : vector<3x4xf32>, tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// vector.broadcast
// = numpy.broadcast_to(a[1], (3, 4))
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %w = vector.broadcast %x : vector<4xf32> to vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.reduction
// = a[1].sum()[None]
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %s = vector.reduction <add>, %x : vector<4xf32> into f32
  %r = tensor.from_elements %s : tensor<1xf32>
  return %r : tensor<1xf32>
}

// -----

// vector.multi_reduction
// = a.sum(1)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = arith.constant dense<0.0> : vector<3xf32>
  %s = vector.multi_reduction <add>, %v, %x [1] : vector<3x4xf32> to vector<3xf32>
  %e2 = tensor.empty() : tensor<3xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<3xf32>, tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

// vector.contract
// = a @ a.T
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x3xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = arith.constant dense<0.0> : vector<3x3xf32>
  %s = vector.contract {indexing_maps = [affine_map<(i,j,k)->(i,k)>, affine_map<(i,j,k)->(j,k)>, affine_map<(i,j,k)->(i,j)>], iterator_types = ["parallel", "parallel","reduction"], kind = #vector.kind<add>} %v, %v, %x : vector<3x4xf32>, vector<3x4xf32> into vector<3x3xf32>
  %e2 = tensor.empty() : tensor<3x3xf32>
  %r = vector.transfer_write %s, %e2[%c0, %c0] : vector<3x3xf32>, tensor<3x3xf32>
  return %r : tensor<3x3xf32>
}

// -----

// vector.outerproduct
// = numpy.outer(a[1], a[1])
func.func @main(%a: tensor<3x4xf32>) -> tensor<4x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %s = vector.outerproduct %x, %x : vector<4xf32>, vector<4xf32>
  %e2 = tensor.empty() : tensor<4x4xf32>
  %r = vector.transfer_write %s, %e2[%c0, %c0] : vector<4x4xf32>, tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

// vector.shape_cast
// = a.reshape(12)
func.func @main(%a: tensor<3x4xf32>) -> tensor<12xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %s = vector.shape_cast %v : vector<3x4xf32> to vector<12xf32>
  %e2 = tensor.empty() : tensor<12xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<12xf32>, tensor<12xf32>
  return %r : tensor<12xf32>
}

// -----

// vector.shuffle
// = numpy.array([a[1, 0], a[2, 3], a[1, 2], a[2, 1]])
func.func @main(%a: tensor<3x4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %y = vector.extract %v[2] : vector<4xf32> from vector<3x4xf32>
  %s = vector.shuffle %x, %y [0, 7, 2, 5] : vector<4xf32>, vector<4xf32>
  %e2 = tensor.empty() : tensor<4xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<4xf32>, tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// vector.fma
// = a * a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %w = vector.fma %v, %v, %v : vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.insert-strided
// = put(a, numpy.s_[0:2, 0:2], a[1:3, 1:3])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract_strided_slice %v {offsets = [1, 1], sizes = [2, 2], strides = [1, 1]} : vector<3x4xf32> to vector<2x2xf32>
  %w = vector.insert_strided_slice %x, %v {offsets = [0, 0], strides = [1, 1]} : vector<2x2xf32> into vector<3x4xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.interleave
// = numpy.repeat(a[1], 2)
func.func @main(%a: tensor<3x4xf32>) -> tensor<8xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %s = vector.interleave %x, %x : vector<4xf32> -> vector<8xf32>
  %e2 = tensor.empty() : tensor<8xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<8xf32>, tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// vector.create_mask
// = numpy.pad(a[:2, :3], [(0, 1), (0, 1)])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  %m = vector.create_mask %c2, %c3 : vector<3x4xi1>
  %v = vector.transfer_read %a[%c0, %c0], %z, %m : tensor<3x4xf32>, vector<3x4xf32>
  %r = vector.transfer_write %v, %f[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.mask
// GPU: that depends on an element of a tensor outside of kernels
// = a[1, :2].sum()[None]
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = vector.extract %v[1] : vector<4xf32> from vector<3x4xf32>
  %m = vector.create_mask %c2 : vector<4xi1>
  %s = vector.mask %m { vector.reduction <add>, %x : vector<4xf32> into f32 } : vector<4xi1> -> f32
  %r = tensor.from_elements %s : tensor<1xf32>
  return %r : tensor<1xf32>
}

// -----

// vector.step
// = numpy.arange(4)
func.func @main() -> tensor<4xi64> {
  %c0 = arith.constant 0 : index
  %s = vector.step : vector<4xindex>
  %i = arith.index_cast %s : vector<4xindex> to vector<4xi64>
  %e2 = tensor.empty() : tensor<4xi64>
  %r = vector.transfer_write %i, %e2[%c0] : vector<4xi64>, tensor<4xi64>
  return %r : tensor<4xi64>
}

// -----

// vector.scan
// = a.cumsum(1)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %x = arith.constant dense<0.0> : vector<3xf32>
  %w, %q = vector.scan <add>, %v, %x {inclusive = true, reduction_dim = 1 : i64} : vector<3x4xf32>, vector<3xf32>
  %r = vector.transfer_write %w, %e[%c0, %c0] : vector<3x4xf32>, tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// vector.gather
// = a[1, [3, 1, 0, 2]]
func.func @main(%a: tensor<3x4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %i = arith.constant dense<[3,1,0,2]> : vector<4xi32>
  %m = arith.constant dense<true> : vector<4xi1>
  %p = arith.constant dense<0.0> : vector<4xf32>
  %s = vector.gather %a[%c1, %c0][%i], %m, %p : tensor<3x4xf32>, vector<4xi32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  %e2 = tensor.empty() : tensor<4xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<4xf32>, tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// vector.from_elements
// = a[1, [2, 2]]
func.func @main(%a: tensor<3x4xf32>) -> tensor<2xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %p = tensor.extract %a[%c1, %c2] : tensor<3x4xf32>
  %s = vector.from_elements %p, %p : vector<2xf32>
  %e2 = tensor.empty() : tensor<2xf32>
  %r = vector.transfer_write %s, %e2[%c0] : vector<2xf32>, tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// vector.transfer-in-loop
// = a * a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x4xf32>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%t = %e) -> tensor<3x4xf32> {
  %v = vector.transfer_read %a[%i, %c0], %z {in_bounds = [true]} : tensor<3x4xf32>, vector<4xf32>
  %w = arith.mulf %v, %v : vector<4xf32>
  %u = vector.transfer_write %w, %t[%i, %c0] {in_bounds = [true]} : vector<4xf32>, tensor<3x4xf32>
  scf.yield %u : tensor<3x4xf32>
  }
  return %r : tensor<3x4xf32>
}

// -----

// vector.bitcast
// = a.view(numpy.int32)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xi32> {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0.0 : f32
  %v = vector.transfer_read %a[%c0, %c0], %z : tensor<3x4xf32>, vector<3x4xf32>
  %s = vector.bitcast %v : vector<3x4xf32> to vector<3x4xi32>
  %e2 = tensor.empty() : tensor<3x4xi32>
  %r = vector.transfer_write %s, %e2[%c0, %c0] : vector<3x4xi32>, tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}

// -----

// vector.load-store
// = a[1]
func.func @main(%a: tensor<3x4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = bufferization.to_buffer %a read_only : tensor<3x4xf32> to memref<3x4xf32>
  %v = vector.load %m[%c1, %c0] : memref<3x4xf32>, vector<4xf32>
  %n = memref.alloc() : memref<4xf32>
  vector.store %v, %n[%c0] : memref<4xf32>, vector<4xf32>
  %r = bufferization.to_tensor %n restrict writable : memref<4xf32> to tensor<4xf32>
  return %r : tensor<4xf32>
}
