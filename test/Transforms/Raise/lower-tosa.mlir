// RUN: tconv-opt %s -tconv-lower-tosa | FileCheck %s

// What stands around a layer becomes linalg and tensor ops; what upstream does not lower is
// left for the tools to name.
// CHECK-LABEL: @around
// CHECK-NOT: tosa.transpose{{ }}
// CHECK-NOT: tosa.add
// CHECK: linalg.transpose
// CHECK: arith.addf
// CHECK: tosa.custom
func.func @around(%x: tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %t = tosa.transpose %x {perms = array<i32: 0, 2, 1>} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %s = tosa.add %t, %x : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %a = tosa.custom %s {domain_name = "somebody", implementation_attrs = "", operator_name = "theirs"}
      : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %a, %t : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}

// Where a slice ends that starts inside and has no size is not for this pass to guess; one that
// starts at 0 is the whole.
// CHECK-LABEL: @slices
// CHECK: tosa.slice
// CHECK-NOT: tosa.slice
// CHECK: tensor.extract_slice
func.func @slices(%x: tensor<?x4xf32>) -> (tensor<?x4xf32>, tensor<?x2xf32>) {
  %start = tosa.const_shape {values = dense<[1, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %open = tosa.const_shape {values = dense<[-1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %whole = tosa.const_shape {values = dense<0> : tensor<2xindex>} : () -> !tosa.shape<2>
  %two = tosa.const_shape {values = dense<[-1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %a = tosa.slice %x, %start, %open
      : (tensor<?x4xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<?x4xf32>
  %b = tosa.slice %x, %whole, %two
      : (tensor<?x4xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<?x2xf32>
  return %a, %b : tensor<?x4xf32>, tensor<?x2xf32>
}
