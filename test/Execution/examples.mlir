// RUN: tconv-run %s --check --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --check --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --check --threads=2 | FileCheck %s
// RUN: tconv-run %s --check --target=emulated | FileCheck %s

// The worked examples of docs/architecture.md, number for number. All results are whole
// numbers, so that nothing is rounded.
func.func @main() -> (tensor<1x1x8x8xf32>, tensor<1x1x3x3xf32>, tensor<1x1x1x1xf32>,
                      tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>) {
  %ones = arith.constant dense<1.0> : tensor<1x1x4x4xf32>
  %count = arith.constant dense<[[[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0],
                                   [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]]]]>
      : tensor<1x1x4x4xf32>
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3.0, 1.0], [1.0, 5.0]]]]> : tensor<1x1x2x2xf32>

  // Stride 2 and padding 1: four phases, whose stamps overlap.
  // CHECK:       6. 12. 14. 12. 14. 12. 14.  7.
  // CHECK-NEXT: 12. 24. 28. 24. 28. 24. 28. 14.
  // CHECK-NEXT: 20. 40. 44. 40. 44. 40. 44. 22.
  // CHECK-NEXT: 12. 24. 28. 24. 28. 24. 28. 14.
  // CHECK-NEXT: 20. 40. 44. 40. 44. 40. 44. 22.
  // CHECK-NEXT: 12. 24. 28. 24. 28. 24. 28. 14.
  // CHECK-NEXT: 20. 40. 44. 40. 44. 40. 44. 22.
  // CHECK-NEXT: 10. 20. 22. 20. 22. 20. 22. 11.
  %house = tconv.conv_transpose %ones, %count stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>

  // Stride 1 without padding: an ordinary full correlation.
  // CHECK:       6. 14.  4.
  // CHECK-NEXT:  2. 17. 21.
  // CHECK-NEXT:  0.  1.  5.
  %full = tconv.conv_transpose %x, %w
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x3x3xf32>

  // Padding cuts the border off.
  // CHECK:      {{\[ ?}}17.]
  %cut = tconv.conv_transpose %x, %w padding [1, 1]
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x1x1xf32>

  // Stride as large as the kernel: stamps lie side by side.
  // CHECK:       6.  2. 12.  4.
  // CHECK-NEXT:  2. 10.  4. 20.
  // CHECK-NEXT:  0.  0.  3.  1.
  // CHECK-NEXT:  0.  0.  1.  5.
  %tiles = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x4x4xf32>

  // CHECK:      10. 4.
  // CHECK-NEXT:  0. 3.
  %both = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x2x2xf32>

  return %house, %full, %cut, %tiles, %both
      : tensor<1x1x8x8xf32>, tensor<1x1x3x3xf32>, tensor<1x1x1x1xf32>,
        tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>
}
