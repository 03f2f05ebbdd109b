// REQUIRES: numpy
// RUN: %python -c "import numpy; r = numpy.random.default_rng(0); numpy.save('%t.x.npy', r.standard_normal((3, 5, 5, 16)).astype('f')); numpy.save('%t.w.npy', r.standard_normal((16, 16, 4, 4)).astype('f'))"
// RUN: tconv-run %s --input=%t.x.npy --input=%t.w.npy --check --output=%t.y.npy 2>&1 | FileCheck %s

// The bound of a transformed layer is that of all images, also where their number is dynamic.
// CHECK: check: 4800 elements agree with the scatter loop
func.func @main(%x: tensor<?x5x5x16xf32>, %w: tensor<16x16x4x4xf32>) -> tensor<?x10x10x16xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      schedule <family = winograd, dot = plain, vector_length = 8, pixels = 4, vectors = 2,
                fused_phases = 1, block_pixels = 12, blocks_per_task = 1, reduction_block = 0,
                prefetch = 0, unroll = 4, tile = 3>
      : (tensor<?x5x5x16xf32>, tensor<16x16x4x4xf32>) -> tensor<?x10x10x16xf32>
  return %y : tensor<?x10x10x16xf32>
}
