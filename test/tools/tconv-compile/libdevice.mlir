// Functions that kernels take from the library of a CUDA toolkit, which is found by its ptxas.

// REQUIRES: libdevice
// RUN: env CUDA_HOME= PATH=/usr/bin:/bin tconv-compile %s --target=cuda --ptxas=%ptxas -o %t.ptx
// RUN: FileCheck %s < %t.ptx
// RUN: env CUDA_HOME= PATH=/usr/bin:/bin tconv-compile %s --target=cuda --ptxas=%ptxas -o %t.cubin
// RUN: llvm-readelf -h %t.cubin | FileCheck %s --check-prefix=ELF
// RUN: rm -rf %t.toolkit && mkdir %t.toolkit && ln -s %ptxas %t.toolkit/ptxas
// RUN: env CUDA_HOME= PATH=/usr/bin:/bin tconv-compile %s --target=cuda --ptxas=%t.toolkit/ptxas \
// RUN:   -o %t-link.ptx
// RUN: cmp %t.ptx %t-link.ptx

// The function is part of the kernels, and nothing of the library that is not used.
// CHECK-NOT: __nv_
// CHECK: .visible .entry
// CHECK-NOT: __nv_
// CHECK-NOT: .func
// ELF: Machine: NVIDIA CUDA

func.func @main(%x: tensor<1x4x4x4xf32>, %w: tensor<4x8x2x2xf32>) -> tensor<1x8x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x4x4x4xf32>, tensor<4x8x2x2xf32>) -> tensor<1x8x8x8xf32>
  %r = math.sin %y : tensor<1x8x8x8xf32>
  return %r : tensor<1x8x8x8xf32>
}
