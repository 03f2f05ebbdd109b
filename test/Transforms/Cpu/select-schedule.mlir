// RUN: tconv-opt %s -tconv-select-schedule=target-cpu=x86-64-v3 | FileCheck %s
// RUN: tconv-opt %s -tconv-select-schedule="target-cpu=x86-64-v3 direct" | FileCheck %s --check-prefix=DIRECT
// RUN: tconv-opt %s -tconv-select-schedule=target-cpu=x86-64-v4 | FileCheck %s --check-prefix=V4
// RUN: tconv-opt %s -tconv-select-schedule=target-cpu=x86-64-v3 -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: tconv-opt %s -tconv-select-schedule="target-cpu=x86-64-v3 sizes-hint=7,20,30" -remarks-filter="tconv-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=HINT

// As many lanes as a vector of the target has.
// CHECK-LABEL: @wide
// CHECK: schedule <family = output_channels, dot = plain, vector_length = 8,
// V4-LABEL: @wide
// V4: schedule <family = output_channels, dot = plain, vector_length = 16,
// REMARK: [Passed] schedule | Category:tconv-select-schedule | Reason="estimated {{.*}} % of the multiply-add peak{{.*}}", Remark="#tconv.schedule<family = output_channels,
func.func @wide(%x: tensor<1x8x8x64xf32>, %w: tensor<64x64x4x4xf32>) -> tensor<1x16x16x64xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x8x8x64xf32>, tensor<64x64x4x4xf32>) -> tensor<1x16x16x64xf32>
  return %y : tensor<1x16x16x64xf32>
}

// Doubles are half as many.
// CHECK-LABEL: @doubles
// CHECK: vector_length = 4,
// V4-LABEL: @doubles
// V4: vector_length = 8,
func.func @doubles(%x: tensor<1x8x64xf64>, %w: tensor<64x64x4xf64>) -> tensor<1x18x64xf64> {
  %y = tconv.conv_transpose %x, %w stride [2] channels_last
      : (tensor<1x8x64xf64>, tensor<64x64x4xf64>) -> tensor<1x18x64xf64>
  return %y : tensor<1x18x64xf64>
}

// CHECK-LABEL: @depthwise
// CHECK: schedule <family = depthwise,
func.func @depthwise(%x: tensor<1x8x64xf32>, %w: tensor<64x1x4xf32>) -> tensor<1x18x64xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] groups 64 channels_last
      : (tensor<1x8x64xf32>, tensor<64x1x4xf32>) -> tensor<1x18x64xf32>
  return %y : tensor<1x18x64xf32>
}

// With channels first there is nothing to convert for lanes along the width.
// CHECK-LABEL: @depthwise_planes
// CHECK: schedule <family = width,
func.func @depthwise_planes(%x: tensor<1x64x32x32xf32>, %w: tensor<64x1x4x4xf32>) -> tensor<1x64x64x64xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] groups 64
      : (tensor<1x64x32x32xf32>, tensor<64x1x4x4xf32>) -> tensor<1x64x64x64xf32>
  return %y : tensor<1x64x64x64xf32>
}

// CHECK-LABEL: @written
// CHECK: schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 3,
func.func @written(%x: tensor<1x8x64xf32>, %w: tensor<64x64x4xf32>) -> tensor<1x18x64xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] channels_last
      schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 3, vectors = 1,
                fused_phases = 1, block_pixels = 6, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>
      : (tensor<1x8x64xf32>, tensor<64x64x4xf32>) -> tensor<1x18x64xf32>
  return %y : tensor<1x18x64xf32>
}

// CHECK-LABEL: @dynamic
// CHECK-NOT: schedule
// REMARK: [Missed] schedule | Category:tconv-select-schedule | Reason="sizes other than the batch and spatial ones are dynamic", Remark="left to the portable tier"
func.func @dynamic(%x: tensor<1x?x4xf32>, %w: tensor<?x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x?x4xf32>, tensor<?x1x2xf32>) -> tensor<1x1x5xf32>
  return %y : tensor<1x1x5xf32>
}

