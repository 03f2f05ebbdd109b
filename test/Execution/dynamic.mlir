// RUN: tconv-run %s --algorithm=phases | FileCheck %s
// RUN: tconv-run %s --algorithm=zero-insertion | FileCheck %s
// RUN: tconv-run %s --threads=2 | FileCheck %s
// RUN: tconv-run %s --target=emulated | FileCheck %s
// RUN: tconv-run %s --target=emulated --algorithm=zero-insertion | FileCheck %s

// A layer without a single static size.
func.func private @layer(%x: tensor<?x?x?xf32>, %w: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %y : tensor<?x?x?xf32>
}

// It is compiled once and takes any size: here one element, then two channels, then what
// it gave itself, then nothing at all.
func.func @main() -> (tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>,
                      tensor<?x?x?xf32>) {
  %one = arith.constant dense<[[[2.0]]]> : tensor<1x1x1xf32>
  %two = arith.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  %none = arith.constant dense<> : tensor<0x1x3xf32>
  %w = arith.constant dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>
  %w2 = arith.constant dense<[[[1.0, 2.0, 3.0]], [[0.0, 0.0, 1.0]]]> : tensor<2x1x3xf32>

  %x0 = tensor.cast %one : tensor<1x1x1xf32> to tensor<?x?x?xf32>
  %x1 = tensor.cast %two : tensor<1x2x2xf32> to tensor<?x?x?xf32>
  %x3 = tensor.cast %none : tensor<0x1x3xf32> to tensor<?x?x?xf32>
  %v = tensor.cast %w : tensor<1x1x2xf32> to tensor<?x?x?xf32>
  %v2 = tensor.cast %w2 : tensor<2x1x3xf32> to tensor<?x?x?xf32>

  // CHECK:      {{\[ ?}}2. 20.]
  %y0 = func.call @layer(%x0, %v) : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  // CHECK-NEXT: {{\[ ?}}1. 2. 8. 4. 10.]
  %y1 = func.call @layer(%x1, %v2) : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  // CHECK-NEXT: {{\[ ?}}2. 20. 20. 200.]
  %y2 = func.call @layer(%y0, %v) : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  // CHECK-NEXT: []
  %y3 = func.call @layer(%x3, %v) : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %y0, %y1, %y2, %y3
      : tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>
}
