// RUN: tconv-run %s | FileCheck %s

// Without --entry, @main is run if there are several functions.
// CHECK: [1. 1.]
func.func @main() -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<2xf32>
  return %one : tensor<2xf32>
}
func.func @other() {
  return
}
