// scf.while
// = a * 8
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %n, %r = scf.while (%i = %c0, %t = %a) : (index, tensor<3x4xf32>) -> (index, tensor<3x4xf32>) {
  %k = arith.cmpi slt, %i, %c3 : index
  scf.condition(%k) %i, %t : index, tensor<3x4xf32>
  } do {
  ^bb0(%i: index, %t: tensor<3x4xf32>):
  %u = arith.addf %t, %t : tensor<3x4xf32>
  %j = arith.addi %i, %c1 : index
  scf.yield %j, %u : index, tensor<3x4xf32>
  }
  return %r : tensor<3x4xf32>
}

// -----

// scf.if
// = numpy.add(a, b)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c0 : tensor<?x?xf32>
  %k = arith.cmpi eq, %n, %c3 : index
  %r = scf.if %k -> tensor<3x4xf32> {
  %u = arith.addf %a, %b : tensor<3x4xf32>
  scf.yield %u : tensor<3x4xf32>
  } else {
  scf.yield %b : tensor<3x4xf32>
  }
  return %r : tensor<3x4xf32>
}

// -----

// scf.execute_region
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %r = scf.execute_region -> tensor<3x4xf32> {
  %u = arith.addf %a, %a : tensor<3x4xf32>
  scf.yield %u : tensor<3x4xf32>
  }
  return %r : tensor<3x4xf32>
}

// -----

// scf.index_switch
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c0 : tensor<?x?xf32>
  %r = scf.index_switch %n -> tensor<3x4xf32>
  case 3 {
  %u = arith.addf %a, %a : tensor<3x4xf32>
  scf.yield %u : tensor<3x4xf32>
  }
  default {
  scf.yield %a : tensor<3x4xf32>
  }
  return %r : tensor<3x4xf32>
}

// -----

// scf.forall
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %r = scf.forall (%i) in (3) shared_outs(%o = %e) -> tensor<3x4xf32> {
  %s = tensor.extract_slice %a[%i, 0] [1, 4] [1, 1] : tensor<3x4xf32> to tensor<1x4xf32>
  %u = arith.addf %s, %s : tensor<1x4xf32>
  scf.forall.in_parallel { tensor.parallel_insert_slice %u into %o[%i, 0] [1, 4] [1, 1] : tensor<1x4xf32> into tensor<3x4xf32> }
  }
  return %r : tensor<3x4xf32>
}

// -----

// scf.parallel
// GPU: expected parallel loops without reductions for a GPU
// = a.sum()[None]
func.func @main(%a: tensor<3x4xf32>) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f32
  %s = scf.parallel (%i, %j) = (%c0, %c0) to (%c3, %c4) step (%c1, %c1) init (%z) -> f32 {
  %v = tensor.extract %a[%i, %j] : tensor<3x4xf32>
  scf.reduce(%v : f32) {
  ^bb0(%p: f32, %q: f32):
  %x = arith.addf %p, %q : f32
  scf.reduce.return %x : f32 }
  }
  %r = tensor.from_elements %s : tensor<1xf32>
  return %r : tensor<1xf32>
}
