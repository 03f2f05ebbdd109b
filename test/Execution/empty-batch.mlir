// RUN: tconv-run %s --check --algorithm=phases --output %t.npy 2>&1 | FileCheck %s
// RUN: tconv-run %s --check --algorithm=zero-insertion --output %t.npy 2>&1 | FileCheck %s
// RUN: tconv-run %s --check --threads=2 --output %t.npy 2>&1 | FileCheck %s
// RUN: tconv-run %s --check --target=emulated --output %t.npy 2>&1 | FileCheck %s

// A batch of nothing gives nothing, however large a single element of it would be.
// CHECK: check: 0 elements agree
func.func @main(%x: tensor<0x1x1000000x1000000xf32>, %w: tensor<1x8x3x3xf32>)
    -> tensor<0x8x2000001x2000001xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<0x1x1000000x1000000xf32>, tensor<1x8x3x3xf32>) -> tensor<0x8x2000001x2000001xf32>
  return %y : tensor<0x8x2000001x2000001xf32>
}
