// RUN: tconv-run %s --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --threads=2 | FileCheck %s
// RUN: tconv-run %s --target=emulated | FileCheck %s
// RUN: tconv-run %s --target=emulated --algorithm=zero-insertion | FileCheck %s

// Ops of other dialects stand before, between and after transposed convolutions, and in
// branches that run-time values choose.
#id = affine_map<(n, c, i) -> (n, c, i)>
func.func @main() -> (tensor<1x1x9xf32>, tensor<1x1x2xf32>, tensor<1x1x3xf32>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %x = arith.constant dense<[[[1.0, -2.0, 3.0]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0]]]> : tensor<1x1x1xf32>

  // Padded before, clamped after, and doubled by an elementwise op on tensors.
  %padded = tensor.pad %x low[0, 0, 1] high[0, 0, 1] {
  ^bb0(%n: index, %c: index, %i: index):
    tensor.yield %zero : f32
  } : tensor<1x1x3xf32> to tensor<1x1x5xf32>
  %y = tconv.conv_transpose %padded, %w stride [2]
      : (tensor<1x1x5xf32>, tensor<1x1x1xf32>) -> tensor<1x1x9xf32>
  %empty = tensor.empty() : tensor<1x1x9xf32>
  %clamped = linalg.generic
      {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y : tensor<1x1x9xf32>) outs(%empty : tensor<1x1x9xf32>) {
  ^bb0(%value: f32, %old: f32):
    %max = arith.maximumf %value, %zero : f32
    linalg.yield %max : f32
  } -> tensor<1x1x9xf32>
  %doubled = arith.addf %clamped, %clamped : tensor<1x1x9xf32>

  // CHECK:      {{\[ ?}}0. 0. 2. 0. 0. 0. 6. 0. 0.]
  // CHECK-NEXT: {{\[ ?}}2. 6.]
  %slice = tensor.extract_slice %doubled[0, 0, 2] [1, 1, 2] [1, 1, 4]
      : tensor<1x1x9xf32> to tensor<1x1x2xf32>

  // The branch that runs decides.
  // CHECK-NEXT: {{\[ ?}}1. -2. 3.]
  %first = tensor.extract %x[%c0, %c0, %c0] : tensor<1x1x3xf32>
  %positive = arith.cmpf ogt, %first, %zero : f32
  %chosen = scf.if %positive -> tensor<1x1x3xf32> {
    %same = tconv.conv_transpose %x, %w
        : (tensor<1x1x3xf32>, tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
    scf.yield %same : tensor<1x1x3xf32>
  } else {
    scf.yield %x : tensor<1x1x3xf32>
  }
  return %doubled, %slice, %chosen : tensor<1x1x9xf32>, tensor<1x1x2xf32>, tensor<1x1x3xf32>
}
