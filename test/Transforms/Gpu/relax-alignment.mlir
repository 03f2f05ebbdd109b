// RUN: tconv-opt %s --tconv-relax-alignment --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @allocates
// CHECK: memref.alloc(%{{.*}}) : memref<?xf32>
func.func @allocates(%n: index) -> memref<?xf32> {
  %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?xf32>
  return %y : memref<?xf32>
}

// -----

func.func @page() -> memref<4xf32> {
  // expected-error@+1 {{expected an alignment of at most 256 bytes on a device, got 4096}}
  %y = memref.alloc() {alignment = 4096 : i64} : memref<4xf32>
  return %y : memref<4xf32>
}
