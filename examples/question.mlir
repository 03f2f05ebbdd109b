// The question that tconv was made for: a 4x4 input of ones, a 4x4 kernel of
// 1..16, stride 2, padding 1. Where do the 6 at (0, 0) and the 12 at (0, 1) of the
// 8x8 result come from?
//
//   y[0,0] = x[0,0]*w[1,1] = 6
//   y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12
func.func @main() -> tensor<1x1x8x8xf32> {
  %x = arith.constant dense<1.0> : tensor<1x1x4x4xf32>
  %w = arith.constant dense<[[[[ 1.0,  2.0,  3.0,  4.0],
                               [ 5.0,  6.0,  7.0,  8.0],
                               [ 9.0, 10.0, 11.0, 12.0],
                               [13.0, 14.0, 15.0, 16.0]]]]> : tensor<1x1x4x4xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}
