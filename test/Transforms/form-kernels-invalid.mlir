// RUN: tconv-opt %s --tconv-form-kernels --split-input-file --verify-diagnostics

// A schedule that is written by hand is refused where it does not fit its layer.

func.func @dynamic(%x: tensor<1x4x?xf32>, %w: tensor<?x8x4xf32>) -> tensor<1x10x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: sizes other than the batch and spatial ones are dynamic}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = output_channels, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x4x?xf32>, tensor<?x8x4xf32>) -> tensor<1x10x8xf32>
  return %y : tensor<1x10x8xf32>
}

// -----

func.func @width_of_dynamic_rows(%x: tensor<1x4x?xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x8x?xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected static spatial sizes for the family width}}
  %y = tconv.conv_transpose %x, %w stride [2] schedule <family = width, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x4x?xf32>, tensor<4x8x4xf32>) -> tensor<1x8x?xf32>
  return %y : tensor<1x8x?xf32>
}

// -----

func.func @pairs_of_f32(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected bf16 for the dot product bf16_pairs, got f32}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = output_channels, dot = bf16_pairs, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @quads_of_f32(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected i8 for the dot products int16_pairs and int8_quads, got f32}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = output_channels, dot = int8_quads, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @three_phases(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected fused_phases of 1, or the innermost stride of a layer of one group without dilation whose filter size is a multiple of it, and a reduction_block of 0, got 3}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = output_channels, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 3, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @width_of_channels_last(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected channels_first and floats for the family width}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = width, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @depthwise_of_one_group(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected as many groups as channels for the family depthwise, got 1 groups of 4 and 8 channels}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = depthwise, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @depthwise_pairs(%x: tensor<1x8x4xi8>, %w: tensor<4x1x4xi8>) -> tensor<1x18x4xi32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected the dot product plain for the family depthwise}}
  %y = tconv.conv_transpose %x, %w stride [2] groups 4 channels_last schedule <family = depthwise, dot = int16_pairs, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xi8>, tensor<4x1x4xi8>) -> tensor<1x18x4xi32>
  return %y : tensor<1x18x4xi32>
}

// -----

func.func @half_products_of_f32(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected the math of f32 or fma}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last gpu_schedule <kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @depthwise_of_four_channels(%x: tensor<1x8x4xf16>, %w: tensor<4x8x4xf16>) -> tensor<1x18x8xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected one input channel in each group for the kernel depthwise, got 4}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last gpu_schedule <kernel = depthwise, math = fma, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x8x4xf16>, tensor<4x8x4xf16>) -> tensor<1x18x8xf16>
  return %y : tensor<1x18x8xf16>
}

// -----

func.func @rows_below_a_chunk(%x: tensor<1x8x4xf16>, %w: tensor<4x8x4xf16>) -> tensor<1x18x8xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected a block_k of at least 8 for f16, got 4}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last gpu_schedule <kernel = simt, math = fma, block_m = 64, block_n = 64, block_k = 4, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x8x4xf16>, tensor<4x8x4xf16>) -> tensor<1x18x8xf16>
  return %y : tensor<1x18x8xf16>
}

// -----

func.func @a_block_for_each_pixel(%x: tensor<1x1000000x4xf32>, %w: tensor<4x8x1xf32>) -> tensor<1x1000000x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: more than 262144 blocks}}
  %y = tconv.conv_transpose %x, %w channels_last schedule <family = output_channels, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 1, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x1000000x4xf32>, tensor<4x8x1xf32>) -> tensor<1x1000000x8xf32>
  return %y : tensor<1x1000000x8xf32>
}

// -----

func.func @the_most_of_everything(%x: tensor<1x64x64x8xf32>, %w: tensor<8x999x4x4xf32>) -> tensor<1x130x130x999xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: more than 16384 multiply-adds of vectors in the code}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] channels_last schedule <family = output_channels, dot = plain, vector_length = 64, pixels = 32, vectors = 16, fused_phases = 1, block_pixels = 96, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 16>
      : (tensor<1x64x64x8xf32>, tensor<8x999x4x4xf32>) -> tensor<1x130x130x999xf32>
  return %y : tensor<1x130x130x999xf32>
}

// -----

func.func @transformed_bytes(%x: tensor<1x8x4xi8>, %w: tensor<4x8x4xi8>) -> tensor<1x18x8xi32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected floats, the dot product plain and a reduction_block of 0 for the family winograd}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 2>
      : (tensor<1x8x4xi8>, tensor<4x8x4xi8>) -> tensor<1x18x8xi32>
  return %y : tensor<1x18x8xi32>
}

// -----

func.func @transformed_in_parts(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected floats, the dot product plain and a reduction_block of 0 for the family winograd}}
  %y = tconv.conv_transpose %x, %w stride [2] channels_last schedule <family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 2, prefetch = 0, unroll = 1, tile = 2>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @gaps_between_taps(%x: tensor<1x8x4xf32>, %w: tensor<4x8x2xf32>) -> tensor<1x18x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected dilations that divide the strides for the family winograd, got 3 and 2}}
  %y = tconv.conv_transpose %x, %w stride [2] dilation [3] channels_last schedule <family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 2>
      : (tensor<1x8x4xf32>, tensor<4x8x2xf32>) -> tensor<1x18x8xf32>
  return %y : tensor<1x18x8xf32>
}

// -----

func.func @many_products(%x: tensor<1x8x8x4xf32>, %w: tensor<4x8x12x12xf32>) -> tensor<1x19x19x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected at most 128 products of a tile and 4096 phases for the family winograd}}
  %y = tconv.conv_transpose %x, %w channels_last schedule <family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 2>
      : (tensor<1x8x8x4xf32>, tensor<4x8x12x12xf32>) -> tensor<1x19x19x8xf32>
  return %y : tensor<1x19x19x8xf32>
}

// -----

func.func @far_padding(%x: tensor<1x8x4xf32>, %w: tensor<4x8x4xf32>) -> tensor<1x1073741843x8xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected strides and paddings up to 1073741824 for the family winograd}}
  %y = tconv.conv_transpose %x, %w stride [2] padding [[-1073741825, 0]] channels_last schedule <family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 2>
      : (tensor<1x8x4xf32>, tensor<4x8x4xf32>) -> tensor<1x1073741843x8xf32>
  return %y : tensor<1x1073741843x8xf32>
}

// -----

// Bytes less a zero point take 9 bits, and this instruction has factors of 8.
func.func @zero_point_of_quads(%x: tensor<1x8x4xi8>, %w: tensor<4x8x4xi8>) -> tensor<1x11x8xi32> {
  // expected-error @+1 {{the schedule does not fit the layer: expected a filter_zero_point of 0 for the dot product int8_quads, got -1}}
  %y = tconv.conv_transpose %x, %w channels_last filter_zero_point -1 schedule <family = output_channels, dot = int8_quads, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x4xi8>, tensor<4x8x4xi8>) -> tensor<1x11x8xi32>
  return %y : tensor<1x11x8xi32>
}
