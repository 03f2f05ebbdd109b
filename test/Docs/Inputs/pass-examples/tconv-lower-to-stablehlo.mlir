func.func @f(%x: tensor<1x3x5xf32>, %w: tensor<3x4x4xf32>) -> tensor<1x4x10xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
  return %y : tensor<1x4x10xf32>
}
