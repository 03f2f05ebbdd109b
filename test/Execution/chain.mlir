// RUN: tconv-run %s --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --threads=2 | FileCheck %s
// RUN: tconv-run %s --target=emulated | FileCheck %s

// Results are the input and the filter of a further layer.
// CHECK:      {{\[ ?}}1. 2. 2. 4.]
// CHECK-NEXT: {{\[ ?}}1. 2. 2. 4. 1. 2. 2. 4. 2. 4. 4. 8. 2. 4. 4. 8.]
func.func @main() -> (tensor<1x1x4xf32>, tensor<1x1x16xf32>) {
  %x = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %ones = arith.constant dense<1.0> : tensor<1x1x2xf32>
  %y = tconv.conv_transpose %x, %x stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %twice = tconv.conv_transpose %x, %ones stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %z = tconv.conv_transpose %twice, %y stride [4]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x16xf32>
  return %y, %z : tensor<1x1x4xf32>, tensor<1x1x16xf32>
}
