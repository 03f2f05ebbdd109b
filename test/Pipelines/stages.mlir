// The sentence that Pipelines.h has for each stage, as far as it can be checked here.

// RUN: tconv-opt %s -tconv-pipeline="stop-after=input" | FileCheck %s --check-prefix=INPUT
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases stop-after=decomposed" | FileCheck %s --check-prefix=DECOMPOSED --implicit-check-not="= tconv."
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases stop-after=tiled" | FileCheck %s --check-prefix=TILED --implicit-check-not="= tconv." --implicit-check-not=linalg.conv
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases stop-after=bufferized" | FileCheck %s --check-prefix=BUFFERIZED --implicit-check-not="tensor<" --implicit-check-not="= tensor."
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases stop-after=loops" | FileCheck %s --check-prefix=LOOPS --implicit-check-not="{{linalg|affine|tensor}}."
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases stop-after=llvm" | FileCheck %s --check-prefix=LLVM --implicit-check-not="{{ (affine|arith|bufferization|cf|func|linalg|memref|scf|tensor|omp)}}."

// The IR as it was written.
// INPUT: = tconv.conv_transpose

// Convolutions are linalg ops on tensors, and no tconv op is left. Sizes known only at
// run time have been asserted first.
// DECOMPOSED-LABEL: func.func @layer
// DECOMPOSED: cf.assert
// DECOMPOSED: linalg.conv_2d_nchw_fchw {{.*}} -> tensor<

// Convolutions stand in parallel loops over tiles, contiguous dimension innermost.
// TILED-LABEL: func.func @layer
// TILED: scf.forall (%{{.*}}) in (2)
// TILED: linalg.generic {{.*}}"reduction", "parallel"]
// TILED: scf.forall.in_parallel

// Buffers have taken the place of tensors, with their allocations and deallocations.
// BUFFERIZED-LABEL: func.func @layer
// BUFFERIZED-SAME: memref<1x1x?x4xf32>
// BUFFERIZED: memref.alloc
// BUFFERIZED: scf.forall
// BUFFERIZED: linalg.generic
// BUFFERIZED: memref.dealloc

// Loops load, multiply, add and store; no linalg op is left.
// LOOPS-LABEL: func.func @layer
// LOOPS: scf.parallel
// LOOPS: scf.for
// LOOPS: memref.load
// LOOPS: arith.mulf
// LOOPS: arith.addf
// LOOPS: memref.store

// Everything is in the LLVM dialect, with a C interface, and failures are returned.
// LLVM: llvm.func @tconvAllocate
// LLVM-LABEL: llvm.func @layer
// LLVM: %[[FAILED:.*]] = llvm.call @tconvCheck
// LLVM-NEXT: llvm.cond_br %[[FAILED]]
// LLVM: llvm.call @tconvAllocate
// LLVM: llvm.fmul
// LLVM: llvm.return
// LLVM: llvm.func @_mlir_ciface_layer
func.func @layer(%x: tensor<1x1x?x4xf32>, %w: tensor<1x2x4x4xf32>) -> tensor<1x2x?x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x1x?x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x?x8xf32>
  return %y : tensor<1x2x?x8xf32>
}
