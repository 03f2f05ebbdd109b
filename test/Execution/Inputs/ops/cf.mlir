// cf.br
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  cf.br ^next(%a : tensor<3x4xf32>)
  ^next(%t: tensor<3x4xf32>):
  %r = arith.addf %t, %t : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// cf.cond_br
// = 4 * a
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c1 : tensor<?x?xf32>
  %t = arith.cmpi sgt, %n, %c3 : index
  cf.cond_br %t, ^one(%a : tensor<3x4xf32>), ^two(%b : tensor<3x4xf32>)
  ^one(%x: tensor<3x4xf32>):
  %u = arith.addf %x, %x : tensor<3x4xf32>
  cf.br ^two(%u : tensor<3x4xf32>)
  ^two(%y: tensor<3x4xf32>):
  %r = arith.addf %y, %y : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// cf.switch
// = 4 * a
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c1 = arith.constant 1 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c1 : tensor<?x?xf32>
  %t = arith.index_cast %n : index to i32
  cf.switch %t : i32, [ default: ^two(%b : tensor<3x4xf32>), 4: ^one(%a : tensor<3x4xf32>) ]
  ^one(%x: tensor<3x4xf32>):
  %u = arith.addf %x, %x : tensor<3x4xf32>
  cf.br ^two(%u : tensor<3x4xf32>)
  ^two(%y: tensor<3x4xf32>):
  %r = arith.addf %y, %y : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// cf.assert
// = a + a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %d = tensor.cast %a : tensor<3x4xf32> to tensor<?x?xf32>
  %n = tensor.dim %d, %c1 : tensor<?x?xf32>
  %t = arith.cmpi sgt, %n, %c3 : index
  cf.assert %t, "too small"
  %r = arith.addf %a, %a : tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// func.call
// GPU: got a call of @other
// = a + a
func.func private @other(%x: tensor<3x4xf32>) -> tensor<3x4xf32> attributes {no_inline} {
%y = arith.addf %x, %x : tensor<3x4xf32>
return %y : tensor<3x4xf32>
}
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %r = func.call @other(%a) {no_inline} : (tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

// ub.poison
// = a
func.func @main(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %p = ub.poison : tensor<3x4xf32>
  %r = linalg.copy ins(%a : tensor<3x4xf32>) outs(%p : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}
