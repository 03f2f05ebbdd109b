func.func @f(%x: tensor<1x3x4x2xf32>, %w: tensor<2x3x4x4xf32>, %b: tensor<3xf32>)
    -> tensor<1x6x8x3xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x3x4x2xf32>, tensor<2x3x4x4xf32>, tensor<3xf32>) -> tensor<1x6x8x3xf32>
  return %y : tensor<1x6x8x3xf32>
}
