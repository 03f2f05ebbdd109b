// RUN: tconv-opt %s -loop-invariant-code-motion | FileCheck %s

// With static sizes nothing can go wrong: the op leaves a loop that perhaps never runs.
// CHECK-LABEL: @static
// CHECK: tconv.conv_transpose
// CHECK: scf.for
// CHECK-NOT: tconv.conv_transpose
// CHECK: return
func.func @static(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>, %n: index, %init: tensor<1x1x7xf32>)
    -> tensor<1x1x7xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %init) -> tensor<1x1x7xf32> {
    %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
    scf.yield %y : tensor<1x1x7xf32>
  }
  return %r : tensor<1x1x7xf32>
}

// Dynamic sizes may be inconsistent, which is an error only where the op executes.
// CHECK-LABEL: @dynamic
// CHECK-NOT: tconv.conv_transpose
// CHECK: scf.for
// CHECK: tconv.conv_transpose
func.func @dynamic(%x: tensor<1x?x4xf32>, %w: tensor<1x1x4xf32>, %n: index, %init: tensor<1x1x7xf32>)
    -> tensor<1x1x7xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %init) -> tensor<1x1x7xf32> {
    %y = tconv.conv_transpose %x, %w : (tensor<1x?x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
    scf.yield %y : tensor<1x1x7xf32>
  }
  return %r : tensor<1x1x7xf32>
}
