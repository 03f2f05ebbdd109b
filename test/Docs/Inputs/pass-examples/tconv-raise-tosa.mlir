func.func @f(%x: tensor<1x3x4x2xf32>, %w: tensor<3x4x4x2xf32>, %b: tensor<3xf32>)
    -> tensor<1x6x8x3xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.transpose_conv2d %x, %w, %b, %zero, %zero
      {acc_type = f32, out_pad = array<i64: -1, -1, -1, -1>, stride = array<i64: 2, 2>}
      : (tensor<1x3x4x2xf32>, tensor<3x4x4x2xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x6x8x3xf32>
  return %y : tensor<1x6x8x3xf32>
}
