func.func @layer(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x8xf32>
  return %y : tensor<1x1x8xf32>
}
