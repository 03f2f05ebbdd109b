// RUN: tconv-opt %s -tconv-select-gpu-schedule=arch=sm_90a -split-input-file -verify-diagnostics
// RUN: not tconv-opt %s -tconv-select-gpu-schedule=arch=sm_90 -split-input-file 2>&1 | FileCheck %s

// What the kernel wgmma cannot do is refused, with the limit and the number.

// CHECK: the schedule does not fit the layer: expected sm_90a for the kernel wgmma, got sm_90
func.func @channels(%x: tensor<1x8x8x12xf16>, %w: tensor<12x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected input channels of a multiple of 16 bytes for the kernel wgmma, got 24}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x12xf16>, tensor<12x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}

// -----

func.func @accepted(%x: tensor<1x8x8x16xf16>, %w: tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x16xf16>, tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}

// -----

func.func @channels_first(%x: tensor<1x16x8x8xf16>, %w: tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected channels last for the kernel wgmma}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x16x8x8xf16>, tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}

// -----

// What is behind the channels of a group are those of the next one, not zeros.
func.func @groups(%x: tensor<1x8x8x48xf16>, %w: tensor<48x16x4x4xf16>) -> tensor<1x16x16x32xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected a block_k that divides the 24 input channels of a group for the kernel wgmma, got 16}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] groups 2 channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x48xf16>, tensor<48x16x4x4xf16>) -> tensor<1x16x16x32xf16>
  return %y : tensor<1x16x16x32xf16>
}

// -----

// 200 pixels in front of x are behind what a corner of 8 bits says.
func.func @corners(%x: tensor<1x8x8x16xf16>, %w: tensor<16x16x1x1xf16>) -> tensor<1x408x8x16xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected pixels for im2col to begin and end from -128 to 127 elements beside x, got -200}}
  %y = tconv.conv_transpose %x, %w padding [[-200, -200], [0, 0]] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x16xf16>, tensor<16x16x1x1xf16>) -> tensor<1x408x8x16xf16>
  return %y : tensor<1x408x8x16xf16>
}

// -----

// Taps 300 apart, where an offset has 8 bits; what lies in front of x is cut off.
func.func @offsets(%x: tensor<1x8x320x16xf16>, %w: tensor<16x16x1x2xf16>) -> tensor<1x8x320x16xf16> {
  // expected-error @+1 {{the schedule does not fit the layer: expected taps for im2col at most 255 elements behind the first one, got 300}}
  %y = tconv.conv_transpose %x, %w padding [[0, 0], [200, 100]] dilation [1, 300] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x320x16xf16>, tensor<16x16x1x2xf16>) -> tensor<1x8x320x16xf16>
  return %y : tensor<1x8x320x16xf16>
}

// -----

func.func @warps(%x: tensor<1x8x8x16xf16>, %w: tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  // expected-error @+1 {{expected 4 or 8 warps along pixels and 1 along channels for the kernel wgmma, got 4 and 2}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x8x8x16xf16>, tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}

// -----

func.func @depth(%x: tensor<1x8x8x16xf16>, %w: tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  // expected-error @+1 {{expected a block_k of at most 64 for the kernel wgmma, got 128}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = f16, block_m = 64, block_n = 16, block_k = 128, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x16xf16>, tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}

// -----

func.func @columns(%x: tensor<1x8x8x32xi8>, %w: tensor<32x40x4x4xi8>) -> tensor<1x16x16x40xi32> {
  // expected-error @+1 {{expected a multiple of 16 as block_n above 32 for i8, got 40}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = i8, block_m = 64, block_n = 40, block_k = 32, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x32xi8>, tensor<32x40x4x4xi8>) -> tensor<1x16x16x40xi32>
  return %y : tensor<1x16x16x40xi32>
}

// -----

func.func @fma(%x: tensor<1x8x8x16xf16>, %w: tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16> {
  // expected-error @+1 {{expected the math fma for the kernels simt and depthwise, and none but it}}
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last gpu_schedule <kernel = wgmma, math = fma, block_m = 64, block_n = 16, block_k = 16, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>
      : (tensor<1x8x8x16xf16>, tensor<16x16x4x4xf16>) -> tensor<1x16x16x16xf16>
  return %y : tensor<1x16x16x16xf16>
}
