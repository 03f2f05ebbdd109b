// RUN: tconv-opt %s -tconv-lower-gpu-kernels -split-input-file -verify-diagnostics

#cpu = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 96, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

func.func @packing_for_a_processor(%w: memref<8x16x4x4xf32>, %packed: memref<2048xf32>) {
  // expected-error @+1 {{expected a schedule for a GPU}}
  tconv.pack_filter ins(%w : memref<8x16x4x4xf32>) outs(%packed : memref<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #cpu, stride = array<i64: 2, 2>}
  return
}

// -----

#half = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>

func.func @half_products_of_f32(%x: memref<1x8x8x64xf32>, %packed: memref<65536xf32>, %y: memref<1x16x16x64xf32>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected the math of f32 or fma}}
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf32>, memref<65536xf32>)
      outs(%y : memref<1x16x16x64xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #half, stride = array<i64: 2, 2>}
  return
}

// -----

#half = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>

func.func @dynamic(%x: memref<?x8x8x64xf32>, %packed: memref<65536xf32>, %y: memref<?x16x16x64xf32>) {
  // expected-error @+1 {{expected static sizes, got 'memref<?x8x8x64xf32>'}}
  tconv.kernel ins(%x, %packed : memref<?x8x8x64xf32>, memref<65536xf32>)
      outs(%y : memref<?x16x16x64xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #half, stride = array<i64: 2, 2>}
  return
}

// -----

#threads = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 8, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1>

func.func @channels_of_a_thread(%x: memref<1x64x8x8xf16>, %packed: memref<1024xf16>, %y: memref<1x64x16x16xf16>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected a block_n of 1 for the kernel depthwise where channels are first, got 8}}
  tconv.kernel ins(%x, %packed : memref<1x64x8x8xf16>, memref<1024xf16>)
      outs(%y : memref<1x64x16x16xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 64 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_first>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #threads, stride = array<i64: 2, 2>}
  return
}

// -----

#threads = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 16, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1>

func.func @channels_of_a_thread(%x: memref<1x8x8x64xf16>, %packed: memref<1024xf16>, %y: memref<1x16x16x64xf16>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected a power of two up to 8 as block_n for the kernel depthwise, got 16}}
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf16>, memref<1024xf16>)
      outs(%y : memref<1x16x16x64xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 64 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #threads, stride = array<i64: 2, 2>}
  return
}

// -----

#threads = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 4, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1>

func.func @channels_of_a_thread(%x: memref<1x8x8x8xf16>, %packed: memref<384xf16>, %y: memref<1x16x16x24xf16>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected a block_n for the kernel depthwise that fits 24 channels in groups of 3, got 4}}
  tconv.kernel ins(%x, %packed : memref<1x8x8x8xf16>, memref<384xf16>)
      outs(%y : memref<1x16x16x24xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 8 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #threads, stride = array<i64: 2, 2>}
  return
}

// -----

#large = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 256, block_n = 128, block_k = 64, stages = 4, warps_m = 4, warps_n = 2, split_k = 1, raster = 8>

func.func @more_shared_memory_than_there_is(%x: memref<1x8x8x64xf16>, %packed: memref<131072xf16>, %y: memref<1x16x16x128xf16>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected at most 166912 bytes of shared memory in a block on sm_80, got 197632 for 4 stages of block_m = 256, block_n = 128 and block_k = 64}}
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf16>, memref<131072xf16>)
      outs(%y : memref<1x16x16x128xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #large, stride = array<i64: 2, 2>}
  return
}
