// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed algorithm=zero-insertion" | FileCheck %s --check-prefix=ZEROS
// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed" | FileCheck %s --check-prefix=PHASES
// RUN: tconv-opt %s -tconv-pipeline="parallel=true" | FileCheck %s --check-prefix=PARALLEL

// Zero insertion is one convolution over the spread input.
// ZEROS: linalg.conv_1d_ncw_fcw {{.*}} : tensor<1x1x11xf32>
// ZEROS-NOT: linalg.conv

// Automatically, phases are chosen: one convolution for each.
// PHASES-COUNT-2: linalg.conv_1d_ncw_fcw {{.*}} : tensor<1x1x5xf32>
// PHASES-NOT: linalg.conv

// Parallel loops become OpenMP's, and the rest LLVM's.
// PARALLEL: omp.parallel
// PARALLEL: omp.wsloop
func.func @layer(%x: tensor<1x1x4xf32>, %w: tensor<1x2x4xf32>) -> tensor<1x2x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x8xf32>
  return %y : tensor<1x2x8xf32>
}
