// RUN: tconv-run %s --check --output=%t.y.npy --output=%t.z.npy
// RUN: tconv-run %s --check --algorithm=phases --output=%t.y.npy --output=%t.z.npy

// Subnormal bf16 factors count as numbers or as zero, as the processor's instructions have
// it: the bound of the check knows what may be lost, sums and results included.
func.func @main() -> (tensor<1x2x5xbf16>, tensor<1x2x5xbf16>) {
  %small = arith.constant dense<[[[1.0e-39, -3.0e-39, 9.0e-39, 2.0e-38]]]> : tensor<1x1x4xbf16>
  %large = arith.constant dense<[[[3.0, -1.0e38], [2.0e38, -7.0]]]> : tensor<1x2x2xbf16>
  %tiny = arith.constant dense<[[[1.0, -0.5], [5.0e-39, 0.25]]]> : tensor<1x2x2xbf16>
  %y = tconv.conv_transpose %small, %large
      : (tensor<1x1x4xbf16>, tensor<1x2x2xbf16>) -> tensor<1x2x5xbf16>
  %z = tconv.conv_transpose %small, %tiny
      : (tensor<1x1x4xbf16>, tensor<1x2x2xbf16>) -> tensor<1x2x5xbf16>
  return %y, %z : tensor<1x2x5xbf16>, tensor<1x2x5xbf16>
}
