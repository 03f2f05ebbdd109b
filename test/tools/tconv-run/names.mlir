// RUN: tconv-run %s --entry=memset --check --output %t.npy 2>&1 | FileCheck %s
// RUN: not tconv-run %s --entry=undefined 2>&1 | FileCheck %s --check-prefix=DECLARED

// A function may have the name of one that compiled code calls.
// CHECK: check: 3 elements agree
func.func @memset(%x: tensor<1x1x2xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x3xf32> {
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
  return %y : tensor<1x1x3xf32>
}

// DECLARED: error: expected a function @undefined with a body to run, found none
