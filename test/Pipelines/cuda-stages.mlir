// The sentence that Pipelines.h has for each stage of a GPU, as far as it can be checked here.

// RUN: tconv-opt %s -tconv-pipeline="target=cuda stop-after=input" | FileCheck %s --check-prefix=INPUT
// RUN: tconv-opt %s -tconv-pipeline="target=cuda stop-after=decomposed" | FileCheck %s --check-prefix=DECOMPOSED --implicit-check-not="= tconv."
// RUN: tconv-opt %s -tconv-pipeline="target=cuda stop-after=bufferized" | FileCheck %s --check-prefix=BUFFERIZED --implicit-check-not="-> tensor<" --implicit-check-not="= tensor." --implicit-check-not="scf.forall"
// RUN: tconv-opt %s -tconv-pipeline="target=cuda stop-after=launches" | FileCheck %s --check-prefix=LAUNCHES --implicit-check-not="{{linalg|affine|tensor}}." --implicit-check-not="scf.parallel"
// RUN: tconv-opt %s -tconv-pipeline="target=cuda stop-after=outlined" | FileCheck %s --check-prefix=OUTLINED --implicit-check-not="gpu.{{launch blocks|terminator}}"
// RUN: tconv-opt %s -tconv-pipeline="target=cuda algorithm=zero-insertion stop-after=outlined" | FileCheck %s --check-prefix=OUTLINED --implicit-check-not="gpu.{{launch blocks|terminator}}"

// The IR as it was written.
// INPUT: = tconv.conv_transpose

// Layers are linalg convolutions on tensors. Sizes known only at run time have been asserted
// first.
// DECOMPOSED-LABEL: func.func @layer
// DECOMPOSED: cf.assert
// DECOMPOSED: linalg.conv_2d_nchw_fchw {{.*}} -> tensor<

// Buffers have taken the place of tensors; they are not tiled for threads of a CPU.
// BUFFERIZED-LABEL: func.func @layer
// BUFFERIZED-SAME: memref<1x8x?x4xf32>
// BUFFERIZED: memref.alloc
// BUFFERIZED: linalg.conv_2d_nchw_fchw
// BUFFERIZED: memref.dealloc

// Everything that touches an element is in a launch.
// LAUNCHES-LABEL: func.func @layer
// LAUNCHES: cf.assert
// LAUNCHES: %[[X:.*]] = memref.alloc
// LAUNCHES-NOT: memref.{{load|store|copy}}
// LAUNCHES: gpu.launch {{.*}} module(@kernels) function(@layer_loop_0)
// LAUNCHES: memref.store
// LAUNCHES: gpu.terminator
// LAUNCHES: gpu.launch {{.*}} module(@kernels) function(@layer_contraction_{{[0-9]+}}) workgroup
// LAUNCHES: gpu.barrier
// LAUNCHES: gpu.terminator

// The bodies of launches are kernels in one module, and no access is left in the function.
// OUTLINED-LABEL: func.func @layer
// OUTLINED-NOT: memref.{{load|store|copy}}
// OUTLINED: gpu.launch_func{{ +}}@kernels::@layer_contraction_
// OUTLINED-NOT: memref.{{load|store|copy}}
// OUTLINED: return
// OUTLINED: gpu.module @kernels
// OUTLINED: gpu.func @layer_contraction_{{.*}} workgroup({{.*}} {llvm.align = 16 : i64}
// OUTLINED-SAME: kernel attributes {known_block_size = array<i32: {{[0-9]+}}, 1, 1>
// OUTLINED: gpu.barrier
// OUTLINED-NOT: gpu.module
func.func @layer(%x: tensor<1x8x?x4xf32>, %w: tensor<8x16x4x4xf32>) -> tensor<1x16x?x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x8x?x4xf32>, tensor<8x16x4x4xf32>) -> tensor<1x16x?x8xf32>
  return %y : tensor<1x16x?x8xf32>
}
