// RUN: tconv-opt %s -tconv-expand-deallocations -split-input-file | FileCheck %s

// A buffer is freed if its condition holds, nothing that is retained is at its address, and no
// earlier one was freed there. What is retained is owned if one of them, with its condition, is it.
// CHECK-LABEL: func.func @several
// CHECK-SAME: (%[[A:.*]]: memref<4xf32>, %[[B:.*]]: memref<4xf32>, %[[R:.*]]: memref<4xf32>, %[[C:.*]]: i1, %[[D:.*]]: i1)
// CHECK: %[[PA:.*]] = memref.extract_aligned_pointer_as_index %[[A]]
// CHECK: %[[PB:.*]] = memref.extract_aligned_pointer_as_index %[[B]]
// CHECK: %[[PR:.*]] = memref.extract_aligned_pointer_as_index %[[R]]
// CHECK: %[[NOT_R:.*]] = arith.cmpi ne, %[[PA]], %[[PR]]
// CHECK: %[[FREE_A:.*]] = arith.andi %[[C]], %[[NOT_R]]
// CHECK: %[[B_NOT_R:.*]] = arith.cmpi ne, %[[PB]], %[[PR]]
// CHECK: %[[B_FREE:.*]] = arith.andi %[[D]], %[[B_NOT_R]]
// CHECK: %[[SAME:.*]] = arith.cmpi eq, %[[PA]], %[[PB]]
// CHECK: %[[EARLIER:.*]] = arith.andi %[[C]], %[[SAME]]
// CHECK: %[[NOT:.*]] = arith.xori %{{.*}}, %true
// CHECK: %[[FREE_B:.*]] = arith.andi %[[B_FREE]], %[[NOT]]
// CHECK: %[[OWNED:.*]] = arith.ori
// CHECK: scf.if %[[FREE_A]] {
// CHECK-NEXT: memref.dealloc %[[A]]
// CHECK: scf.if %[[FREE_B]] {
// CHECK-NEXT: memref.dealloc %[[B]]
// CHECK: return %[[OWNED]]
func.func @several(%a: memref<4xf32>, %b: memref<4xf32>, %r: memref<4xf32>, %c: i1, %d: i1) -> i1 {
  %owned = bufferization.dealloc (%a, %b : memref<4xf32>, memref<4xf32>) if (%c, %d)
      retain (%r : memref<4xf32>)
  return %owned : i1
}

// -----

// One buffer is upstream's.
// CHECK-LABEL: func.func @one
// CHECK: bufferization.dealloc
func.func @one(%a: memref<4xf32>, %c: i1) {
  bufferization.dealloc (%a : memref<4xf32>) if (%c)
  return
}
