// RUN: tconv-opt %s -tconv-expand-copies | FileCheck %s

// A copy between strided buffers becomes a linalg op, which becomes loops.
// CHECK-LABEL: @strided
// CHECK-SAME: %[[A:[^:]*]]: memref<4xf32>, %[[B:[^:]*]]: memref<4xf32, strided<[2]>>
// CHECK-NOT: memref.copy
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel"]} ins(%[[A]] : {{.*}} outs(%[[B]]
// CHECK-NEXT: ^bb0(%[[IN:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: linalg.yield %[[IN]]
func.func @strided(%a: memref<4xf32>, %b: memref<4xf32, strided<[2]>>) {
  memref.copy %a, %b : memref<4xf32> to memref<4xf32, strided<[2]>>
  return
}

// Every rank, also none, and dynamic sizes.
// CHECK-LABEL: @ranks
// CHECK-COUNT-2: linalg.generic
// CHECK-NOT: memref.copy
// CHECK: return
func.func @ranks(%a: memref<f32>, %b: memref<f32>, %c: memref<?x?xi8>, %d: memref<?x?xi8>) {
  memref.copy %a, %b : memref<f32> to memref<f32>
  memref.copy %c, %d : memref<?x?xi8> to memref<?x?xi8>
  return
}

// A buffer copied to itself needs nothing.
// CHECK-LABEL: @to_itself
// CHECK-NEXT: return
func.func @to_itself(%a: memref<4xf32>) {
  memref.copy %a, %a : memref<4xf32> to memref<4xf32>
  return
}

// Unranked buffers have no loops; they, and other ops, stay.
// CHECK-LABEL: @unrelated
// CHECK-NEXT: memref.copy
// CHECK-NEXT: linalg.copy
// CHECK-NEXT: return
func.func @unrelated(%a: memref<*xf32>, %b: memref<*xf32>, %c: memref<4xf32>, %d: memref<4xf32>) {
  memref.copy %a, %b : memref<*xf32> to memref<*xf32>
  linalg.copy ins(%c : memref<4xf32>) outs(%d : memref<4xf32>)
  return
}
