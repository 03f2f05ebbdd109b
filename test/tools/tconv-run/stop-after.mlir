// RUN: tconv-run %s --stop-after=input | FileCheck %s --check-prefix=INPUT
// RUN: tconv-run %s --stop-after=llvm | FileCheck %s --check-prefix=LLVM
// RUN: not tconv-run %s --stop-after=nowhere 2>&1 | FileCheck %s --check-prefix=WRONG

// Instead of running, the IR is printed; arguments need no inputs then.
// INPUT: tconv.conv_transpose
// LLVM-NOT: tconv.conv_transpose
// LLVM: llvm.func @main
// WRONG: error: expected a stage after --stop-after, got 'nowhere'
// WRONG: Stages, for --stop-after:
func.func @main(%x: tensor<1x1x?xf32>, %w: tensor<1x1x3xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x?xf32>, tensor<1x1x3xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
