// RUN: tconv-opt %s -split-input-file -tconv-lower-kernels -verify-diagnostics | FileCheck %s

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2,
                     vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

// Channels last and f32: x and y are used as they are. The epilogue is applied to vectors,
// with its constants in each lane, wherever they stand.
// CHECK-LABEL: @kernel
// CHECK-SAME: passthrough = ["tconv-kernel", "tconv-carried-addresses"]
// CHECK-NOT: memref.alloc
// CHECK-DAG: memref.get_global @tconv_blocks
// CHECK-DAG: memref.get_global @tconv_tiles
// CHECK-DAG: memref.get_global @tconv_segments
// CHECK: scf.parallel
// CHECK: vector.fma {{.*}} : vector<8xf32>
// CHECK: %[[ZEROS:.*]] = vector.broadcast %{{.*}} : f32 to vector<8xf32>
// CHECK: %[[ONES:.*]] = vector.broadcast %{{.*}} : f32 to vector<8xf32>
// CHECK: %[[A:.*]] = arith.addf %{{.*}}, %[[ONES]] : vector<8xf32>
// CHECK: %[[R:.*]] = arith.maximumf %[[A]], %[[ZEROS]] : vector<8xf32>
// CHECK: vector.store %[[R]]
// CHECK-NOT: tconv.kernel
func.func @kernel(%x: memref<1x8x4xf32>, %p: memref<128xf32>, %y: memref<1x18x8xf32>) {
  %one = arith.constant 1.0 : f32
  tconv.kernel ins(%x, %p : memref<1x8x4xf32>, memref<128xf32>) outs(%y : memref<1x18x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>} {
  ^bb0(%sum: f32):
    %zero = arith.constant 0.0 : f32
    %a = arith.addf %sum, %one : f32
    %r = arith.maximumf %a, %zero : f32
    tconv.yield %r : f32
  }
  return
}

// Others are converted into buffers of the kernel's, which are freed behind it.
// CHECK-LABEL: @channels_first
// CHECK: %[[X:.*]] = memref.alloc() {alignment = 64 : i64} : memref<32xf32>
// CHECK: %[[Y:.*]] = memref.alloc() {alignment = 64 : i64} : memref<144xf16>
// CHECK: vector.fma
// CHECK: arith.truncf %{{.*}} : vector<8xf32> to vector<8xf16>
// CHECK: memref.dealloc %[[Y]]
// CHECK: memref.dealloc %[[X]]
func.func @channels_first(%x: memref<1x4x8xf16>, %p: memref<128xf32>, %y: memref<1x8x18xf16>) {
  tconv.kernel ins(%x, %p : memref<1x4x8xf16>, memref<128xf32>) outs(%y : memref<1x8x18xf16>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_first>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>}
  return
}

#rest = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 4,
                        vectors = 2, fused_phases = 1, block_pixels = 16, blocks_per_task = 1,
                        reduction_block = 0, prefetch = 0, unroll = 3>

// Four steps of a tap are no multiple of three: a second loop goes on where the first ends,
// with its positions of x and of the filter.
// CHECK-LABEL: @rest
// CHECK-SAME: passthrough = ["tconv-kernel"]
// CHECK: %[[FIRST:.*]]:10 = scf.for {{.*}} iter_args({{.*}}) -> ({{.*}}, index, index)
// CHECK: scf.for {{.*}} iter_args({{.*}} = %[[FIRST]]#{{.*}}) -> ({{.*}}, index, index)
func.func @rest(%x: memref<1x8x4xf32>, %p: memref<128xf32>, %y: memref<1x18x8xf32>) {
  tconv.kernel ins(%x, %p : memref<1x8x4xf32>, memref<128xf32>) outs(%y : memref<1x18x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #rest,
                  stride = array<i64: 2>}
  return
}

// CHECK-LABEL: @filter
// CHECK-NOT: tconv.pack_filter
// CHECK: vector.store
// CHECK: memref.global "private" constant @tconv_tiles
func.func @filter(%w: memref<4x8x4xf32>, %p: memref<128xf32>) {
  tconv.pack_filter ins(%w : memref<4x8x4xf32>) outs(%p : memref<128xf32>)
      {dilation = array<i64: 1>, groups = 1, schedule = #s, stride = array<i64: 2>}
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2,
                     vectors = 1, fused_phases = 3, block_pixels = 16, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

func.func @wrong_phases(%x: memref<1x8x4xf32>, %p: memref<96xf32>, %y: memref<1x18x8xf32>) {
  // expected-error @+1 {{the schedule does not fit the layer: expected fused_phases of 1, or the innermost stride of a layer of one group}}
  tconv.kernel ins(%x, %p : memref<1x8x4xf32>, memref<96xf32>) outs(%y : memref<1x18x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>}
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2,
                     vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

// Of a dynamic batch the plan is that of one image: there is a task for each block of each image, and
// the image's number moves its offsets.
// CHECK-LABEL: @images
// CHECK: %[[N:.*]] = memref.dim %arg0, %{{.*}} : memref<?x8x4xf32>
// CHECK: scf.parallel (%[[TASK:.*]]) = (%{{.*}}) to (%[[N]]) step
// CHECK: %[[IMAGE:.*]] = arith.remui %[[TASK]], %[[N]] : index
// CHECK: arith.muli %[[IMAGE]], %c32
// CHECK: arith.muli %[[IMAGE]], %c144
func.func @images(%x: memref<?x8x4xf32>, %p: memref<128xf32>, %y: memref<?x18x8xf32>) {
  tconv.kernel ins(%x, %p : memref<?x8x4xf32>, memref<128xf32>) outs(%y : memref<?x18x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>}
  return
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2,
                     vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 4>

// Pixels of two cache lines are fetched for the next tile of the row, one of the two in turn: a line
// lasts for four iterations.
// CHECK-LABEL: @fetched
// CHECK: scf.for %[[STEP:[^ ]*]] = {{.*}}vector<8xf32>, index, index) {
// CHECK: %[[ITERATION:.*]] = arith.divui %[[STEP]], %c4
// CHECK: %[[TURN:.*]] = arith.remui %[[ITERATION]], %c4
// CHECK: arith.muli %[[TURN]], %c32
// CHECK: memref.prefetch %{{.*}}, read, locality<3>, data : memref<256xf32>
// CHECK-NOT: memref.prefetch
// CHECK: vector.fma
func.func @fetched(%x: memref<1x8x32xf32>, %p: memref<512xf32>, %y: memref<1x16x8xf32>) {
  tconv.kernel ins(%x, %p : memref<1x8x32xf32>, memref<512xf32>) outs(%y : memref<1x16x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 2>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>}
  return
}
