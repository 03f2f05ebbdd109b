// with: target-cpu=x86-64-v3
func.func @f(%x: tensor<1x8x8x32xf32>, %w: tensor<32x32x4x4xf32>) -> tensor<1x16x16x32xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x8x8x32xf32>, tensor<32x32x4x4xf32>) -> tensor<1x16x16x32xf32>
  return %y : tensor<1x16x16x32xf32>
}
