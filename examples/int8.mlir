// i8 operands are multiplied and added in i32; bias and result are i32.
func.func @main(%x: tensor<1x16x6x6xi8>, %w: tensor<16x8x4x4xi8>, %b: tensor<8xi32>)
    -> tensor<1x8x12x12xi32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1]
      : (tensor<1x16x6x6xi8>, tensor<16x8x4x4xi8>, tensor<8xi32>) -> tensor<1x8x12x12xi32>
  return %y : tensor<1x8x12x12xi32>
}
