// RUN: tconv-opt %s --canonicalize | FileCheck %s

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2,
                     vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

// Casts that forget sizes are folded, of the input and of the destination, with and without a region.
// CHECK-LABEL: @input
// CHECK: tconv.kernel ins(%arg0, %arg1 : tensor<1x8x4xf32>, tensor<128xf32>) outs(%arg2 : tensor<1x?x8xf32>)
func.func @input(%x: tensor<1x8x4xf32>, %p: tensor<128xf32>, %y: tensor<1x?x8xf32>) -> tensor<1x?x8xf32> {
  %open = tensor.cast %x : tensor<1x8x4xf32> to tensor<1x?x4xf32>
  %0 = tconv.kernel ins(%open, %p : tensor<1x?x4xf32>, tensor<128xf32>) outs(%y : tensor<1x?x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>} -> tensor<1x?x8xf32>
  return %0 : tensor<1x?x8xf32>
}

// CHECK-LABEL: @both
// CHECK: %[[Y:.*]] = tconv.kernel ins(%arg0, %arg1 : tensor<1x8x4xf32>, tensor<128xf32>) outs(%arg2 : tensor<1x18x8xf32>)
// CHECK: tensor.cast %[[Y]] : tensor<1x18x8xf32> to tensor<?x?x8xf32>
func.func @both(%x: tensor<1x8x4xf32>, %p: tensor<128xf32>, %y: tensor<1x18x8xf32>) -> tensor<?x?x8xf32> {
  %open = tensor.cast %x : tensor<1x8x4xf32> to tensor<?x?x4xf32>
  %to = tensor.cast %y : tensor<1x18x8xf32> to tensor<?x?x8xf32>
  %0 = tconv.kernel ins(%open, %p : tensor<?x?x4xf32>, tensor<128xf32>) outs(%to : tensor<?x?x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>} {
  ^bb0(%sum: f32):
    %t = math.tanh %sum : f32
    tconv.yield %t : f32
  } -> tensor<?x?x8xf32>
  return %0 : tensor<?x?x8xf32>
}
