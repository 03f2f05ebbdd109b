func.func @up(%x: tensor<1x1x3xf32>) -> tensor<1x1x6xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<1x1x3xf32>, tensor<1x1x2xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}
func.func @down(%x: tensor<1x1x3xf32>, %w: tensor<1x1x2xf32> {tconv.constant}) -> tensor<1x1x4xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x3xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %z = func.call @more(%y) : (tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  return %z : tensor<1x1x4xf32>
}
func.func private @more(%x: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %one = arith.constant dense<1.0> : tensor<1x1x4xf32>
  %y = arith.addf %x, %one : tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}
