// RUN: tconv-run %s --target=emulated --check --output=%t.npy 2>&1 | FileCheck %s
// RUN: tconv-run %s --target=emulated --emulator=async-copies=late,thread-order=reverse --check --output=%t.npy 2>&1 | FileCheck %s

// Sums that need more room than the stages of x and w: where channels are first, rows of them are 25
// elements apart, and the table behind them says where each row is stored.
// CHECK: check: 3600 elements agree
func.func @main(%x: tensor<2x8x5x5xf32>, %w: tensor<8x18x2x2xf32>) -> tensor<2x18x10x10xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] gpu_schedule <kernel = simt, math = fma, block_m = 128, block_n = 24, block_k = 4, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<2x8x5x5xf32>, tensor<8x18x2x2xf32>) -> tensor<2x18x10x10xf32>
  return %y : tensor<2x18x10x10xf32>
}
