gpu.module @kernels {
  llvm.func @__nv_sqrtf(f32) -> f32
  llvm.func @kernel(%x: f32) -> f32 {
    %y = llvm.call @__nv_sqrtf(%x) : (f32) -> f32
    llvm.return %y : f32
  }
}
