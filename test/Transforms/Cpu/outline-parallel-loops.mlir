// RUN: tconv-opt %s -tconv-outline-parallel-loops -canonicalize -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-outline-parallel-loops -remarks-filter="tconv-.*" -split-input-file -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// A loop becomes a function over a range of its iterations. Values from outside are
// passed; constants are repeated.
// CHECK-LABEL: func.func @fill
// CHECK-SAME: (%[[A:.*]]: memref<?xf32>, %[[N:.*]]: index)
// CHECK: %[[COUNT:.*]] = arith.maxsi %[[N]], %c0 : index
// CHECK: tconv.parallel_call @fill_parallel_0(%[[A]]) tasks %[[COUNT]] : memref<?xf32>
// CHECK-NEXT: return
// CHECK: func.func private @fill_parallel_0
// CHECK-SAME: (%[[B:.*]]: memref<?xf32>, %[[BEGIN:.*]]: index, %[[END:.*]]: index)
// CHECK-DAG: %[[ONE:.*]] = arith.constant 1.000000e+00 : f32
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
// CHECK: scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]] step %[[C1]]
// CHECK-NEXT: memref.store %[[ONE]], %[[B]][%[[I]]]
func.func @fill(%a: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f32
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    memref.store %one, %a[%i] : memref<?xf32>
  }
  return
}

// -----

// Iterations of several dimensions are counted through, the last one running fastest;
// bounds and steps that are not constants are passed.
// CHECK-LABEL: func.func @bounds
// CHECK-SAME: %[[LOWER:[^:]*]]: index, %[[UPPER:[^:]*]]: index, %[[STEP:[^:]*]]: index
// CHECK: %[[EXTENT:.*]] = arith.subi %[[UPPER]], %[[LOWER]]
// CHECK: %[[STEPS:.*]] = arith.ceildivsi %[[EXTENT]], %[[STEP]]
// CHECK: %[[J:.*]] = arith.maxsi %[[STEPS]], %c0
// CHECK: %[[COUNT:.*]] = arith.muli %[[J]], %c4
// CHECK: tconv.parallel_call @bounds_parallel_0(%{{.*}}, %[[LOWER]], %[[STEP]], %[[J]]) tasks %[[COUNT]] :
// CHECK: func.func private @bounds_parallel_0
// CHECK-SAME: %[[L:[^:]*]]: index, %[[S:[^:]*]]: index, %[[N:[^:]*]]: index, %{{[^:]*}}: index, %{{[^:]*}}: index)
// CHECK: scf.for %[[LINEAR:.*]] =
// CHECK-NEXT: %[[LAST:.*]] = arith.remui %[[LINEAR]], %[[N]]
// CHECK-NEXT: %[[FIRST:.*]] = arith.divui %[[LINEAR]], %[[N]]
// CHECK-NEXT: %[[I:.*]] = arith.muli %[[FIRST]], %c2
// CHECK-NEXT: %[[OFFSET:.*]] = arith.muli %[[LAST]], %[[S]]
// CHECK-NEXT: %[[J:.*]] = arith.addi %[[OFFSET]], %[[L]]
// CHECK-NEXT: memref.store %[[I]], %{{.*}}[%[[I]], %[[J]]]
func.func @bounds(%a: memref<8x?xindex>, %lower: index, %upper: index, %step: index) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c8 = arith.constant 8 : index
  scf.parallel (%i, %j) = (%c0, %lower) to (%c8, %upper) step (%c2, %step) {
    memref.store %i, %a[%i, %j] : memref<8x?xindex>
  }
  return
}

// -----

// Dimensions of one iteration cost no division.
// CHECK-LABEL: func.func @batch
// CHECK: tconv.parallel_call @batch_parallel_0(%{{.*}}) tasks %c32 : memref<1x32xf32>
// CHECK: func.func private @batch_parallel_0
// CHECK-NOT: arith.divui
// CHECK: memref.load %{{.*}}[%c0, %{{.*}}]
func.func @batch(%a: memref<1x32xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  scf.parallel (%n, %c) = (%c0, %c0) to (%c1, %c32) step (%c1, %c1) {
    %0 = memref.load %a[%n, %c] : memref<1x32xf32>
    memref.store %0, %a[%n, %c] : memref<1x32xf32>
  }
  return
}

