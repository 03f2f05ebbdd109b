// tensor.cast
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<?x4xf32> {
  %r = tensor.cast %a : tensor<3x4xf32> to tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

// tensor.bitcast
// = a.view(numpy.int32)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xi32> {
  %r = tensor.bitcast %a : tensor<3x4xf32> to tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}

// -----

// tensor.collapse_shape
// = a.reshape(12)
func.func @main(%a: tensor<3x4xf32>) -> tensor<12xf32> {
  %r = tensor.collapse_shape %a [[0, 1]] : tensor<3x4xf32> into tensor<12xf32>
  return %r : tensor<12xf32>
}

// -----

// tensor.expand_shape
// = a.reshape(3, 2, 2)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x2x2xf32> {
  %r = tensor.expand_shape %a [[0], [1, 2]] output_shape [3, 2, 2] : tensor<3x4xf32> into tensor<3x2x2xf32>
  return %r : tensor<3x2x2xf32>
}

// -----

// tensor.concat
// = numpy.concatenate([a, b])
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<6x4xf32> {
  %r = tensor.concat dim(0) %a, %b : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<6x4xf32>
  return %r : tensor<6x4xf32>
}

// -----

// tensor.extract_slice
// = a[1:3, ::2]
func.func @main(%a: tensor<3x4xf32>) -> tensor<2x2xf32> {
  %r = tensor.extract_slice %a[1, 0] [2, 2] [1, 2] : tensor<3x4xf32> to tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

// -----

// tensor.insert_slice
// = put(b, numpy.s_[0:2, 1:3], a[1:3, ::2])
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %s = tensor.extract_slice %a[1, 0] [2, 2] [1, 2] : tensor<3x4xf32> to tensor<2x2xf32>
  %r = tensor.insert_slice %s into %b[0, 1] [2, 2] [1, 1] : tensor<2x2xf32> into tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// tensor.from_elements
// = numpy.array([a[1, 2], 2 * a[1, 2]])
func.func @main(%a: tensor<3x4xf32>) -> tensor<2xf32> {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %p = tensor.extract %a[%c1, %c2] : tensor<3x4xf32>
  %q = arith.addf %p, %p : f32
  %r = tensor.from_elements %p, %q : tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// tensor.gather
// b = numpy.array([[2], [0]])
// error: got 'tensor.gather'
func.func @main(%a: tensor<3x4xf32>, %b: tensor<2x1xi32>) -> tensor<2x1x4xf32> {
  %r = tensor.gather %a[%b] gather_dims([0]) : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x1x4xf32>
  return %r : tensor<2x1x4xf32>
}

// -----

// tensor.scatter
// b = numpy.array([[2], [0]])
// c = numpy.ones((2, 1, 4))
// error: got 'tensor.scatter'
func.func @main(%a: tensor<3x4xf32>, %b: tensor<2x1xi32>, %c: tensor<2x1x4xf32>) -> tensor<3x4xf32> {
  %r = tensor.scatter %c into %a[%b] scatter_dims([0]) unique : (tensor<2x1x4xf32>, tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// tensor.generate
// = numpy.add.outer(numpy.arange(2), numpy.arange(3)).astype(numpy.int32)
func.func @main() -> tensor<2x3xi32> {
  %r = tensor.generate {
  ^bb0(%i: index, %j: index):
  %s = arith.addi %i, %j : index
  %t = arith.index_cast %s : index to i32
  tensor.yield %t : i32
  } : tensor<2x3xi32>
  return %r : tensor<2x3xi32>
}

// -----

// tensor.insert
// = put(a, (1, 2), 0)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %z = arith.constant 0.0 : f32
  %r = tensor.insert %z into %a[%c1, %c2] : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// tensor.pad
// = numpy.pad(a, [(1, 2), (0, 1)])
func.func @main(%a: tensor<3x4xf32>) -> tensor<6x5xf32> {
  %z = arith.constant 0.0 : f32
  %r = tensor.pad %a low[1, 0] high[2, 1] {
  ^bb0(%i: index, %j: index):
  tensor.yield %z : f32
  } : tensor<3x4xf32> to tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// -----

// tensor.rank
// = numpy.array([2])
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xi64> {
  %n = tensor.rank %a : tensor<3x4xf32>
  %m = arith.index_cast %n : index to i64
  %r = tensor.from_elements %m : tensor<1xi64>
  return %r : tensor<1xi64>
}

// -----

// tensor.reshape
// = a.reshape(2, 6)
func.func @main(%a: tensor<3x4xf32>) -> tensor<2x6xf32> {
  %s = arith.constant dense<[2, 6]> : tensor<2xindex>
  %r = tensor.reshape %a(%s) : (tensor<3x4xf32>, tensor<2xindex>) -> tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}

// -----

// tensor.reshape-input
// GPU: that depends on an element of a tensor outside of kernels
// b = numpy.array([2, 6])
// = a.reshape(2, 6)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<2xi64>) -> tensor<?x?xf32> {
  %r = tensor.reshape %a(%b) : (tensor<3x4xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// tensor.splat
// = numpy.full((3, 4), a[1, 2])
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %p = tensor.extract %a[%c1, %c2] : tensor<3x4xf32>
  %r = tensor.splat %p : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// tensor.dim
// = numpy.array([4])
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xi64> {
  %c1 = arith.constant 1 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c1 : tensor<?x?xf32>
  %m = arith.index_cast %n : index to i64
  %r = tensor.from_elements %m : tensor<1xi64>
  return %r : tensor<1xi64>
}

// -----

// arith.select-whole
// = a
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c0 : tensor<?x?xf32>
  %k = arith.cmpi eq, %n, %c3 : index
  %r = arith.select %k, %a, %b : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// arith.constant-complex
// GPU: expected a constant tensor of a supported element type
// = numpy.full((3, 4), 2.0)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %k = arith.constant dense<(1.0, 2.0)> : tensor<3x4xcomplex<f32>>
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i,j)->(i,j)>, affine_map<(i,j)->(i,j)>], iterator_types = ["parallel","parallel"]} ins(%k : tensor<3x4xcomplex<f32>>) outs(%e : tensor<3x4xf32>) {
^bb0(%x: complex<f32>, %y: f32):
  %im = complex.im %x : complex<f32>
  linalg.yield %im : f32 } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// complex-tensor
// = 2 * a * a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %ce = tensor.empty() : tensor<3x4xcomplex<f32>>
  %k = linalg.map ins(%a : tensor<3x4xf32>) outs(%ce : tensor<3x4xcomplex<f32>>) (%x: f32, %o: complex<f32>) {
  %u = complex.create %x, %x : complex<f32>
  linalg.yield %u : complex<f32> }
  %q = linalg.mul ins(%k, %k : tensor<3x4xcomplex<f32>>, tensor<3x4xcomplex<f32>>) outs(%ce : tensor<3x4xcomplex<f32>>) -> tensor<3x4xcomplex<f32>>
  %r = linalg.map ins(%q : tensor<3x4xcomplex<f32>>) outs(%e : tensor<3x4xf32>) (%x: complex<f32>, %o: f32) {
  %u = complex.im %x : complex<f32>
  linalg.yield %u : f32 }
  return %r : tensor<3x4xf32>
}
