// The end of a small image decoder: two layers with a ReLU in between. Everything that
// MLIR can lower may stand next to a layer.
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @main(%x: tensor<1x32x8x8xf32>, %w1: tensor<32x16x4x4xf32>, %w2: tensor<16x3x4x4xf32>)
    -> tensor<1x3x32x32xf32> {
  %h = tconv.conv_transpose %x, %w1 stride [2, 2] padding [1, 1]
      : (tensor<1x32x8x8xf32>, tensor<32x16x4x4xf32>) -> tensor<1x16x16x16xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x16x16x16xf32>
  %r = linalg.generic {indexing_maps = [#id, #id],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%h : tensor<1x16x16x16xf32>) outs(%empty : tensor<1x16x16x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %positive = arith.maximumf %in, %zero : f32
    linalg.yield %positive : f32
  } -> tensor<1x16x16x16xf32>
  %y = tconv.conv_transpose %r, %w2 stride [2, 2] padding [1, 1]
      : (tensor<1x16x16x16xf32>, tensor<16x3x4x4xf32>) -> tensor<1x3x32x32xf32>
  return %y : tensor<1x3x32x32xf32>
}
