// RUN: tconv-opt %s -tconv-insert-zeros -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=ZEROS
// RUN: tconv-opt %s -tconv-decompose-phases=max-unrolled-phases=4 -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=PHASES
// RUN: tconv-opt %s -tconv-decompose-phases=max-unrolled-phases=3 -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOOP

// Remarks say which form was chosen, and the multiplications that it costs.
// ZEROS: remarks.mlir:[[#@LINE+10]]:8: remark: [Passed] zero insertion
// ZEROS-SAME: Category:tconv-insert-zeros
// ZEROS-SAME: 1024 multiply-adds, of which 196 are useful
// PHASES: remarks.mlir:[[#@LINE+7]]:8: remark: [Passed] phases
// PHASES-SAME: Category:tconv-decompose-phases
// PHASES-SAME: 4 phases as straight-line code
// PHASES-SAME: 196 multiply-adds where zero insertion has 1024
// LOOP: straight-line code is for at most 3 phases
// LOOP-SAME: a loop over 4 phases
func.func @house(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}
