// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=scalar 2>&1 | FileCheck %s --check-prefix=SCALAR
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=buffer 2>&1 | FileCheck %s --check-prefix=BUFFER
// RUN: %python %S/Inputs/status.py 77 tconv-run %s --entry=result --check 2>&1 | FileCheck %s --check-prefix=CHECK

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
