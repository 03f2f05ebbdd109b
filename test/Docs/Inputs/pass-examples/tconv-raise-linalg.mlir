func.func @f(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x6xf32> {
  %c0 = arith.constant 0.0 : f32
  %spread_init = tensor.empty() : tensor<1x1x9xf32>
  %zeros = linalg.fill ins(%c0 : f32) outs(%spread_init : tensor<1x1x9xf32>) -> tensor<1x1x9xf32>
  %result_init = tensor.empty() : tensor<1x1x6xf32>
  %zero = linalg.fill ins(%c0 : f32) outs(%result_init : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  %init = tensor.empty() : tensor<1x1x4xf32>
  %spread = tensor.insert_slice %x into %zeros[0, 0, 1] [1, 1, 4] [1, 1, 2]
      : tensor<1x1x4xf32> into tensor<1x1x9xf32>
  %rotated = linalg.generic {
      indexing_maps = [affine_map<(d0, d1, d2) -> (d1, d0, -d2 + 3)>,
                       affine_map<(d0, d1, d2) -> (d0, d1, d2)>],
      iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%w : tensor<1x1x4xf32>) outs(%init : tensor<1x1x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x4xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%spread, %rotated : tensor<1x1x9xf32>, tensor<1x1x4xf32>)
      outs(%zero : tensor<1x1x6xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}
