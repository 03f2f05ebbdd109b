// RUN: tconv-run %s --check --algorithm=phases --output %t.npy 2>&1 | FileCheck %s
// RUN: not tconv-run %s --check --algorithm=zero-insertion 2>&1 | FileCheck %s --check-prefix=DIFFERS

// The filter has to be finite: with an infinite one, zero insertion multiplies infinity by
// its zeros. So here --check has something to find, and fails.
// CHECK: check: 4 elements agree with the scatter loop
// DIFFERS: error: the result differs from the scatter loop: {{.*}}nan
func.func @main() -> tensor<1x1x4xf32> {
  %x = arith.constant dense<1.0> : tensor<1x1x2xf32>
  %w = arith.constant dense<[[[0x7F800000, 1.0]]]> : tensor<1x1x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}
