func.func @f(%x: tensor<1x1x?xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w padding [1]
      : (tensor<1x1x?xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
