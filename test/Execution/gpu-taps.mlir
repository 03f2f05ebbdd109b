// RUN: tconv-run %s --target=emulated --emulator-report --check --output=%t.npy 2>&1 | FileCheck %s

// Each of the 16 pixels of an image reads the only one of x, by a tap of its own. Pixel by pixel, a
// tile of 16 rows is one pixel of all images, and has one of the 16 taps: all that is multiplied is
// 256 rows of 64 channels by 16.
// CHECK: asynchronous copies: {{[0-9]+}} copies, 65536 bytes
// CHECK: matrix multiplies: 128 mma by warps, 262144 multiply-adds
// CHECK: check: 4096 elements agree
func.func @main(%x: tensor<16x1x1x64xf16>, %w: tensor<64x16x4x4xf16> {tconv.constant}) -> tensor<16x4x4x16xf16> {
  %y = tconv.conv_transpose %x, %w channels_last gpu_schedule <kernel = mma, math = f16, block_m = 16, block_n = 16, block_k = 32, stages = 3, warps_m = 1, warps_n = 2, split_k = 1, raster = 8, order = pixel_by_pixel>
      : (tensor<16x1x1x64xf16>, tensor<64x16x4x4xf16>) -> tensor<16x4x4x16xf16>
  return %y : tensor<16x4x4x16xf16>
}
