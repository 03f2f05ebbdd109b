// RUN: tconv-opt %s -convert-to-llvm -split-input-file | FileCheck %s

// A parallel call stores what its function needs, and hands it to the runtime with a
// function of C's type; memrefs are several arguments.
// CHECK: llvm.func @tconvParallelFor(!llvm.ptr, !llvm.ptr, i64)
// CHECK-LABEL: llvm.func @caller
// CHECK: %[[CONTEXT:.*]] = llvm.alloca %{{.*}} x !llvm.struct<(f32, struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>)>
// CHECK: %[[FIRST:.*]] = llvm.getelementptr %[[CONTEXT]][0, 0]
// CHECK: llvm.store %{{.*}}, %[[FIRST]] : f32
// CHECK: %[[SECOND:.*]] = llvm.getelementptr %[[CONTEXT]][0, 1]
// CHECK: llvm.store %{{.*}}, %[[SECOND]] : !llvm.struct<
// CHECK: %[[BODY:.*]] = llvm.mlir.addressof @body_thunk
// CHECK: llvm.call @tconvParallelFor(%[[BODY]], %[[CONTEXT]], %{{.*}}) : (!llvm.ptr, !llvm.ptr, i64) -> ()
// CHECK-LABEL: llvm.func internal @body_thunk
// CHECK-SAME: (%[[CONTEXT:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK: %[[VALUE:.*]] = llvm.load %{{.*}} : !llvm.ptr -> f32
// CHECK: %[[BUFFER:.*]] = llvm.load %{{.*}} : !llvm.ptr -> !llvm.struct<
// CHECK: %[[POINTER:.*]] = llvm.extractvalue %[[BUFFER]][0]
// CHECK: llvm.call @body(%[[VALUE]], %[[POINTER]], {{.*}}, %[[BEGIN]], %[[END]])
// CHECK-NEXT: llvm.return
func.func private @body(%v: f32, %a: memref<4xf32>, %begin: index, %end: index) {
  return
}
func.func @caller(%v: f32, %a: memref<4xf32>, %count: index) {
  tconv.parallel_call @body(%v, %a) tasks %count : f32, memref<4xf32>
  return
}

// -----

// In a loop, the context is allocated once, before it.
// CHECK-LABEL: llvm.func @loop
// CHECK-NEXT: llvm.mlir.constant(1 : i64)
// CHECK-NEXT: llvm.alloca
// CHECK: llvm.br ^[[AGAIN:.*]]
// CHECK: ^[[AGAIN]]:
// CHECK-NOT: llvm.alloca
// CHECK: llvm.call @tconvParallelFor
func.func private @body(%v: f32, %begin: index, %end: index) {
  return
}
func.func @loop(%v: f32, %count: index, %again: i1) {
  cf.br ^again
^again:
  tconv.parallel_call @body(%v) tasks %count : f32
  cf.cond_br %again, ^again, ^end
^end:
  return
}

// -----

// Nothing captured is a null pointer. A function of the module that has the name of the
// one that is made here is another one.
// CHECK-LABEL: llvm.func @nothing
// CHECK: %[[BODY:.*]] = llvm.mlir.addressof @body_thunk_0
// CHECK: llvm.call @tconvParallelFor(%[[BODY]],
// CHECK: llvm.func internal @body_thunk_0(
// CHECK-NEXT: llvm.call @body(%{{.*}}, %{{.*}}) : (i64, i64) -> ()
func.func private @body(%begin: index, %end: index) {
  return
}
func.func @nothing(%count: index) {
  tconv.parallel_call @body() tasks %count
  return
}
func.func @body_thunk() {
  return
}
