// RUN: tconv-opt %s -tconv-propagate-failures -split-input-file | FileCheck %s

// Memory comes from the runtime, and null ends the function, as does a failed check.
// The returned value is then meaningless.
// CHECK: llvm.func @tconvAllocate(i64) -> (!llvm.ptr {llvm.noalias})
// CHECK-NOT: @malloc
// CHECK-LABEL: llvm.func @allocate
// CHECK: %[[FAILED:.*]] = llvm.call @tconvCheck
// CHECK: llvm.cond_br %[[FAILED]], ^[[FAILURE:.*]], ^[[PASSED:.*]]
// CHECK: ^[[PASSED]]:
// CHECK: %[[P:.*]] = llvm.call @tconvAllocate
// CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: %[[NONE:.*]] = llvm.icmp "eq" %[[P]], %[[NULL]]
// CHECK: llvm.cond_br %[[NONE]], ^[[FAILURE]], ^[[REST:.*]]
// CHECK: ^[[REST]]:
// CHECK: llvm.call @tconvFree(%[[P]])
// CHECK: ^[[FAILURE]]:
// CHECK: %[[POISON:.*]] = llvm.mlir.poison : i32
// CHECK: llvm.return %[[POISON]]
llvm.func @malloc(i64) -> !llvm.ptr
llvm.func @free(!llvm.ptr)
llvm.func @tconvCheck(i1, !llvm.ptr) -> i1
llvm.func @allocate(%ok: i1, %message: !llvm.ptr, %size: i64, %result: i32) -> i32 {
  %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
  %p = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
  llvm.call @free(%p) : (!llvm.ptr) -> ()
  llvm.return %result : i32
}

// -----

// A caller returns when its callee has failed, however deep; one without a result
// returns nothing.
// CHECK-LABEL: llvm.func @outer
// CHECK: llvm.call @inner
// CHECK: %[[FAILED:.*]] = llvm.call @tconvFailed() : () -> i1
// CHECK: llvm.cond_br %[[FAILED]], ^[[FAILURE:.*]], ^
// CHECK: ^[[FAILURE]]:
// CHECK-NEXT: llvm.return{{$}}
// CHECK-LABEL: llvm.func @inner
// CHECK: llvm.call @innermost
// CHECK: llvm.cond_br
llvm.func @tconvCheck(i1, !llvm.ptr) -> i1
llvm.func @outer(%ok: i1, %message: !llvm.ptr) {
  llvm.call @inner(%ok, %message) : (i1, !llvm.ptr) -> ()
  llvm.return
}
llvm.func @inner(%ok: i1, %message: !llvm.ptr) {
  llvm.call @innermost(%ok, %message) : (i1, !llvm.ptr) -> ()
  llvm.return
}
llvm.func @innermost(%ok: i1, %message: !llvm.ptr) {
  %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
  llvm.return
}

// -----

// What runs on other threads cannot return; the failure is found afterwards, by the
// caller of the region.
// CHECK-LABEL: llvm.func @threads
// CHECK: omp.parallel
// CHECK: llvm.call @tconvAllocate
// CHECK-NEXT: omp.terminator
llvm.func @malloc(i64) -> !llvm.ptr
llvm.func @threads(%size: i64) {
  omp.parallel {
    %p = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
    omp.terminator
  }
  llvm.return
}

// -----

// The caller of a loop on several threads returns when one of its tasks has failed.
// CHECK-LABEL: llvm.func @loop
// CHECK: llvm.call @tconvParallelFor
// CHECK-NEXT: %[[FAILED:.*]] = llvm.call @tconvFailed() : () -> i1
// CHECK-NEXT: llvm.cond_br %[[FAILED]], ^[[FAILURE:.*]], ^
// CHECK: ^[[FAILURE]]:
// CHECK-NEXT: llvm.return
// One whose tasks cannot fail is no reason to return.
// CHECK-LABEL: llvm.func @harmless_loop
// CHECK: llvm.call @tconvParallelFor
// CHECK-NEXT: llvm.return
llvm.func @tconvParallelFor(!llvm.ptr, !llvm.ptr, i64)
llvm.func @malloc(i64) -> !llvm.ptr
llvm.func @loop(%context: !llvm.ptr, %count: i64) {
  %body = llvm.mlir.addressof @body : !llvm.ptr
  llvm.call @tconvParallelFor(%body, %context, %count) : (!llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.return
}
llvm.func @body(%context: !llvm.ptr, %begin: i64, %end: i64) {
  %p = llvm.call @malloc(%end) : (i64) -> !llvm.ptr
  llvm.return
}
llvm.func @harmless_loop(%context: !llvm.ptr, %count: i64) {
  %body = llvm.mlir.addressof @harmless : !llvm.ptr
  llvm.call @tconvParallelFor(%body, %context, %count) : (!llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.return
}
llvm.func @harmless(%context: !llvm.ptr, %begin: i64, %end: i64) {
  llvm.return
}

// -----

// Functions that cannot fail stay as they are.
// CHECK-LABEL: llvm.func @unrelated
// CHECK-NEXT: llvm.call @puts
// CHECK-NEXT: llvm.return
llvm.func @puts(!llvm.ptr) -> i32
llvm.func @unrelated(%text: !llvm.ptr) {
  %0 = llvm.call @puts(%text) : (!llvm.ptr) -> i32
  llvm.return
}

// -----

// A function that only shares a name with the C library's is a function like any other.
// CHECK-LABEL: llvm.func @free
// CHECK-NEXT: llvm.return
// CHECK-LABEL: llvm.func @caller
// CHECK-NEXT: llvm.call @free
llvm.func @free(%p: !llvm.ptr) -> !llvm.ptr {
  llvm.return %p : !llvm.ptr
}
llvm.func @caller(%p: !llvm.ptr) -> !llvm.ptr {
  %q = llvm.call @free(%p) : (!llvm.ptr) -> !llvm.ptr
  llvm.return %q : !llvm.ptr
}
