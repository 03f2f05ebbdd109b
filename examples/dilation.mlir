// Stride 4 with dilation 2: their greatest common divisor 2 does not divide odd
// residues, so no tap reaches every second element. Those hold the bias, here 0.5.
func.func @main() -> tensor<1x1x13xf32> {
  %x = arith.constant dense<[[[1.0, 10.0, 100.0]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>
  %b = arith.constant dense<[0.5]> : tensor<1xf32>
  %y = tconv.conv_transpose %x, %w, %b stride [4] dilation [2]
      : (tensor<1x1x3xf32>, tensor<1x1x3xf32>, tensor<1xf32>) -> tensor<1x1x13xf32>
  return %y : tensor<1x1x13xf32>
}
