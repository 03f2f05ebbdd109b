// RUN: tconv-opt %s --tconv-merge-gpu-modules | FileCheck %s

// Symbols that clash get new names, also where they are used; the same declaration is kept once.

// CHECK-LABEL: func.func @launches
// CHECK: gpu.launch_func @a::@kernel blocks
// CHECK: gpu.launch_func @a::@[[RENAMED:kernel_[0-9]+]] blocks
// CHECK: gpu.launch_func @a::@other blocks
// CHECK: gpu.module @a {
// CHECK: llvm.func @vprintf
// CHECK: gpu.func @kernel()
// CHECK: memref.global "private" @buffer
// CHECK: memref.global "private" @[[BUFFER:buffer_[0-9]+]]
// CHECK: gpu.func @[[RENAMED]]()
// CHECK: memref.get_global @[[BUFFER]]
// CHECK: gpu.func @other()
// CHECK-NOT: gpu.module
// CHECK-NOT: llvm.func @vprintf
module attributes {gpu.container_module} {
  func.func @launches(%n: index) {
    gpu.launch_func @a::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    gpu.launch_func @b::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    gpu.launch_func @b::@other blocks in (%n, %n, %n) threads in (%n, %n, %n)
    return
  }
  gpu.module @a {
    llvm.func @vprintf(!llvm.ptr, !llvm.ptr) -> i32
    gpu.func @kernel() kernel {
      gpu.return
    }
    memref.global "private" @buffer : memref<4xf32>
  }
  gpu.module @b {
    llvm.func @vprintf(!llvm.ptr, !llvm.ptr) -> i32
    memref.global "private" @buffer : memref<4xf32>
    gpu.func @kernel() kernel {
      %buffer = memref.get_global @buffer : memref<4xf32>
      gpu.return
    }
    gpu.func @other() kernel {
      gpu.return
    }
  }
}
