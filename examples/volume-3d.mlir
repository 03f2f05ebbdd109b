// Three spatial dimensions, as in a decoder for volumes: kernel 2 and stride 2, so that
// no two stamps overlap and each of the eight phases has one tap.
func.func @main(%x: tensor<1x8x3x4x5xf32>, %w: tensor<8x4x2x2x2xf32>) -> tensor<1x4x6x8x10xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2, 2]
      : (tensor<1x8x3x4x5xf32>, tensor<8x4x2x2x2xf32>) -> tensor<1x4x6x8x10xf32>
  return %y : tensor<1x4x6x8x10xf32>
}
