// RUN: tconv-run %s --threads=1 --output=%t.npy

// Tiles of fused phases whose borders are cut off use the stack, and give it back: here there
// are so many of them in one task that it would not be large enough otherwise.
func.func @main(%x: tensor<1x100000x5x4xf32>, %w: tensor<4x4x4x4xf32>)
    -> tensor<1x200000x10x4xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[1, 1], [1, 1]] channels_last
      schedule <family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 1,
                fused_phases = 2, block_pixels = 1000000, blocks_per_task = 1,
                reduction_block = 0, prefetch = 0, unroll = 4>
      : (tensor<1x100000x5x4xf32>, tensor<4x4x4x4xf32>) -> tensor<1x200000x10x4xf32>
  return %y : tensor<1x200000x10x4xf32>
}
