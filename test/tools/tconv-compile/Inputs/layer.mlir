func.func @layer(%x: tensor<1x8x8x32xf32>, %w: tensor<32x16x4x4xf32> {tconv.constant},
                 %b: tensor<16xf32>) -> tensor<1x16x16x16xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x8x8x32xf32>, tensor<32x16x4x4xf32>, tensor<16xf32>) -> tensor<1x16x16x16xf32>
  return %y : tensor<1x16x16x16xf32>
}
