// linalg.div_unsigned
// = a // b
func.func @main(%a: tensor<3x4xi32>, %b: tensor<3x4xi32>) -> tensor<3x4xi32> {
  %e = tensor.empty() : tensor<3x4xi32>
  %r = linalg.div_unsigned ins(%a, %b : tensor<3x4xi32>, tensor<3x4xi32>) outs(%e : tensor<3x4xi32>) -> tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}

// -----

// linalg.copy
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.copy ins(%a : tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// linalg.select
// a = numpy.arange(12).reshape(3, 4) % 2
// = numpy.where(a, b, c)
func.func @main(%a: tensor<3x4xi1>, %b: tensor<3x4xf32>, %c: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.select ins(%a, %b, %c : tensor<3x4xi1>, tensor<3x4xf32>, tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// linalg.elementwise
// = numpy.add(a, b)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.elementwise kind=#linalg.elementwise_kind<add> ins(%a, %b : tensor<3x4xf32>, tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// linalg.map
// = numpy.add(a, b)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.map { arith.addf } ins(%a, %b : tensor<3x4xf32>, tensor<3x4xf32>) outs(%e : tensor<3x4xf32>)
  return %r : tensor<3x4xf32>
}

// -----

// linalg.broadcast
// = numpy.broadcast_to(a, (3, 4))
func.func @main(%a: tensor<4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.broadcast ins(%a : tensor<4xf32>) outs(%e : tensor<3x4xf32>) dimensions = [0]
  return %r : tensor<3x4xf32>
}

// -----

// linalg.transpose
// = a.T
func.func @main(%a: tensor<3x4xf32>) -> tensor<4x3xf32> {
  %e = tensor.empty() : tensor<4x3xf32>
  %r = linalg.transpose ins(%a : tensor<3x4xf32>) outs(%e : tensor<4x3xf32>) permutation = [1, 0]
  return %r : tensor<4x3xf32>
}

// -----

// linalg.fill_rng_2d
// = numpy.zeros((3, 4))
func.func @main() -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %lo = arith.constant 0.0 : f64
  %hi = arith.constant 0.0 : f64
  %s = arith.constant 1 : i32
  %r = linalg.fill_rng_2d ins(%lo, %hi, %s : f64, f64, i32) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// linalg.softmax
// = softmax(a)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.softmax dimension(1) ins(%a : tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// linalg.pack
// = numpy.pad(a, [(0, 1), (0, 0)]).reshape(2, 2, 2, 2).transpose(0, 2, 1, 3)
func.func @main(%a: tensor<3x4xf32>) -> tensor<2x2x2x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x2x2x2xf32>
  %r = linalg.pack %a padding_value(%z : f32) inner_dims_pos = [0, 1] inner_tiles = [2, 2] into %e : tensor<3x4xf32> -> tensor<2x2x2x2xf32>
  return %r : tensor<2x2x2x2xf32>
}

// -----

// linalg.unpack
// = a.transpose(0, 2, 1, 3).reshape(4, 4)
func.func @main(%a: tensor<2x2x2x2xf32>) -> tensor<4x4xf32> {
  %e = tensor.empty() : tensor<4x4xf32>
  %r = linalg.unpack %a inner_dims_pos = [0, 1] inner_tiles = [2, 2] into %e : tensor<2x2x2x2xf32> -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

// linalg.index
// = a + numpy.arange(4)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%a : tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) {
  ^bb0(%x: f32, %o: f32):
  %i = linalg.index 1 : index
  %k = arith.index_cast %i : index to i32
  %f = arith.sitofp %k : i32 to f32
  %s = arith.addf %f, %x : f32
  linalg.yield %s : f32
  } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}
