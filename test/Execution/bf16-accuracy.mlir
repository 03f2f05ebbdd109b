// RUN: tconv-run %s --entry=plain --check --output=%t.npy 2>&1 | FileCheck %s
// RUN: tconv-run %s --entry=pairs --check --output=%t.npy 2>&1 | FileCheck %s

// On pseudo-random numbers, results in bf16 are no further from the sums in f64 than the
// rounding of sums in f32 and of the result explains (lib/Reference/ErrorBound.cpp), whether
// single products are added or pairs of them.
// CHECK: check: 8192 elements agree with the scatter loop

func.func @plain(%x: tensor<1x8x8x64xbf16>, %w: tensor<64x32x4x4xbf16>)
    -> tensor<1x16x16x32xbf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x8x8x64xbf16>, tensor<64x32x4x4xbf16>) -> tensor<1x16x16x32xbf16>
  return %y : tensor<1x16x16x32xbf16>
}

func.func @pairs(%x: tensor<1x8x8x64xbf16>, %w: tensor<64x32x4x4xbf16>)
    -> tensor<1x16x16x32xbf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      schedule <family = output_channels, dot = bf16_pairs, vector_length = 8, pixels = 4,
                vectors = 2, fused_phases = 1, block_pixels = 64, blocks_per_task = 1,
                reduction_block = 0, prefetch = 0, unroll = 4>
      : (tensor<1x8x8x64xbf16>, tensor<64x32x4x4xbf16>) -> tensor<1x16x16x32xbf16>
  return %y : tensor<1x16x16x32xbf16>
}
