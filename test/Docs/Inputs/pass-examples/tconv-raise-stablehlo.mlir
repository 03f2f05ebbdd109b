func.func @f(%x: tensor<1x3x5xf32>, %w: tensor<3x4x4xf32>) -> tensor<1x4x10xf32> {
  %y = "stablehlo.convolution"(%x, %w) <{
      dimension_numbers = #stablehlo.conv<[b, f, 0]x[i, o, 0]->[b, f, 0]>,
      feature_group_count = 1 : i64, batch_group_count = 1 : i64,
      lhs_dilation = array<i64: 2>, padding = dense<2> : tensor<1x2xi64>}>
      : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
  return %y : tensor<1x4x10xf32>
}
