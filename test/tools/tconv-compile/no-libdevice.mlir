// Without a CUDA toolkit there is no function for the sine.

// RUN: not env CUDA_HOME= PATH=/usr/bin:/bin tconv-compile %s --target=cuda -o %t.ptx 2>&1 \
// RUN:   | FileCheck %s

// CHECK: tconv-compile: unsupported: expected a CUDA toolkit, found none: kernels call __nv_sinf of its library libdevice (CUDA_HOME names a toolkit)

func.func @main(%x: tensor<1x4x4x4xf32>, %w: tensor<4x8x2x2xf32>) -> tensor<1x8x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x4x4x4xf32>, tensor<4x8x2x2xf32>) -> tensor<1x8x8x8xf32>
  %r = math.sin %y : tensor<1x8x8x8xf32>
  return %r : tensor<1x8x8x8xf32>
}
