// RUN: tconv-run %s --check --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --check --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --check --target=emulated | FileCheck %s
// RUN: tconv-run %s --check --target=emulated --algorithm=zero-insertion | FileCheck %s

// An infinity or nan reaches the elements that a tap connects it with, and no others: not
// through an inserted zero, a padded one, or another channel's zero tap.
func.func @main() -> (tensor<1x1x9xf32>, tensor<1x2x3xf32>, tensor<1x1x2xbf16>) {
  %x = arith.constant dense<[[[0x7F800000, 1.0, 0x7FC00000]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0, -2.0]]]> : tensor<1x1x2xf32>
  %b = arith.constant dense<[5.0]> : tensor<1xf32>
  // CHECK: inf -inf 5. 6. 3. 5. nan nan 5.
  %y = tconv.conv_transpose %x, %w, %b stride [3] output_padding [1]
      : (tensor<1x1x3xf32>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x1x9xf32>

  // Groups keep it to themselves.
  %u = arith.constant dense<[[[0x7F800000], [1.0]]]> : tensor<1x2x1xf32>
  %v = arith.constant dense<[[[1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0]]]> : tensor<2x1x3xf32>
  // CHECK:      inf inf inf
  // CHECK-NEXT: 4. 5. 6.
  %g = tconv.conv_transpose %u, %v groups 2
      : (tensor<1x2x1xf32>, tensor<2x1x3xf32>) -> tensor<1x2x3xf32>

  // Cropped away, it is gone; a sum beyond the largest bfloat16 is infinite.
  %s = arith.constant dense<[[[0x7F80, 1.0e38, 3.0e38]]]> : tensor<1x1x3xbf16>
  %t = arith.constant dense<[[[2.0]]]> : tensor<1x1x1xbf16>
  // CHECK: 1.99{{[0-9]+}}e+38 inf
  %z = tconv.conv_transpose %s, %t padding [[1, 0]]
      : (tensor<1x1x3xbf16>, tensor<1x1x1xbf16>) -> tensor<1x1x2xbf16>
  return %y, %g, %z : tensor<1x1x9xf32>, tensor<1x2x3xf32>, tensor<1x1x2xbf16>
}
