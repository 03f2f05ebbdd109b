// RUN: tconv-opt %s --tconv-convert-host-to-llvm | FileCheck %s
// RUN: tconv-opt %s --gpu-to-llvm | FileCheck %s --check-prefix=UPSTREAM

// Functions are converted; in kernels, upstream's pass would make assembly of what has no intrinsic.

// CHECK-LABEL: llvm.func @main(%{{.*}}: !llvm.ptr
// CHECK: gpu.launch_func @kernels::@wait blocks in (%{{.*}}) threads in (%{{.*}}) : i64
// CHECK-LABEL: gpu.module @kernels
// CHECK: llvm.mlir.global internal @barrier
// CHECK: llvm.func @wait(%{{.*}}: !llvm.ptr
// CHECK: nvvm.mbarrier.try_wait.parity
// CHECK-NOT: llvm.inline_asm
// CHECK-NOT: gpu.module

// UPSTREAM: llvm.inline_asm
module attributes {gpu.container_module} {
  func.func @main(%x: memref<4xf32>) {
    %c1 = arith.constant 1 : index
    gpu.launch_func @kernels::@wait blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
        args(%x : memref<4xf32>)
    return
  }
  gpu.module @kernels {
    llvm.mlir.global internal @barrier() {addr_space = 3 : i32, alignment = 8 : i64} : i64
    llvm.func @wait(%x: !llvm.ptr, %aligned: !llvm.ptr, %offset: i64, %size: i64, %stride: i64)
        attributes {gpu.kernel, nvvm.kernel} {
      %barrier = llvm.mlir.addressof @barrier : !llvm.ptr<3>
      %phase = llvm.mlir.constant(0 : i32) : i32
      %ticks = llvm.mlir.constant(1000 : i32) : i32
      nvvm.mbarrier.try_wait.parity %barrier, %phase, %ticks : !llvm.ptr<3>, i32, i32
      llvm.return
    }
  }
}
