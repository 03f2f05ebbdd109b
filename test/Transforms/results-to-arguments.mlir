// RUN: tconv-opt %s -tconv-results-to-arguments | FileCheck %s

// The caller's buffer takes the place of the one that was allocated.
// CHECK-LABEL: @allocated
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[Y:.*]]: memref<4xf32>) {
// CHECK-NEXT: linalg.exp ins(%[[X]] : {{.*}}) outs(%[[Y]] : memref<4xf32>)
// CHECK-NEXT: return{{$}}
func.func @allocated(%x: memref<4xf32>) -> memref<4xf32> {
  %y = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%y : memref<4xf32>)
  return %y : memref<4xf32>
}

// An argument, and one buffer that is two results, are copied.
// CHECK-LABEL: @shared
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[A:.*]]: memref<4xf32>, %[[B:.*]]: memref<4xf32>, %[[C:.*]]: memref<4xf32>) {
// CHECK: %[[Y:.*]] = memref.alloc
// CHECK-DAG: memref.copy %[[Y]], %[[A]]
// CHECK-DAG: memref.copy %[[Y]], %[[B]]
// CHECK-DAG: memref.copy %[[X]], %[[C]]
// CHECK: return{{$}}
func.func @shared(%x: memref<4xf32>) -> (memref<4xf32>, memref<4xf32>, memref<4xf32>) {
  %y = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%y : memref<4xf32>)
  return %y, %y, %x : memref<4xf32>, memref<4xf32>, memref<4xf32>
}

// The buffer of one iteration is read in the next one, which allocates its own.
// CHECK-LABEL: @several_blocks
// CHECK-SAME: %[[OUT:[^:]*]]: memref<4xf32>) {
// CHECK: ^bb1(%[[LAST:[0-9]+]]: memref<4xf32>
// CHECK: %[[Y:.*]] = memref.alloc
// CHECK: linalg.exp ins(%[[LAST]] {{.*}} outs(%[[Y]]
// CHECK: memref.copy %[[Y]], %[[OUT]]
func.func @several_blocks(%x: memref<4xf32>, %again: i1) -> memref<4xf32> {
  cf.br ^bb1(%x : memref<4xf32>)
^bb1(%last: memref<4xf32>):
  %y = memref.alloc() : memref<4xf32>
  linalg.exp ins(%last : memref<4xf32>) outs(%y : memref<4xf32>)
  cf.cond_br %again, ^bb1(%y : memref<4xf32>), ^bb2
^bb2:
  return %y : memref<4xf32>
}

// A size that callers do not know: every result stays one.
// CHECK-LABEL: @dynamic
// CHECK-SAME: -> (memref<?xf32>, memref<4xf32>)
func.func @dynamic(%x: memref<?xf32>, %y: memref<4xf32>) -> (memref<?xf32>, memref<4xf32>) {
  return %x, %y : memref<?xf32>, memref<4xf32>
}

// Not only buffers.
// CHECK-LABEL: @scalar
// CHECK-SAME: -> (memref<4xf32>, i32)
func.func @scalar(%x: memref<4xf32>, %n: i32) -> (memref<4xf32>, i32) {
  return %x, %n : memref<4xf32>, i32
}

// Functions of the module are called as they are defined.
// CHECK-LABEL: func.func @caller
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[OUT:.*]]: memref<4xf32>) {
// CHECK: %[[Z:.*]] = call @private(%[[X]])
// CHECK: %[[Y:.*]] = memref.alloc
// CHECK: call @allocated(%[[Z]], %[[Y]])
// CHECK: memref.copy %[[Y]], %[[OUT]]
// CHECK: func.func private @private({{.*}}) -> memref<4xf32>
func.func @caller(%x: memref<4xf32>) -> memref<4xf32> {
  %z = call @private(%x) : (memref<4xf32>) -> memref<4xf32>
  %y = call @allocated(%z) : (memref<4xf32>) -> memref<4xf32>
  return %y : memref<4xf32>
}
func.func private @private(%x: memref<4xf32>) -> memref<4xf32> {
  return %x : memref<4xf32>
}

// A clone is allocated, too, but has the contents of another buffer, which are copied.
// CHECK-LABEL: func.func @cloned
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[OUT:.*]]: memref<4xf32>) {
// CHECK: %[[CLONE:.*]] = bufferization.clone %[[X]]
// CHECK: memref.copy %[[CLONE]], %[[OUT]]
func.func @cloned(%x: memref<4xf32>) -> memref<4xf32> {
  %y = bufferization.clone %x : memref<4xf32> to memref<4xf32>
  return %y : memref<4xf32>
}
