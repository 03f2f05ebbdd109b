// Four groups, a bias, and channels last (NHWC): input channel ci meets only the eight
// output channels of its group. The filter is [Ci, Co/groups, Kh, Kw] in both layouts.
func.func @main(%x: tensor<2x7x8x16xf32>, %w: tensor<16x8x3x3xf32>, %b: tensor<32xf32>)
    -> tensor<2x14x16x32xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] output_padding [1, 1]
      groups 4 channels_last
      : (tensor<2x7x8x16xf32>, tensor<16x8x3x3xf32>, tensor<32xf32>) -> tensor<2x14x16x32xf32>
  return %y : tensor<2x14x16x32xf32>
}
