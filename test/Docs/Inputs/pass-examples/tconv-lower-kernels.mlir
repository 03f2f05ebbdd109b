// first: --tconv-pipeline=stop-after=bufferized
func.func @f(%x: tensor<1x4x8xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x8x18xf32> {
  %y = tconv.conv_transpose %x, %w stride [2]
      schedule <family = output_channels, dot = plain, vector_length = 8, pixels = 4, vectors = 1,
                fused_phases = 1, block_pixels = 8, blocks_per_task = 1, reduction_block = 0,
                prefetch = 0, unroll = 1>
      : (tensor<1x4x8xf32>, tensor<4x8x4xf32>) -> tensor<1x8x18xf32>
  return %y : tensor<1x8x18xf32>
}
