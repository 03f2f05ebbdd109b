func.func @f(%x: tensor<4x6xf32>, %z: tensor<6x4xf32>) -> tensor<6x4xf32> {
  %t = tosa.transpose %x {perms = array<i32: 1, 0>} : (tensor<4x6xf32>) -> tensor<6x4xf32>
  %y = tosa.add %t, %z : (tensor<6x4xf32>, tensor<6x4xf32>) -> tensor<6x4xf32>
  return %y : tensor<6x4xf32>
}
