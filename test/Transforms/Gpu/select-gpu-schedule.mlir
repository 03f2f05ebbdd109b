// RUN: tconv-opt %s -tconv-select-gpu-schedule=arch=sm_80 | FileCheck %s
// RUN: tconv-opt %s -tconv-select-gpu-schedule="arch=sm_90 allow-tf32" | FileCheck %s --check-prefix=TF32
// RUN: tconv-opt %s -tconv-select-gpu-schedule=arch=sm_80 -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: not tconv-opt %s -tconv-select-gpu-schedule=arch=turing 2>&1 | FileCheck %s --check-prefix=NAME

// NAME: error: expected a GPU like sm_80, got 'turing'

// CHECK-LABEL: @half
// CHECK: gpu_schedule <kernel = mma, math = f16,
// REMARK: [Passed] schedule | Category:tconv-select-gpu-schedule | Reason="{{[0-9]+}} blocks, {{[0-9]+}} on a multiprocessor at a time, {{[0-9]+}} bytes of shared memory, estimated {{.*}} us", Remark="#tconv.gpu_schedule<kernel = mma,
func.func @half(%x: tensor<8x32x32x128xf16>, %w: tensor<128x128x4x4xf16>)
    -> tensor<8x64x64x128xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<8x32x32x128xf16>, tensor<128x128x4x4xf16>) -> tensor<8x64x64x128xf16>
  return %y : tensor<8x64x64x128xf16>
}

// Tensor cores round f32, so that they are only taken if that is allowed.
// CHECK-LABEL: @single
// CHECK: gpu_schedule <kernel = simt, math = fma,
// TF32-LABEL: @single
// TF32: gpu_schedule <kernel = mma, math = tf32,
func.func @single(%x: tensor<8x32x32x128xf32>, %w: tensor<128x128x4x4xf32>)
    -> tensor<8x64x64x128xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<8x32x32x128xf32>, tensor<128x128x4x4xf32>) -> tensor<8x64x64x128xf32>
  return %y : tensor<8x64x64x128xf32>
}

// CHECK-LABEL: @depthwise
// CHECK: gpu_schedule <kernel = depthwise, math = fma,
func.func @depthwise(%x: tensor<1x64x8xf16>, %w: tensor<64x1x4xf16>) -> tensor<1x64x18xf16> {
  %y = tconv.conv_transpose %x, %w stride [2] groups 64
      : (tensor<1x64x8xf16>, tensor<64x1x4xf16>) -> tensor<1x64x18xf16>
  return %y : tensor<1x64x18xf16>
}

// CHECK-LABEL: @dynamic
// CHECK-NOT: gpu_schedule
// REMARK: [Missed] schedule | Category:tconv-select-gpu-schedule | Reason="sizes are dynamic", Remark="left to the portable tier"
func.func @dynamic(%x: tensor<1x64x?xf16>, %w: tensor<64x1x4xf16>) -> tensor<1x1x?xf16> {
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<1x64x?xf16>, tensor<64x1x4xf16>) -> tensor<1x1x?xf16>
  return %y : tensor<1x1x?xf16>
}

// A schedule that is written by hand is kept.
// CHECK-LABEL: @kept
// CHECK: gpu_schedule <kernel = simt, math = fma, block_m = 16,
func.func @kept(%x: tensor<1x16x4xf16>, %w: tensor<16x8x4xf16>) -> tensor<1x8x7xf16> {
  %y = tconv.conv_transpose %x, %w gpu_schedule <kernel = simt, math = fma, block_m = 16, block_n = 8, block_k = 8, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 1>
      : (tensor<1x16x4xf16>, tensor<16x8x4xf16>) -> tensor<1x8x7xf16>
  return %y : tensor<1x8x7xf16>
}
