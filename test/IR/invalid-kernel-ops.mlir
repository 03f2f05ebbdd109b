// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// What the verifiers of tconv.pack_filter and tconv.kernel refuse.

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_dynamic(%w: tensor<8x16x4x?xf32>, %p: tensor<2048xf32>) {
  // expected-error @+1 {{expected a filter of static sizes [Ci, Co/groups, K...], got 'tensor<8x16x4x?xf32>'}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16x4x?xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2048xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_rank(%w: tensor<8x16xf32>, %p: tensor<2048xf32>) {
  // expected-error @+1 {{expected a filter of static sizes [Ci, Co/groups, K...], got 'tensor<8x16xf32>'}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2048xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_strides(%w: tensor<8x16x4x4xf32>, %p: tensor<2048xf32>) {
  // expected-error @+1 {{expected 2 strides and dilations, got 1 and 2}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2>} -> tensor<2048xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_groups(%w: tensor<8x16x4x4xf32>, %p: tensor<2048xf32>) {
  // expected-error @+1 {{expected groups that divide the input channels 8, got 3}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 3 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2048xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_destination(%w: tensor<8x16x4x4xf32>, %p: tensor<2047xf32>) {
  // expected-error @+1 {{expected a destination of 2048 elements, got 'tensor<2047xf32>'}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%p : tensor<2047xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2047xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_result(%w: tensor<8x16x4x4xf32>, %p: tensor<2048xf32>) {
  // expected-error @+1 {{expected a result of the destination's type, got 'tensor<2048xf64>'}}
  %0 = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2048xf64>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @dynamic(%x: tensor<1x4x4x?xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected an input and a destination of the same rank from 3 to 5 and static numbers of channels, got 'tensor<1x4x4x?xf32>' and 'tensor<1x8x8x16xf32>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x?xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = width, dot = plain, vector_length = 8, pixels = 2, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @dynamic_width(%x: tensor<1x8x4x?xf32>, %p: tensor<2048xf32>, %y: tensor<1x16x8x?xf32>) {
  // expected-error @+1 {{expected static spatial sizes for the family width, got 'tensor<1x8x4x?xf32>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x8x4x?xf32>, tensor<2048xf32>) outs(%y : tensor<1x16x8x?xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_first>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s, stride = array<i64: 2, 2>} -> tensor<1x16x8x?xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @ranks(%x: tensor<1x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected an input and a destination of the same rank from 3 to 5 and static numbers of channels, got 'tensor<1x4x8xf32>' and 'tensor<1x8x8x16xf32>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @entries(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected 2 entries in each attribute of the spatial dimensions, got 1}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @filter(%x: tensor<1x4x4x8xf32>, %p: tensor<2047xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected a packed filter of 2048 elements, got 'tensor<2047xf32>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2047xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @output(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x9x16xf32>) {
  // expected-error-re @+1 {{expected the output size {{.*}} = 8 in spatial dimension 1, got 9}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x9x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x9x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @result(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected a result of the destination's type, got 'tensor<1x8x8x16xf64>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf64>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @region_argument(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected a region that takes 'f32' and yields 'f32'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f64):
    %0 = arith.truncf %sum : f64 to f32
    tconv.yield %0 : f32
  } -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @region_result(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected a region that takes 'f32' and yields 'f32'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32):
    %0 = arith.extf %sum : f32 to f64
    tconv.yield %0 : f64
  } -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @region_arguments(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>) {
  // expected-error @+1 {{expected a region that takes 'f32' and yields 'f32'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32, %other: f32):
    tconv.yield %sum : f32
  } -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @neighbour_shape(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>, %n: tensor<8xf32>) {
  // expected-error @+1 {{expected a neighbour of the result's shape, or of 16 numbers, got 'tensor<8xf32>'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      neighbours(%n : tensor<8xf32>) attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32, %number: f32):
    tconv.yield %sum : f32
  } -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @neighbour_without_region(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>, %n: tensor<16xf32>) {
  // expected-error @+1 {{expected a region that reads the neighbours, found none}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      neighbours(%n : tensor<16xf32>) attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @neighbour_type(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf32>, %n: tensor<16xi8>) {
  // expected-error @+1 {{expected a region that takes 'f32', 'i8' and yields 'f32'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf32>)
      neighbours(%n : tensor<16xi8>) attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32, %number: f32):
    tconv.yield %sum : f32
  } -> tensor<1x8x8x16xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @changed_type(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xi8>) {
  // expected-error @+1 {{expected a region that changes the type from 'f32' to 'i8', found none}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xi8>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xi8>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @changed_type_yield(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xi8>) {
  // expected-error @+1 {{expected a region that takes 'f32' and yields 'i8'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xi8>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32):
    tconv.yield %sum : f32
  } -> tensor<1x8x8x16xi8>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @wide_type(%x: tensor<1x4x4x8xf32>, %p: tensor<2048xf32>, %y: tensor<1x8x8x16xf64>) {
  // expected-error @+1 {{expected elements of 1, 2, 4 or 8 bytes, no wider than 'f32', the type of the sums, got 'f64'}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>) outs(%y : tensor<1x8x8x16xf64>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} -> tensor<1x8x8x16xf64>
  return
}

// -----

func.func @yield_elsewhere(%x: f32) {
  // expected-error @+1 {{expects parent op 'tconv.kernel'}}
  tconv.yield %x : f32
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @pack_many_taps(%w: tensor<1x1x1000000000000xf32>, %p: tensor<8xf32>) {
  // expected-error @+1 {{has more than 65536 taps}}
  %0 = tconv.pack_filter ins(%w : tensor<1x1x1000000000000xf32>) outs(%p : tensor<8xf32>)
      {dilation = array<i64: 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2>} -> tensor<8xf32>
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @many_taps(%x: tensor<1x4x8xf32>, %p: tensor<8xf32>, %y: tensor<1x8x16xf32>) {
  // expected-error @+1 {{has more than 65536 taps}}
  %0 = tconv.kernel ins(%x, %p : tensor<1x4x8xf32>, tensor<8xf32>) outs(%y : tensor<1x8x16xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 1000000000000>,
                    layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                    padding_begin = array<i64: 1>, padding_end = array<i64: 1>, schedule = #s,
                    stride = array<i64: 2>} -> tensor<1x8x16xf32>
  return
}
