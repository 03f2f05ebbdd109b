// RUN: tconv-opt %s --pass-pipeline='builtin.module(gpu.module(tconv-lower-gpu-math))' | FileCheck %s

gpu.module @kernels {
  // Polynomials in f32, whatever the narrow type.
  // CHECK-LABEL: gpu.func @approximated
  // CHECK-NOT: math.exp
  // CHECK-NOT: math.tanh
  // CHECK: arith.extf %{{.*}} : bf16 to f32
  // CHECK-NOT: math.erf
  // CHECK: arith.truncf %{{.*}} : f32 to bf16
  // CHECK: gpu.return
  gpu.func @approximated(%x: f32, %y: bf16, %out: memref<2xf32>, %narrow: memref<1xbf16>) kernel {
    %c0 = arith.constant 0 : index
    %a = math.exp %x : f32
    %b = math.tanh %a : f32
    %c = math.erf %y : bf16
    memref.store %b, %out[%c0] : memref<2xf32>
    memref.store %c, %narrow[%c0] : memref<1xbf16>
    gpu.return
  }

  // What no polynomial is for is left to libdevice; clamps hand nans on.
  // CHECK-LABEL: gpu.func @left
  // CHECK: math.log %{{.*}} : f32
  // CHECK: math.exp %{{.*}} : f64
  // CHECK: arith.maximumf
  // CHECK: arith.minimumf
  gpu.func @left(%x: f32, %y: f64, %out: memref<2xf32>, %wide: memref<1xf64>) kernel {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %a = math.log %x : f32
    %b = math.exp %y : f64
    %c = math.clampf %x to [%a, %x] : f32
    memref.store %a, %out[%c0] : memref<2xf32>
    memref.store %c, %out[%c1] : memref<2xf32>
    memref.store %b, %wide[%c0] : memref<1xf64>
    gpu.return
  }
}
