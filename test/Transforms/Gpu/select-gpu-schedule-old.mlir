// RUN: tconv-opt %s -tconv-select-gpu-schedule=arch=sm_75 | FileCheck %s

// Before sm_80 all layers are left to the portable tier.
// CHECK-LABEL: @half
// CHECK-NOT: gpu_schedule
func.func @half(%x: tensor<1x8x8x64xf16>, %w: tensor<64x64x4x4xf16>) -> tensor<1x18x18x64xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] channels_last
      : (tensor<1x8x8x64xf16>, tensor<64x64x4x4xf16>) -> tensor<1x18x18x64xf16>
  return %y : tensor<1x18x18x64xf16>
}
