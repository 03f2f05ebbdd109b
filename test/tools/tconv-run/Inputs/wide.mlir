func.func @main(%x: tensor<2x16x9x7xf32>, %w: tensor<16x24x4x3xf32>, %b: tensor<24xf32>)
    -> tensor<2x24x18x13xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1]
      : (tensor<2x16x9x7xf32>, tensor<16x24x4x3xf32>, tensor<24xf32>) -> tensor<2x24x18x13xf32>
  return %y : tensor<2x24x18x13xf32>
}
