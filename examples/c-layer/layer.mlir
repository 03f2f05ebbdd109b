// A layer that doubles a map of 32x32 pixels and halves its channels, with the bias and
// the filter that a trained network would give it: the same in every run.
func.func @upscale(%x: tensor<1x32x32x64xf32>, %w: tensor<64x32x4x4xf32> {tconv.constant},
                   %b: tensor<32xf32> {tconv.constant}) -> tensor<1x64x64x32xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x32x32x64xf32>, tensor<64x32x4x4xf32>, tensor<32xf32>) -> tensor<1x64x64x32xf32>
  return %y : tensor<1x64x64x32xf32>
}
