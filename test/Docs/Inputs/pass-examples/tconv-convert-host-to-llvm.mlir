module attributes {gpu.container_module} {
  func.func @main(%x: memref<4xf32>) {
    %c1 = arith.constant 1 : index
    gpu.launch_func @kernels::@scale blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
        args(%x : memref<4xf32>)
    return
  }
  gpu.module @kernels {
    llvm.func @scale(%a: !llvm.ptr, %b: !llvm.ptr, %offset: i64, %size: i64, %stride: i64)
        attributes {gpu.kernel, nvvm.kernel} {
      llvm.return
    }
  }
}
