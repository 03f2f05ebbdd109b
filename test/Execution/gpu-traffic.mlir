// RUN: tconv-run %s --target=emulated --algorithm=phases --emulator-report --output=%t.npy 2>&1 | FileCheck %s
// The layer has 4 * 64 * 64 * 64 multiply-adds in each of four phases.
func.func @main(%x: tensor<1x64x8x8xf32>, %w: tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x64x8x8xf32>, tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32>
  return %y : tensor<1x64x16x16xf32>
}
