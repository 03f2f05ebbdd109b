// The 2x2 example with stride and padding (1,0), (1,1), (2,0) and (2,1), one element of
// each; with (2,2) there is nothing to explain, and the formula says so.
// RUN: tconv-explain %s --entry=s1p0 --at 1,2 | FileCheck %s --check-prefix=S1P0
// RUN: tconv-explain %s --entry=s1p1 --at 0,0 | FileCheck %s --check-prefix=S1P1
// RUN: tconv-explain %s --entry=s2p0 --at 1,3 | FileCheck %s --check-prefix=S2P0
// RUN: tconv-explain %s --entry=s2p1 --at 1,1 | FileCheck %s --check-prefix=S2P1
// RUN: not tconv-explain --layer 'i2x2 k2x2 s2 p2' 2>&1 | FileCheck %s --check-prefix=S2P2

// S1P0: y[1,2] = {{.*}} = 21
// S1P1: y[0,0] = {{.*}} = 17
// S2P0: y[1,3] = x[0,1]*w[1,1] = 20
// S2P1: y[1,1] = x[1,1]*w[0,0] = 3
// S2P2: error: expected an output size of at least 1 in spatial dimension 0
// S2P2-SAME: (2 - 1)*2 - 2 - 2 + 1*(2 - 1) + 0 + 1 = 0

func.func @s1p0() -> tensor<1x1x3x3xf32> {
  %x = arith.constant dense<[[[[2., 4.], [0., 1.]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3., 1.], [1., 5.]]]]> : tensor<1x1x2x2xf32>
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x3x3xf32>
  return %y : tensor<1x1x3x3xf32>
}
func.func @s1p1() -> tensor<1x1x1x1xf32> {
  %x = arith.constant dense<[[[[2., 4.], [0., 1.]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3., 1.], [1., 5.]]]]> : tensor<1x1x2x2xf32>
  %y = tconv.conv_transpose %x, %w padding [1, 1] : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x1x1xf32>
  return %y : tensor<1x1x1x1xf32>
}
func.func @s2p0() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2., 4.], [0., 1.]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3., 1.], [1., 5.]]]]> : tensor<1x1x2x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}
func.func @s2p1() -> tensor<1x1x2x2xf32> {
  %x = arith.constant dense<[[[[2., 4.], [0., 1.]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[3., 1.], [1., 5.]]]]> : tensor<1x1x2x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x2x2xf32>
  return %y : tensor<1x1x2x2xf32>
}
