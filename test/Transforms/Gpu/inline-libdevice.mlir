// RUN: tconv-opt %s --pass-pipeline='builtin.module(gpu.module(tconv-inline-libdevice))' | FileCheck %s

gpu.module @kernels {
  // CHECK-NOT: @__nv_sqrtf
  // CHECK-NOT: @__nv_rsqrt
  // CHECK-NOT: @__nv_fma(
  llvm.func @__nv_sqrtf(f32) -> f32
  llvm.func @__nv_rsqrt(f64) -> f64
  llvm.func @__nv_fma(f64, f64, f64) -> f64
  // CHECK: llvm.func @__nv_sinf
  llvm.func @__nv_sinf(f32) -> f32

  // CHECK-LABEL: llvm.func @calls
  llvm.func @calls(%x: f32, %y: f64) -> f64 {
    // CHECK: llvm.intr.sqrt(%{{.*}}) : (f32) -> f32
    %a = llvm.call @__nv_sqrtf(%x) : (f32) -> f32
    // CHECK: %[[ROOT:.*]] = llvm.intr.sqrt(%{{.*}}) : (f64) -> f64
    // CHECK: %[[ONE:.*]] = llvm.mlir.constant(1.000000e+00 : f64) : f64
    // CHECK: llvm.fdiv %[[ONE]], %[[ROOT]] : f64
    %b = llvm.call @__nv_rsqrt(%y) : (f64) -> f64
    // CHECK: llvm.intr.fma(
    %c = llvm.call @__nv_fma(%b, %y, %b) : (f64, f64, f64) -> f64
    // CHECK: llvm.call @__nv_sinf
    %d = llvm.call @__nv_sinf(%a) : (f32) -> f32
    llvm.return %c : f64
  }
}
