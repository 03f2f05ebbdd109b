// RUN: tconv-run %s --check --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --check --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --check --threads=2 | FileCheck %s
// RUN: tconv-run %s --check --target=emulated | FileCheck %s

// Results that share a buffer are each a tensor of their own.
// CHECK-COUNT-3: {{\[ ?}}1. 4. 4.]
func.func @main() -> (tensor<1x1x3xf32>, tensor<1x1x3xf32>, tensor<?x?x?xf32>) {
  %x = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %w = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
  %z = tensor.cast %y : tensor<1x1x3xf32> to tensor<?x?x?xf32>
  return %y, %y, %z : tensor<1x1x3xf32>, tensor<1x1x3xf32>, tensor<?x?x?xf32>
}
