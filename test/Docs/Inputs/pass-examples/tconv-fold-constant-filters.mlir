func.func @f(%x: tensor<1x1x8x8xf32>) -> tensor<1x3x11x11xf32> {
  %w = arith.constant dense<1.0> : tensor<4x4x1x3xf32>
  %init = tensor.empty() : tensor<1x3x4x4xf32>
  %f = linalg.transpose ins(%w : tensor<4x4x1x3xf32>) outs(%init : tensor<1x3x4x4xf32>)
      permutation = [2, 3, 0, 1]
  %y = tconv.conv_transpose %x, %f
      : (tensor<1x1x8x8xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x11x11xf32>
  return %y : tensor<1x3x11x11xf32>
}
