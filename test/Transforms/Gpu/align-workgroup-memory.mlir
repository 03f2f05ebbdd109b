// RUN: tconv-opt %s -tconv-align-workgroup-memory | FileCheck %s

// What has an alignment keeps it.
// CHECK: workgroup(%{{.*}} : memref<4xf32, #gpu.address_space<workgroup>> {llvm.align = 16 : i64}, %{{.*}} : memref<8xf32, #gpu.address_space<workgroup>> {llvm.align = 32 : i64})
gpu.module @kernels {
  gpu.func @f() workgroup(%a : memref<4xf32, #gpu.address_space<workgroup>>,
                          %b : memref<8xf32, #gpu.address_space<workgroup>> {llvm.align = 32 : i64}) kernel {
    gpu.return
  }
}
