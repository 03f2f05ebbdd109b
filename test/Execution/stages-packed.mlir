// REQUIRES: numpy
// RUN: %python -c "import numpy as n; n.save('%t.x.npy', n.ones((1, 1, 3), 'f4')); n.save('%t.w.npy', n.ones((1, 1, 2), 'f4'))"
// RUN: tconv-run %s --input=%t.x.npy --input=%t.w.npy | FileCheck %s
// RUN: tconv-run %s --stop-after=decomposed > %t.decomposed.mlir
// RUN: tconv-run %t.decomposed.mlir --input=%t.x.npy --input=%t.w.npy | FileCheck %s
// RUN: tconv-run %s --stop-after=bufferized > %t.bufferized.mlir
// RUN: tconv-run %t.bufferized.mlir --input=%t.x.npy --input=%t.w.npy | FileCheck %s
// RUN: tconv-run %s --stop-after=llvm > %t.llvm.mlir
// RUN: tconv-run %t.llvm.mlir --input=%t.x.npy --input=%t.w.npy | FileCheck %s

// A filter that a function of its own packs once is neither an input nor forgotten in any stage.
// CHECK: {{\[ ?\[ ?\[ ?}}1. 1. 1. 1. 1. 1.]]]
func.func @main(%x: tensor<1x1x3xf32>, %w: tensor<1x1x2xf32> {tconv.constant}) -> tensor<1x1x6xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] : (tensor<1x1x3xf32>, tensor<1x1x2xf32>) -> tensor<1x1x6xf32>
  return %y : tensor<1x1x6xf32>
}
