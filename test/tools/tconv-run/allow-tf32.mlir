// f32 is multiplied as f32, unless tensor cores are allowed to; the check knows which.
//
// RUN: tconv-run %s --target=emulated --check --output=%t.npy --emulator-report 2>&1 \
// RUN:   | FileCheck %s --check-prefix=EXACT
// RUN: tconv-run %s --target=emulated --check --output=%t.npy --emulator-report --allow-tf32 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TF32

// EXACT-NOT: mma
// EXACT: scalar multiply-adds
// EXACT: check: 11200 elements agree
// TF32: mma by warps
// TF32: check: 11200 elements agree
func.func @main(%x: tensor<2x5x7x24xf32>, %w: tensor<24x40x4x4xf32> {tconv.constant})
    -> tensor<2x10x14x40xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<2x5x7x24xf32>, tensor<24x40x4x4xf32>) -> tensor<2x10x14x40xf32>
  return %y : tensor<2x10x14x40xf32>
}
