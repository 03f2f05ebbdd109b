// RUN: tconv-run %s --target=emulated --algorithm=phases --emulator-report --output=%t.npy 2>&1 \
// RUN:   | %python %S/Inputs/check_traffic.py --multiply-adds 4194304 --at-most 0.125
// RUN: tconv-run %s --target=emulated --algorithm=zero-insertion --emulator-report --output=%t.npy 2>&1 \
// RUN:   | %python %S/Inputs/check_traffic.py --multiply-adds 16777216 --at-most 0.125

// A thread that computes an element of the result by itself loads two numbers for each
// multiply-add. Tiles in shared memory make that less than a sixteenth, all of padding, rotating
// filters and interleaving phases included. The layer has 64 * 64 * 64 * 4 multiply-adds in each of
// its four phases; zero insertion makes it 64 * 64 * 256 * 16.
func.func @main(%x: tensor<1x64x8x8xf32>, %w: tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x64x8x8xf32>, tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32>
  return %y : tensor<1x64x16x16xf32>
}
