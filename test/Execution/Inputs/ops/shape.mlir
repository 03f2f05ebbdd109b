// shape.shape_of
// = numpy.array([3, 4])
func.func @main(%a: tensor<?x?xf32>) -> tensor<2xi64> {
  %s = shape.shape_of %a : tensor<?x?xf32> -> tensor<2xindex>
  %r = arith.index_cast %s : tensor<2xindex> to tensor<2xi64>
  return %r : tensor<2xi64>
}

// -----

// shape.num_elements
// = numpy.array([12])
func.func @main(%a: tensor<?x?xf32>) -> tensor<1xi64> {
  %s = shape.shape_of %a : tensor<?x?xf32> -> tensor<2xindex>
  %n = shape.num_elements %s : tensor<2xindex> -> index
  %m = arith.index_cast %n : index to i64
  %r = tensor.from_elements %m : tensor<1xi64>
  return %r : tensor<1xi64>
}

// -----

// shape.assuming
// = a + a
func.func @main(%a: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %s = shape.shape_of %a : tensor<?x?xf32> -> tensor<2xindex>
  %w = shape.cstr_broadcastable %s, %s : tensor<2xindex>, tensor<2xindex>
  %r = shape.assuming %w -> (tensor<?x?xf32>) {
  %u = arith.addf %a, %a : tensor<?x?xf32>
  shape.assuming_yield %u : tensor<?x?xf32>
  }
  return %r : tensor<?x?xf32>
}

// -----

// shape.broadcast
// = numpy.array([3, 4])
func.func @main(%a: tensor<?x?xf32>) -> tensor<2xi64> {
  %s = shape.shape_of %a : tensor<?x?xf32> -> tensor<2xindex>
  %t = shape.broadcast %s, %s : tensor<2xindex>, tensor<2xindex> -> tensor<2xindex>
  %r = arith.index_cast %t : tensor<2xindex> to tensor<2xi64>
  return %r : tensor<2xi64>
}
