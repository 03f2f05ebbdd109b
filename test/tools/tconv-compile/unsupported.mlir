// RUN: %python %S/../tconv-run/Inputs/status.py 77 tconv-compile %s --entry=dynamic -o %t.o 2>&1 | FileCheck %s --check-prefix=ARGUMENT
// RUN: %python %S/../tconv-run/Inputs/status.py 77 tconv-compile %s --entry=result -o %t.o 2>&1 | FileCheck %s --check-prefix=RESULT
// RUN: %python %S/../tconv-run/Inputs/status.py 77 tconv-compile %s --entry=scalar -o %t.o 2>&1 | FileCheck %s --check-prefix=SCALAR

// What has no C interface yet has an exit status of its own.
// ARGUMENT: unsupported: expected static sizes in @dynamic to make a C interface of it, got 1x1x?xf32 as argument 0
func.func @dynamic(%x: tensor<1x1x?xf32>) {
  return
}

// RESULT: unsupported: expected static sizes in @result to make a C interface of it, got ?xf32 as result 0
func.func @result(%x: tensor<4xf32>) -> tensor<?xf32> {
  %y = tensor.cast %x : tensor<4xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}

// SCALAR: unsupported: expected a ranked tensor as argument 0, got f32
func.func @scalar(%x: f32) {
  return
}
