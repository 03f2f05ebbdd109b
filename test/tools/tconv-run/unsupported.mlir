// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=scalar 2>&1 | FileCheck %s --check-prefix=SCALAR
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=buffer 2>&1 | FileCheck %s --check-prefix=BUFFER
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=result --check 2>&1 | FileCheck %s --check-prefix=CHECK
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=wide --check 2>&1 | FileCheck %s --check-prefix=WIDE
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=nothing --check 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=unbounded --check 2>&1 | FileCheck %s --check-prefix=UNBOUNDED

// What is right but cannot be run has an exit status of its own.
// SCALAR: unsupported: expected a ranked tensor as argument 0, got f32
func.func @scalar(%x: f32) {
  return
}

// BUFFER: unsupported: expected a ranked tensor as argument 0, got memref<4xf32>
func.func @buffer(%x: memref<4xf32>) {
  return
}

// CHECK: unsupported: --check has no definition of linalg.matmul
func.func @result(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %zeros = arith.constant dense<0.0> : tensor<4x4xf32>
  %y = linalg.matmul ins(%x, %x : tensor<4x4xf32>, tensor<4x4xf32>) outs(%zeros : tensor<4x4xf32>)
      -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}

// WIDE: unsupported: --check does not know numbers of type i128
func.func @wide(%x: tensor<4xi64>) -> tensor<4xi64> {
  %a = arith.extsi %x : tensor<4xi64> to tensor<4xi128>
  %b = arith.addi %a, %a : tensor<4xi128>
  %y = arith.trunci %b : tensor<4xi128> to tensor<4xi64>
  return %y : tensor<4xi64>
}

// NOTHING: unsupported: --check takes functions that have results
func.func @nothing(%x: tensor<4xf32>) {
  return
}

// A number that rounding may have made 0 divides: nothing is known of the quotient.
// UNBOUNDED: unsupported: --check has no bound for any element of the results
func.func @unbounded(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = math.exp %x : tensor<4xf32>
  %b = math.exp %x : tensor<4xf32>
  %c = arith.subf %a, %b : tensor<4xf32>
  %y = arith.divf %x, %c : tensor<4xf32>
  return %y : tensor<4xf32>
}