// Batch and spatial sizes are left open: the schedule is that of typical ones, or of a hint.
// CHECK-LABEL: @dynamic_batch
// CHECK: schedule
// REMARK: [Passed] schedule {{.*}}, for sizes of n1 i4"
// HINT: [Passed] schedule {{.*}}, for sizes of n7 i4"
func.func @dynamic_batch(%x: tensor<?x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<?x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<?x1x4xf32>, tensor<1x1x2xf32>) -> tensor<?x1x5xf32>
  return %y : tensor<?x1x5xf32>
}

// CHECK-LABEL: @dynamic_image
// CHECK: schedule
// REMARK: [Passed] schedule {{.*}}, for sizes of n1 i66x64"
// HINT: [Passed] schedule {{.*}}, for sizes of n7 i20x30"
func.func @dynamic_image(%x: tensor<?x3x?x?xf32>, %w: tensor<3x5x4x4xf32>) -> tensor<?x5x?x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[2, 1], 0]
      : (tensor<?x3x?x?xf32>, tensor<3x5x4x4xf32>) -> tensor<?x5x?x?xf32>
  return %y : tensor<?x5x?x?xf32>
}

// CHECK-LABEL: @empty_batch
// CHECK-NOT: schedule
// REMARK: Reason="the batch is empty"
func.func @empty_batch(%x: tensor<0x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<0x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<0x1x4xf32>, tensor<1x1x2xf32>) -> tensor<0x1x5xf32>
  return %y : tensor<0x1x5xf32>
}

// More phases than tables are made for.
// CHECK-LABEL: @phases
// CHECK-NOT: schedule
// REMARK: Reason="more than 4096 phases"
func.func @phases(%x: tensor<1x1x2x4xf32>, %w: tensor<4x2x70x70xf32>) -> tensor<1x70x140x4xf32> {
  %y = tconv.conv_transpose %x, %w stride [70, 70] groups 2 channels_last
      : (tensor<1x1x2x4xf32>, tensor<4x2x70x70xf32>) -> tensor<1x70x140x4xf32>
  return %y : tensor<1x70x140x4xf32>
}

// One number of a layer may be large, whatever it is.
// CHECK-LABEL: @taps
// CHECK-NOT: schedule
// REMARK: Reason="more than 65536 taps"
func.func @taps(%x: tensor<1x1x2xf32>, %w: tensor<1x1x100000000000xf32>) -> tensor<1x1x100000000001xf32> {
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x1x2xf32>, tensor<1x1x100000000000xf32>) -> tensor<1x1x100000000001xf32>
  return %y : tensor<1x1x100000000001xf32>
}

// CHECK-LABEL: @dilation
// CHECK-NOT: schedule
// REMARK: Reason="a tensor has more elements than fit 32-bit offsets"
func.func @dilation(%x: tensor<1x2x5xf32>, %w: tensor<2x2x4xf32>) -> tensor<1x2x6442450952xf32> {
  %y = tconv.conv_transpose %x, %w stride [3] padding [3] dilation [2147483648] output_padding [1]
      : (tensor<1x2x5xf32>, tensor<2x2x4xf32>) -> tensor<1x2x6442450952xf32>
  return %y : tensor<1x2x6442450952xf32>
}

// Many positions of many channels are worth transforms, unless the definition's sums are asked for.
// CHECK-LABEL: @transformed
// CHECK: schedule <family = winograd, {{.*}} tile = 3>
// DIRECT-LABEL: @transformed
// DIRECT: schedule <family = output_channels,
// REMARK: Reason="estimated {{[0-9]+}}e3 cycles for {{[0-9]+}}e3 multiplications and {{[0-9]+}} bytes of workspace a task, directly {{[0-9]+}}e3 cycles for {{[0-9]+}}e3", Remark="#tconv.schedule<family = winograd,
func.func @transformed(%x: tensor<1x40x40x128xf32>, %w: tensor<128x128x4x4xf32>) -> tensor<1x80x80x128xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x40x40x128xf32>, tensor<128x128x4x4xf32>) -> tensor<1x80x80x128xf32>
  return %y : tensor<1x80x80x128xf32>
}
