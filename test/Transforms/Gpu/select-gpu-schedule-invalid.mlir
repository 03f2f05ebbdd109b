// RUN: tconv-opt %s -tconv-select-gpu-schedule=arch=sm_80 -split-input-file -verify-diagnostics
// RUN: not tconv-opt %s -tconv-select-gpu-schedule=arch=sm_120 -split-input-file 2>&1 | FileCheck %s --check-prefix=CONSUMER
// RUN: not tconv-opt %s -tconv-select-gpu-schedule=arch=sm_88 -split-input-file 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not tconv-opt %s -tconv-select-gpu-schedule=arch=sm_75 -split-input-file 2>&1 | FileCheck %s --check-prefix=OLD

// Schedules that are written by hand are held against the layer and the architecture.

// CONSUMER: expected at most 101376 bytes of shared memory in a block on sm_120, got 197632 for
// UNKNOWN: expected at most 101376 bytes of shared memory in a block on sm_88, got 197632 for
// OLD: the schedule does not fit the layer: the fast tier needs sm_80 or later, got sm_75
func.func @more_shared_memory_than_there_is(%x: tensor<1x16x16x64xf16>, %w: tensor<64x128x4x4xf16>) -> tensor<1x32x32x128xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected at most 166912 bytes of shared memory in a block on sm_80, got 197632 for 4 stages of block_m = 256, block_n = 128 and block_k = 64}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = mma, math = f16, block_m = 256, block_n = 128, block_k = 64, stages = 4, warps_m = 4, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x16x16x64xf16>, tensor<64x128x4x4xf16>) -> tensor<1x32x32x128xf16>
  return %y : tensor<1x32x32x128xf16>
}

// -----

// The code of a thread would grow with what it copies.
func.func @tile_of_a_warp(%x: tensor<1x1x1717xf64>, %w: tensor<1x1x3xf64>) -> tensor<1x1x3435xf64> {
  // expected-error @+1 {{the schedule does not fit the layer: expected tiles of at most 512 bytes for each thread, got 2048}}
  %y = tconv.conv_transpose %x, %w stride [2] gpu_schedule <kernel = simt, math = fma, block_m = 64, block_n = 8, block_k = 128, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x1x1717xf64>, tensor<1x1x3xf64>) -> tensor<1x1x3435xf64>
  return %y : tensor<1x1x3435xf64>
}

// -----

// Positions of taps are numbers of 32 bits.
func.func @far_taps(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x4xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: taps are 2^30 elements or more away from x}}
  %y = tconv.conv_transpose %x, %w padding [[-4294967296, 4294967296]] gpu_schedule <kernel = simt, math = fma, block_m = 64, block_n = 8, block_k = 4, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}

// -----

func.func @many_taps(%x: tensor<1x1x4xf32>, %w: tensor<1x1x65537xf32>) -> tensor<1x1x65540xf32> {
  // expected-error @+1 {{the schedule does not fit the layer: the filter has more than 2^16 taps}}
  %y = tconv.conv_transpose %x, %w gpu_schedule <kernel = simt, math = fma, block_m = 64, block_n = 8, block_k = 4, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x1x4xf32>, tensor<1x1x65537xf32>) -> tensor<1x1x65540xf32>
  return %y : tensor<1x1x65540xf32>
}

// -----

func.func @large_filter(%x: tensor<1x1x4xi8>, %w: tensor<1x8388608x4xi8>) -> tensor<1x8388608x7xi32> {
  // expected-error @+1 {{the schedule does not fit the layer: the packed filter has 2^31 elements or more}}
  %y = tconv.conv_transpose %x, %w gpu_schedule <kernel = mma, math = i8, block_m = 64, block_n = 64, block_k = 64, stages = 2, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x1x4xi8>, tensor<1x8388608x4xi8>) -> tensor<1x8388608x7xi32>
  return %y : tensor<1x8388608x7xi32>
}

// -----

// 4096 phases, the longest one of 8 pixels, which most do not have.
func.func @many_blocks(%x: tensor<400000x1x2x2x2xi8>, %w: tensor<1x1x1x1x1xi8>) -> tensor<400000x1x17x17x17xi32> {
  // expected-error @+1 {{the schedule does not fit the layer: a launch has 2^31 blocks or more}}
  %y = tconv.conv_transpose %x, %w stride [16, 16, 16] gpu_schedule <kernel = simt, math = fma, block_m = 4, block_n = 8, block_k = 16, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<400000x1x2x2x2xi8>, tensor<1x1x1x1x1xi8>) -> tensor<400000x1x17x17x17xi32>
  return %y : tensor<400000x1x17x17x17xi32>
}
