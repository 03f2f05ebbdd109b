// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed algorithm=zero-insertion" | FileCheck %s --check-prefix=ZEROS
// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed algorithm=phases" | FileCheck %s --check-prefix=PHASES
// RUN: tconv-opt %s -tconv-pipeline="stop-after=decomposed" | FileCheck %s --check-prefix=AUTO
// RUN: tconv-opt %s -tconv-pipeline="stop-after=loops algorithm=phases parallel=true" | FileCheck %s --check-prefix=PARALLEL
// RUN: tconv-opt %s -tconv-pipeline="algorithm=phases parallel=true" | FileCheck %s --check-prefix=RUNTIME

// Zero insertion is one convolution over the spread input.
// ZEROS: linalg.conv_1d_ncw_fcw {{.*}} : tensor<1x1x11xf32>
// ZEROS-NOT: linalg.conv

// Phases are one convolution each.
// PHASES-COUNT-2: linalg.conv_1d_ncw_fcw {{.*}} : tensor<1x1x5xf32>
// PHASES-NOT: linalg.conv

// Automatically, a layer of static size is one kernel with a schedule.
// AUTO-NOT: linalg.conv
// AUTO: tconv.kernel
// AUTO-NOT: linalg.conv

// Parallel loops become functions, which the runtime calls.
// PARALLEL-NOT: scf.parallel
// PARALLEL: tconv.parallel_call @layer_parallel_0
// PARALLEL: func.func private @layer_parallel_0
// RUNTIME-LABEL: llvm.func @layer(
// RUNTIME: llvm.call @tconvParallelFor
// RUNTIME: llvm.func @layer_parallel_0(
func.func @layer(%x: tensor<1x1x4xf32>, %w: tensor<1x2x4xf32>) -> tensor<1x2x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x8xf32>
  return %y : tensor<1x2x8xf32>
}
