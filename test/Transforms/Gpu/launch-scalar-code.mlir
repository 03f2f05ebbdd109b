// RUN: tconv-opt %s -tconv-launch-scalar-code -split-input-file -verify-diagnostics | FileCheck %s

// Accesses and what depends on them become one kernel; what does not stays on the host.
// CHECK-LABEL: func.func @one_kernel
// CHECK-SAME: (%[[A:.*]]: memref<4xf32>, %[[B:.*]]: memref<1xf32>, %[[I:.*]]: index
// CHECK: %[[NEXT:.*]] = arith.addi %[[I]], %{{.*}}
// CHECK-NOT: memref.alloc
// CHECK: gpu.launch {{.*}} function(@scalars) {
// CHECK-NEXT: %[[V:.*]] = memref.load %[[A]][%[[I]]]
// CHECK-NEXT: %[[U:.*]] = memref.load %[[A]][%[[NEXT]]]
// CHECK-NEXT: %[[W:.*]] = arith.mulf %[[V]], %[[U]]
// CHECK-NEXT: memref.store %[[W]], %[[B]]
// CHECK-NEXT: gpu.terminator
// CHECK-NOT: memref
// CHECK: return
func.func @one_kernel(%a: memref<4xf32>, %b: memref<1xf32>, %i: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v = memref.load %a[%i] : memref<4xf32>
  %next = arith.addi %i, %c1 : index
  %u = memref.load %a[%next] : memref<4xf32>
  %w = arith.mulf %v, %u : f32
  memref.store %w, %b[%c0] : memref<1xf32>
  return
}

// -----

// A number that later kernels use is kept in memory of the device.
// CHECK-LABEL: func.func @kept
// CHECK: %[[KEPT:.*]] = memref.alloc() : memref<f32>
// CHECK: gpu.launch {{.*}} function(@scalars)
// CHECK-NEXT: %[[V:.*]] = memref.load %arg0
// CHECK-NEXT: memref.store %[[V]], %[[KEPT]][]
// CHECK: gpu.launch {{.*}} function(@loop)
// CHECK-NEXT: %[[AGAIN:.*]] = memref.load %[[KEPT]][]
// CHECK-NEXT: memref.store %[[AGAIN]]
// CHECK: gpu.launch {{.*}} function(@scalars)
// CHECK-NEXT: %[[THIRD:.*]] = memref.load %[[KEPT]][]
// CHECK-NEXT: memref.store %[[THIRD]]
// CHECK: memref.dealloc %[[KEPT]]
// CHECK-NEXT: return
func.func @kept(%a: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v = memref.load %a[%c0] : memref<4xf32>
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %c1, %gy = %c1, %gz = %c1)
             threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %c1, %sz = %c1) function(@loop) {
    memref.store %v, %a[%tx] : memref<4xf32>
    gpu.terminator
  }
  memref.store %v, %a[%c1] : memref<4xf32>
  return
}

// -----

// A loop over nothing but elements moves as a whole; one that launches stays.
// CHECK-LABEL: func.func @loops
// CHECK: gpu.launch
// CHECK-NEXT: scf.for
// CHECK-NEXT: memref.load
// CHECK: scf.for
// CHECK-NEXT: gpu.launch {{.*}} function(@loop)
// CHECK: gpu.launch {{.*}} function(@scalars)
// CHECK-NEXT: memref.store
func.func @loops(%a: memref<4xf32>, %n: index, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %u = memref.load %a[%i] : memref<4xf32>
    %w = arith.mulf %u, %u : f32
    memref.store %w, %a[%i] : memref<4xf32>
  }
  scf.for %i = %c0 to %n step %c1 {
    gpu.launch blocks(%bx, %by, %bz) in (%gx = %c1, %gy = %c1, %gz = %c1)
               threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %c1, %sz = %c1) function(@loop) {
      memref.store %v, %a[%tx] : memref<4xf32>
      gpu.terminator
    }
    memref.store %v, %a[%i] : memref<4xf32>
  }
  return
}

// -----

// Control flow of the host cannot depend on an element.
func.func @condition(%a: memref<i1>) {
  %c1 = arith.constant 1 : index
  %condition = memref.load %a[] : memref<i1>
  // expected-error @+1 {{expected no use of an element of a tensor outside of kernels}}
  scf.if %condition {
    %b = memref.alloc() : memref<4xf32>
    memref.dealloc %b : memref<4xf32>
  }
  return
}

// -----

// Nor can the memory that a kernel accesses.
func.func @buffer(%a: memref<index>, %b: memref<8xf32>, %v: f32) {
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{expected no 'memref<4xf32, strided<[1], offset: ?>>' that depends on an element of a tensor outside of kernels}}
  %offset = memref.load %a[] : memref<index>
  %part = memref.subview %b[%offset] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: ?>>
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %c1, %gy = %c1, %gz = %c1)
             threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %c1, %sz = %c1) {
    memref.store %v, %part[%tx] : memref<4xf32, strided<[1], offset: ?>>
    gpu.terminator
  }
  return
}

// -----

// Kernels do not report: assertions about elements, and those of loops that a kernel runs, are left
// out; one about sizes stays.
// CHECK-LABEL: @assertions
// CHECK: cf.assert %{{.*}}, "about a size"
// CHECK-NOT: cf.assert
// CHECK: return
func.func @assertions(%a: memref<?xf32>, %i: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %n = memref.dim %a, %c0 : memref<?xf32>
  %fits = arith.cmpi slt, %i, %n : index
  cf.assert %fits, "about a size"
  %v = memref.load %a[%i] : memref<?xf32>
  %positive = arith.cmpf ogt, %v, %zero : f32
  cf.assert %positive, "about an element"
  scf.for %k = %c0 to %c4 step %c1 {
    %inside = arith.cmpi slt, %k, %n : index
    cf.assert %inside, "in a loop"
    memref.store %zero, %a[%k] : memref<?xf32>
  }
  return
}
