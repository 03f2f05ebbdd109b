// RUN: tconv-opt %s -tconv-lower-asserts -split-input-file | FileCheck %s

// An assertion becomes a call of the runtime with its message, null-terminated. The i1
// is extended, as C passes a bool.
// CHECK: llvm.func @tconvCheck(i1 {llvm.zeroext}, !llvm.ptr) -> (i1 {llvm.zeroext})
// CHECK-LABEL: @assertion
// CHECK-SAME: %[[OK:[^:]*]]: i1
// CHECK-NOT: cf.assert
// CHECK: %[[MESSAGE:.*]] = llvm.mlir.addressof @[[$GLOBAL:.*]] : !llvm.ptr
// CHECK: llvm.call @tconvCheck(%[[OK]], %[[MESSAGE]]) : (i1, !llvm.ptr) -> i1
// CHECK: llvm.mlir.global internal constant @[[$GLOBAL]]("expected \22more\22\00")
func.func @assertion(%ok: i1) {
  cf.assert %ok, "expected \"more\""
  return
}

// -----

// Each has its own message, also in nested regions, and none takes a name that is in use.
// CHECK-LABEL: @two
// CHECK: %[[FIRST:.*]] = llvm.mlir.addressof @[[$FIRST:.*]] :
// CHECK: scf.if
// CHECK: %[[SECOND:.*]] = llvm.mlir.addressof @[[$SECOND:.*]] :
// CHECK-DAG: llvm.mlir.global internal constant @[[$FIRST]]("first\00")
// CHECK-DAG: llvm.mlir.global internal constant @[[$SECOND]]("second\00")
// CHECK-DAG: llvm.mlir.global internal constant @tconv_message("theirs\00")
func.func @two(%a: i1, %b: i1) {
  cf.assert %a, "first"
  scf.if %a {
    cf.assert %b, "second"
  }
  return
}
llvm.mlir.global internal constant @tconv_message("theirs\00") : !llvm.array<7 x i8>

// -----

// Without assertions nothing is declared.
// CHECK-LABEL: module
// CHECK-NEXT: func.func @unrelated
// CHECK-NOT: llvm
func.func @unrelated() {
  return
}