// -----

// Inner parallel loops stay. Each outermost one has its own function, wherever it
// stands, with a name that nothing else has.
// CHECK-LABEL: func.func @nested
// CHECK: scf.if
// CHECK: tconv.parallel_call @nested_parallel_0_0(
// CHECK: tconv.parallel_call @nested_parallel_1(
// CHECK: func.func private @nested_parallel_0_0
// CHECK: scf.for
// CHECK: scf.parallel
// CHECK: func.func private @nested_parallel_1
// CHECK-NOT: scf.parallel
// CHECK: func.func @nested_parallel_0()
func.func @nested(%a: memref<?xf32>, %v: f32, %n: index, %twice: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.if %twice {
    scf.parallel (%i) = (%c0) to (%n) step (%c1) {
      scf.parallel (%j) = (%c0) to (%i) step (%c1) {
        memref.store %v, %a[%j] : memref<?xf32>
      }
    }
  }
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    memref.store %v, %a[%i] : memref<?xf32>
  }
  return
}
func.func @nested_parallel_0() {
  return
}

// -----

// Buffers of the stack are allocated once, unless their size depends on the iteration.
// CHECK-LABEL: func.func private @stack_parallel_0
// CHECK: %[[FIXED:.*]] = memref.alloca() : memref<4xf32>
// CHECK: %[[SIZED:.*]] = memref.alloca(%{{.*}}) : memref<?xf32>
// CHECK: scf.for %[[I:.*]] = %{{.*}} to
// CHECK: %[[OWN:.*]] = memref.alloca(%[[I]]) : memref<?xf32>
// CHECK: call @use(%[[FIXED]], %[[SIZED]], %[[OWN]])
func.func private @use(memref<4xf32>, memref<?xf32>, memref<?xf32>)
func.func @stack(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %fixed = memref.alloca() : memref<4xf32>
    %sized = memref.alloca(%n) : memref<?xf32>
    %own = memref.alloca(%i) : memref<?xf32>
    func.call @use(%fixed, %sized, %own) : (memref<4xf32>, memref<?xf32>, memref<?xf32>) -> ()
  }
  return
}

// -----

// A loop with reductions stays; one in it does not.
// CHECK-LABEL: func.func @reduction
// CHECK: scf.parallel
// CHECK: tconv.parallel_call @reduction_parallel_0
// CHECK: scf.reduce
// REMARK: [[#@LINE+6]]:{{.*}} remark: [Missed] one thread
// REMARK-SAME: Category:tconv-outline-parallel-loops
// REMARK-SAME: a loop with reductions, whose order decides about the last bits
func.func @reduction(%a: memref<?xf32>, %n: index, %v: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %sum = scf.parallel (%i) = (%c0) to (%n) step (%c1) init (%v) -> f32 {
    scf.parallel (%j) = (%c0) to (%n) step (%c1) {
      memref.store %v, %a[%j] : memref<?xf32>
    }
    scf.reduce(%v : f32) {
    ^bb0(%b: f32, %c: f32):
      %0 = arith.addf %b, %c : f32
      scf.reduce.return %0 : f32
    }
  }
  return %sum : f32
}

// -----

// No iteration at all is no task.
// CHECK-LABEL: func.func @empty
// CHECK: tconv.parallel_call @empty_parallel_0(%{{.*}}) tasks %c0 :
func.func @empty(%v: f32, %a: memref<4xf32>) {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  scf.parallel (%i, %j) = (%c3, %c1) to (%c1, %c3) step (%c1, %c1) {
    memref.store %v, %a[%i] : memref<4xf32>
  }
  return
}
