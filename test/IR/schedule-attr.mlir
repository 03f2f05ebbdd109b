// RUN: tconv-opt %s | tconv-opt | FileCheck %s
// RUN: tconv-opt %s -emit-bytecode | tconv-opt | FileCheck %s

// Every family and dot product, and all fields, survive printing and parsing.
// CHECK-LABEL: @schedules
  // CHECK-SAME: s0 = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
  // CHECK-SAME: s1 = #tconv.schedule<family = width, dot = bf16_pairs, vector_length = 16, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
  // CHECK-SAME: s2 = #tconv.schedule<family = depthwise, dot = int16_pairs, vector_length = 1, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 64, prefetch = 0, unroll = 4>
  // CHECK-SAME: s3 = #tconv.schedule<family = output_channels, dot = int8_quads, vector_length = 64, pixels = 6, vectors = 2, fused_phases = 2, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
  // CHECK-SAME: s4 = #tconv.schedule<family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 3>
func.func private @schedules() attributes {
  s0 = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>,
  s1 = #tconv.schedule<family = width, dot = bf16_pairs, vector_length = 16, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>,
  s2 = #tconv.schedule<family = depthwise, dot = int16_pairs, vector_length = 1, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 64, prefetch = 0, unroll = 4>,
  s3 = #tconv.schedule<family = output_channels, dot = int8_quads, vector_length = 64, pixels = 6, vectors = 2, fused_phases = 2, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>,
  s4 = #tconv.schedule<family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 3>}

// A clause of the op.
// CHECK-LABEL: @clause
func.func @clause(%x: tensor<1x4x1xf32>, %w: tensor<1x1x2xf32>) {
  // CHECK: tconv.conv_transpose %{{.*}}, %{{.*}} stride [2] channels_last schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4> {note} : (
  %y = tconv.conv_transpose %x, %w schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
      channels_last stride [2] {note} : (tensor<1x4x1xf32>, tensor<1x1x2xf32>) -> tensor<1x8x1xf32>
  return
}
