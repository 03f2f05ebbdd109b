// RUN: not tconv-run %s 2>&1 | FileCheck %s

// Padding that leaves nothing over is an error, which shows the formula with its numbers.
// CHECK: examples-empty.mlir:[[# @LINE + 3]]:8: error: {{.*}} expected an output size of at least 1 in spatial dimension 0
// CHECK-SAME: (2 - 1)*2 - 2 - 2 + 1*(2 - 1) + 0 + 1 = 0
func.func @main(%x: tensor<1x1x2x2xf32>, %w: tensor<1x1x2x2xf32>) -> tensor<1x1x?x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [2, 2]
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x?x?xf32>
  return %y : tensor<1x1x?x?xf32>
}
