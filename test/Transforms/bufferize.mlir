// RUN: tconv-opt %s -tconv-bufferize -split-input-file | FileCheck %s

// A view whose strides are known only at run time is copied, not cast, where it must be contiguous.
// CHECK-LABEL: @returned
// CHECK-SAME: memref<?x?xf32>, {{.*}} -> memref<?x?xf32>
// CHECK: %[[VIEW:.*]] = memref.subview
// CHECK-DAG: %[[ROWS:.*]] = memref.dim %[[VIEW]], %c0
// CHECK-DAG: %[[COLUMNS:.*]] = memref.dim %[[VIEW]], %c1
// CHECK: %[[COPY:.*]] = memref.alloc(%[[ROWS]], %[[COLUMNS]]) : memref<?x?xf32>
// CHECK: memref.copy %[[VIEW]], %[[COPY]]
// CHECK: return %[[COPY]]
func.func @returned(%x: tensor<?x?xf32>, %n: index, %h: index) -> tensor<?x?xf32> {
  %s = tensor.extract_slice %x[0, 0] [%n, %h] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  return %s : tensor<?x?xf32>
}

// -----

// The same where a function is called with it.
// CHECK-LABEL: @calls
// CHECK: %[[VIEW:.*]] = memref.subview
// CHECK: %[[COPY:.*]] = memref.alloc
// CHECK: memref.copy %[[VIEW]], %[[COPY]]
// CHECK: call @callee(%[[COPY]])
func.func private @callee(tensor<?x?xf32>)
func.func @calls(%x: tensor<?x?xf32>, %n: index) {
  %s = tensor.extract_slice %x[0, 0] [%n, %n] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  call @callee(%s) : (tensor<?x?xf32>) -> ()
  return
}

// -----

// What is contiguous for certain is neither copied nor cast.
// CHECK-LABEL: @contiguous
// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.cast
// CHECK: return
func.func @contiguous(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  return %x : tensor<?x?xf32>
}

// -----

// A size that is forgotten leaves a contiguous buffer as it is.
// CHECK-LABEL: @forgets
// CHECK-NOT: memref.alloc
// CHECK: memref.cast %{{.*}} : memref<?x4xf32> to memref<?x?xf32>
func.func @forgets(%x: tensor<?x4xf32>) -> tensor<?x?xf32> {
  %y = tensor.cast %x : tensor<?x4xf32> to tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// -----

// A cast of the module's own says what its author knows.
// CHECK-LABEL: @own
// CHECK: %[[CAST:.*]] = memref.cast
// CHECK-NOT: memref.alloc
// CHECK: memref.store %{{.*}}, %[[CAST]]
func.func @own(%m: memref<?x?xf32, strided<[?, 1]>>, %v: f32, %i: index) {
  %c = memref.cast %m : memref<?x?xf32, strided<[?, 1]>> to memref<?x?xf32>
  memref.store %v, %c[%i, %i] : memref<?x?xf32>
  return
}
