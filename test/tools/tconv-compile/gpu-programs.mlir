// Architectures whose schedules differ have programs of their own in one file; those that agree
// share one.

// RUN: env CUDA_HOME= PATH=/usr/bin:/bin tconv-compile %s --target=cuda \
// RUN:   --arch=sm_80,sm_86,sm_90,sm_100 -o %t.tcgpu
// RUN: FileCheck %s < %t.tcgpu
// RUN: %cc -shared -fPIC %fake_cuda -o %t-libcuda.so
// RUN: env TCONV_CUDA_DRIVER=%t-libcuda.so tconv-run %t.tcgpu --target=cuda --output=%t.npy

// CHECK: tconv-program 1
// CHECK-NEXT: following 2
// CHECK: image ptx sm_80
// CHECK-NEXT: sections
// CHECK: tconv-program 1
// CHECK-NEXT: following 1
// CHECK: image ptx sm_86
// CHECK-NEXT: sections
// CHECK: tconv-program 1
// CHECK-NEXT: function run
// CHECK: image ptx sm_90
// CHECK-NEXT: image ptx sm_100
// CHECK-NEXT: sections

func.func @main(%x: tensor<8x32x32x256xf16>, %w: tensor<256x128x4x4xf16> {tconv.constant}) -> tensor<8x64x64x128xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<8x32x32x256xf16>, tensor<256x128x4x4xf16>) -> tensor<8x64x64x128xf16>
  return %y : tensor<8x64x64x128xf16>
}
