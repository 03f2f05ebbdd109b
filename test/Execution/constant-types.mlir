// RUN: tconv-run %s --entry=reshaped | FileCheck %s --check-prefix=RESHAPED
// RUN: tconv-run %s --entry=reshaped --algorithm=phases | FileCheck %s --check-prefix=RESHAPED
// RUN: tconv-run %s --entry=reshaped --target=emulated | FileCheck %s --check-prefix=RESHAPED
// RUN: tconv-run %s --entry=imaginary | FileCheck %s --check-prefix=IMAGINARY
// RUN: not tconv-run %s --entry=imaginary --target=emulated 2>&1 | FileCheck %s --check-prefix=DEVICE

// Constants of types that have no width of their own.

// An index says the shape of a result.
// RESHAPED: {{\[ ?\[ ?}}1. 2. 3. 6.]]
func.func @reshaped() -> tensor<1x4xf32> {
  %x = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %w = arith.constant dense<[[[1.0], [3.0]]]> : tensor<1x2x1xf32>
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x2xf32>, tensor<1x2x1xf32>) -> tensor<1x2x2xf32>
  %shape = arith.constant dense<[1, 4]> : tensor<2xindex>
  %r = tensor.reshape %y(%shape) : (tensor<1x2x2xf32>, tensor<2xindex>) -> tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}

// Complex numbers.
// IMAGINARY: {{\[ ?}}2. -3.]
// DEVICE: constant-types.mlir:[[#@LINE+5]]:{{[0-9]+}}: error: expected a constant tensor of a supported element type
#id = affine_map<(i) -> (i)>
func.func @imaginary() -> tensor<2xf32> {
  %c = arith.constant dense<[(0.0, 2.0), (1.0, -3.0)]> : tensor<2xcomplex<f32>>
  %empty = tensor.empty() : tensor<2xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%c : tensor<2xcomplex<f32>>) outs(%empty : tensor<2xf32>) {
  ^bb0(%number: complex<f32>, %old: f32):
    %imaginary = complex.im %number : complex<f32>
    linalg.yield %imaginary : f32
  } -> tensor<2xf32>
  return %r : tensor<2xf32>
}
