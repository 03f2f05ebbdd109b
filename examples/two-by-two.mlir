// x = [[2, 4], [0, 1]] under w = [[3, 1], [1, 5]], stride 2, padding 1: of the 4x4 that
// the stamps cover, padding leaves the middle 2x2.
func.func @main() -> tensor<1x1x2x2xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3.0, 1.0], [1.0, 5.0]]]]> : tensor<1x1x2x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x2x2xf32>
  return %y : tensor<1x1x2x2xf32>
}
