// RUN: tconv-opt %s -tconv-launch-parallel-loops -canonicalize -split-input-file -verify-diagnostics | FileCheck %s

// A thread for each iteration, whose number it takes apart; the last dimension runs fastest.
// Nothing is launched if there is no iteration.
// CHECK-LABEL: func.func @fill
// CHECK-SAME: (%[[A:.*]]: memref<?x8xf32>, %[[V:.*]]: f32, %[[N:.*]]: index)
// CHECK: %[[ROWS:.*]] = arith.maxsi %[[N]], %c0
// CHECK: %[[ITEMS:.*]] = arith.muli %[[ROWS]], %c8
// CHECK: %[[UP:.*]] = arith.addi %[[ITEMS]], %c255
// CHECK: %[[BLOCKS:.*]] = arith.divui %[[UP]], %c256
// CHECK: %[[ANY:.*]] = arith.cmpi sgt, %[[BLOCKS]], %c0
// CHECK: scf.if %[[ANY]] {
// CHECK-NEXT: gpu.launch blocks(%[[BLOCK:.*]], %{{.*}}, %{{.*}}) in (%{{.*}} = %[[BLOCKS]], %{{.*}} = %c1, %{{.*}} = %c1) threads(%[[THREAD:.*]], %{{.*}}, %{{.*}}) in (%{{.*}} = %c256, %{{.*}} = %c1, %{{.*}} = %c1) function(@loop)
// CHECK: %[[FIRST:.*]] = arith.muli %[[BLOCK]], %c256
// CHECK: %[[ITEM:.*]] = arith.addi %[[FIRST]], %[[THREAD]]
// CHECK: %[[IS:.*]] = arith.cmpi slt, %[[ITEM]], %[[ITEMS]]
// CHECK: scf.if %[[IS]] {
// CHECK-DAG: %[[J:.*]] = arith.remui %[[ITEM]], %c8
// CHECK-DAG: %[[I:.*]] = arith.divui %[[ITEM]], %c8
// CHECK: memref.store %[[V]], %[[A]][%[[I]], %[[J]]]
func.func @fill(%a: memref<?x8xf32>, %v: f32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.parallel (%i, %j) = (%c0, %c0) to (%n, %c8) step (%c1, %c1) {
    memref.store %v, %a[%i, %j] : memref<?x8xf32>
  }
  return
}

// -----

// Bounds and steps may be anything; few iterations are a small block, which all of them fill.
// CHECK-LABEL: func.func @bounds
// CHECK: threads(%[[THREAD:.*]], %{{.*}}, %{{.*}}) in (%{{.*}} = %c32,
// CHECK-NOT: scf.if
// CHECK: %[[OFFSET:.*]] = arith.muli %[[THREAD]], %c3
// CHECK: %[[I:.*]] = arith.addi %[[OFFSET]], %c5
// CHECK: memref.store %{{.*}}, %{{.*}}[%[[I]]]
func.func @bounds(%a: memref<?xf32>, %v: f32) {
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %c100 = arith.constant 100 : index
  scf.parallel (%i) = (%c5) to (%c100) step (%c3) {
    memref.store %v, %a[%i] : memref<?xf32>
  }
  return
}

// -----

// An empty loop launches nothing.
// CHECK-LABEL: func.func @empty
// CHECK-NEXT: return
func.func @empty(%a: memref<?xf32>, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%c0) step (%c1) {
    memref.store %v, %a[%i] : memref<?xf32>
  }
  return
}

// -----

// A loop in a kernel runs in order, in one thread.
// CHECK-LABEL: func.func @nested
// CHECK: gpu.launch
// CHECK: scf.for %{{.*}} = %c0 to %c100
// CHECK: memref.store
func.func @nested(%a: memref<100x100xf32>, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c100 = arith.constant 100 : index
  scf.parallel (%i) = (%c0) to (%c100) step (%c1) {
    scf.parallel (%j) = (%c0) to (%c100) step (%c1) {
      memref.store %v, %a[%i, %j] : memref<100x100xf32>
    }
  }
  return
}

// -----

// A loop that allocates stays on the host; what it loops over is launched.
// CHECK-LABEL: func.func @host
// CHECK: scf.for %[[I:.*]] =
// CHECK-NEXT: memref.alloc
// CHECK-NEXT: gpu.launch
// CHECK: memref.dealloc
func.func @host(%a: memref<100xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c100 = arith.constant 100 : index
  scf.parallel (%i) = (%c0) to (%c100) step (%c1) {
    %b = memref.alloc() : memref<100xf32>
    scf.parallel (%j) = (%c0) to (%c100) step (%c1) {
      %u = memref.load %b[%j] : memref<100xf32>
      memref.store %u, %a[%j] : memref<100xf32>
    }
    memref.dealloc %b : memref<100xf32>
  }
  return
}

// -----

func.func @reduction(%a: memref<100xf32>, %v: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c100 = arith.constant 100 : index
  // expected-error @+1 {{expected parallel loops without reductions for a GPU, got one with 1}}
  %sum = scf.parallel (%i) = (%c0) to (%c100) step (%c1) init (%v) -> f32 {
    %x = memref.load %a[%i] : memref<100xf32>
    scf.reduce(%x : f32) {
    ^bb0(%l: f32, %r: f32):
      %s = arith.addf %l, %r : f32
      scf.reduce.return %s : f32
    }
  }
  return %sum : f32
}
