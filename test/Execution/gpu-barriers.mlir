// RUN: tconv-opt %s -tconv-pipeline="target=cuda algorithm=phases stop-after=outlined" -o %t.mlir
// RUN: tconv-run %t.mlir --target=emulated
// RUN: sed '0,/gpu.barrier/{/gpu.barrier/d}' %t.mlir > %t.first.mlir
// RUN: not tconv-run %t.first.mlir --target=emulated 2>&1 | FileCheck %s
// RUN: tac %t.mlir | sed '0,/gpu.barrier/{/gpu.barrier/d}' | tac > %t.last.mlir
// RUN: not tconv-run %t.last.mlir --target=emulated 2>&1 | FileCheck %s

// Both barriers of a tiled kernel are needed: the one behind the copies to shared memory, and the
// one behind their uses.
// CHECK: race: expected a barrier before this {{read|write}} of shared memory {{.*}} in kernel main_contraction_
func.func @main(%x: tensor<1x8x8x8xf32>, %w: tensor<8x8x4x4xf32>) -> tensor<1x8x16x16xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x8x8x8xf32>, tensor<8x8x4x4xf32>) -> tensor<1x8x16x16xf32>
  return %y : tensor<1x8x16x16xf32>
}
