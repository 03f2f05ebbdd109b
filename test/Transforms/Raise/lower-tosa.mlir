// RUN: tconv-opt %s -tconv-lower-tosa | FileCheck %s

// What stands around a layer becomes linalg and tensor ops; what upstream does not lower is
// left for the tools to name.
// CHECK-LABEL: @around
// CHECK-NOT: tosa.transpose{{ }}
// CHECK-NOT: tosa.add
// CHECK: linalg.transpose
// CHECK: arith.addf
// CHECK: tosa.fft2d
func.func @around(%x: tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %t = tosa.transpose %x {perms = array<i32: 0, 2, 1>} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %s = tosa.add %t, %x : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %a, %b = tosa.fft2d %s, %x {inverse = false}
      : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>)
  return %a, %b : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
