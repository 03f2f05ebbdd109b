// first: --tconv-pipeline='target=cuda stop-after=launches'
func.func @main(%x: tensor<1x8x8x32xf16>, %w: tensor<32x32x4x4xf16>) -> tensor<1x16x16x32xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x8x8x32xf16>, tensor<32x32x4x4xf16>) -> tensor<1x16x16x32xf16>
  return %y : tensor<1x16x16x32xf16>
}
