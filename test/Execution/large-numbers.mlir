// RUN: tconv-run %s --check --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --check --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --check --target=emulated | FileCheck %s
// RUN: tconv-run %s --check --target=emulated --algorithm=zero-insertion | FileCheck %s

// Attributes far beyond the sizes of the tensors cost neither time nor memory, and
// overflow nothing.
func.func @main() -> (tensor<1x1x2xf32>, tensor<1x1x3xf32>, tensor<1x1x1xf32>) {
  %x = arith.constant dense<[[[3.0]]]> : tensor<1x1x1xf32>
  %w = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %one = arith.constant dense<[[[7.0]]]> : tensor<1x1x1xf32>

  // A stride that no second element takes.
  // CHECK:      {{\[ ?}}3. 6.]
  %stride = tconv.conv_transpose %x, %w stride [100000000000000000]
      : (tensor<1x1x1xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>

  // Everything is cropped, and as much put on at the other end.
  // CHECK-NEXT: {{\[ ?}}0. 0. 0.]
  %shifted = tconv.conv_transpose %x, %w padding [[100000000000000000, -100000000000000001]]
      : (tensor<1x1x1xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>

  // A dilation between the only tap and nothing.
  // CHECK-NEXT: {{\[ ?}}21.]
  %dilation = tconv.conv_transpose %x, %one dilation [100000000000000000]
      : (tensor<1x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>

  return %stride, %shifted, %dilation : tensor<1x1x2xf32>, tensor<1x1x3xf32>, tensor<1x1x1xf32>
}
