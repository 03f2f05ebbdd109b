// RUN: tconv-opt %s -tconv-form-kernels | FileCheck %s

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 2, pixels = 6,
                     vectors = 1, fused_phases = 1, block_pixels = 48, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>
#pairs = #tconv.schedule<family = output_channels, dot = bf16_pairs, vector_length = 2, pixels = 6,
                         vectors = 1, fused_phases = 1, block_pixels = 48, blocks_per_task = 1,
                         reduction_block = 0, prefetch = 0, unroll = 1>

// The attributes are those of the layer; the filter is padded to whole vectors.
// CHECK-LABEL: @layer
// CHECK-SAME: %[[X:[^:]*]]: {{[^,]*}}, %[[W:[^:]*]]: {{[^,]*}}, %[[B:[^:]*]]:
// CHECK: %[[P:.*]] = tconv.pack_filter ins(%[[W]] : tensor<1x3x2xf32>) outs(%{{.*}} : tensor<8xf32>)
// CHECK-SAME: dilation = array<i64: 1>, groups = 1 : i64, {{.*}} stride = array<i64: 2>} -> tensor<8xf32>
// CHECK: tconv.kernel ins(%[[X]], %[[P]], %[[B]] : {{.*}}) outs(%{{.*}} : tensor<1x7x3xf32>)
// CHECK-SAME: kernel_shape = array<i64: 2>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>
// CHECK-SAME: padding_begin = array<i64: 1>, padding_end = array<i64: 0>
// CHECK-NOT: tconv.conv_transpose
func.func @layer(%x: tensor<1x4x1xf32>, %w: tensor<1x3x2xf32>, %b: tensor<3xf32>)
    -> tensor<1x7x3xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2] padding [[1, 0]] channels_last schedule #s
      : (tensor<1x4x1xf32>, tensor<1x3x2xf32>, tensor<3xf32>) -> tensor<1x7x3xf32>
  return %y : tensor<1x7x3xf32>
}

// A constant filter is packed now: channels innermost, taps in the order in which x meets them.
// CHECK-LABEL: @constant
// CHECK-NOT: tconv.pack_filter
// CHECK: arith.constant dense<[3.000000e+00, 6.000000e+00, 2.000000e+00, 5.000000e+00, 1.000000e+00, 4.000000e+00]> : tensor<6xf32>
func.func @constant(%x: tensor<1x4x1xf32>) -> tensor<1x6x2xf32> {
  %w = arith.constant dense<[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]> : tensor<1x2x3xf32>
  %y = tconv.conv_transpose %x, %w channels_last schedule #s
      : (tensor<1x4x1xf32>, tensor<1x2x3xf32>) -> tensor<1x6x2xf32>
  return %y : tensor<1x6x2xf32>
}

// Filters are packed in the type that is multiplied: f32 for f16, bf16 for pairs of it,
// of which there is a whole number.
// CHECK-LABEL: @types
// CHECK: tconv.pack_filter {{.*}} -> tensor<2xf32>
// CHECK: tconv.pack_filter {{.*}} -> tensor<4xbf16>
func.func @types(%a: tensor<1x4x1xf16>, %v: tensor<1x2x1xf16>, %x: tensor<1x4x1xbf16>,
                 %w: tensor<1x2x1xbf16>) -> (tensor<1x4x2xf16>, tensor<1x4x2xbf16>) {
  %0 = tconv.conv_transpose %a, %v channels_last schedule #s
      : (tensor<1x4x1xf16>, tensor<1x2x1xf16>) -> tensor<1x4x2xf16>
  %1 = tconv.conv_transpose %x, %w channels_last schedule #pairs
      : (tensor<1x4x1xbf16>, tensor<1x2x1xbf16>) -> tensor<1x4x2xbf16>
  return %0, %1 : tensor<1x4x2xf16>, tensor<1x4x2xbf16>
}

// Without a schedule a layer stays.
// CHECK-LABEL: @portable
// CHECK: tconv.conv_transpose
func.func @portable(%x: tensor<1x1x?xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x?xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
