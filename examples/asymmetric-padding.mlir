// Padding may differ at the two ends of a dimension, and may be negative: then the
// result grows, by zeros or the bias. Here the first dimension is cut by 1 at its end
// only, and the second grows by 2 in front.
func.func @main() -> tensor<1x1x4x6xf32> {
  %x = arith.constant dense<[[[[1.0, 2.0], [3.0, 4.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<1.0> : tensor<1x1x3x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[0, 1], [-2, 0]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x2xf32>) -> tensor<1x1x4x6xf32>
  return %y : tensor<1x1x4x6xf32>
}
