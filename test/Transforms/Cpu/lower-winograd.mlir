// RUN: tconv-opt %s -tconv-lower-kernels | FileCheck %s

#s = #tconv.schedule<family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 3>

// Two taps of two phases, three positions at once: windows of four elements become four
// products, whose sums become three outputs. Buffers of a task are its own.
// CHECK-LABEL: @kernel
// CHECK-SAME: passthrough = ["tconv-kernel"]
// CHECK: memref.get_global @tconv_phases
// CHECK: scf.parallel
// CHECK: %[[WHERE:.*]] = memref.alloc() {{.*}} : memref<12xindex>
// CHECK: %[[INPUTS:.*]] = memref.alloc() {alignment = 64 : i64} : memref<{{.*}}xf32>
// CHECK: %[[SUMS:.*]] = memref.alloc() {alignment = 64 : i64} : memref<{{.*}}xf32>

// A window in x is read as it is, another one with a mask; four channels are half a vector.
// CHECK: scf.if
// CHECK-COUNT-4: vector.maskedload
// CHECK: arith.addf
// CHECK-COUNT-4: vector.store {{.*}}, %[[INPUTS]]
// CHECK: else
// CHECK: vector.broadcast %{{.*}} : i1 to vector<8xi1>
// CHECK: vector.maskedload
// CHECK-COUNT-4: vector.store {{.*}}, %[[INPUTS]]

// The products: two tiles of a vector.
// CHECK-COUNT-2: vector.fma
// CHECK: vector.store {{.*}}, %[[SUMS]]

// Outputs are checked: a sum that is not finite times zero is nan.
// CHECK: vector.load %[[SUMS]]
// CHECK: arith.maximumf
// CHECK: vector.fma
// CHECK: %[[ODD:.*]] = arith.cmpf uno
// CHECK: %[[ANY:.*]] = vector.reduction <or>, %[[ODD]]
// CHECK: scf.if %[[ANY]]
// CHECK: vector.fma
// CHECK: arith.maximumf
// CHECK: memref.dealloc %[[SUMS]]
// CHECK: memref.dealloc %[[INPUTS]]
// CHECK: memref.dealloc %[[WHERE]]
func.func @kernel(%x: memref<1x8x4xf32>, %p: memref<384xf32>, %y: memref<1x18x8xf32>) {
  tconv.kernel ins(%x, %p : memref<1x8x4xf32>, memref<384xf32>) outs(%y : memref<1x18x8xf32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 4>,
                  layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>,
                  padding_begin = array<i64: 0>, padding_end = array<i64: 0>, schedule = #s,
                  stride = array<i64: 2>} {
  ^bb0(%sum: f32):
    %zero = arith.constant 0.0 : f32
    %r = arith.maximumf %sum, %zero : f32
    tconv.yield %r : f32
  }
  return
}

// The filter is transformed in double precision and rounded once.
// CHECK-LABEL: @pack
// CHECK: scf.parallel
// CHECK: scf.parallel
// CHECK: arith.extf {{.*}} : vector<8xf32> to vector<8xf64>
// CHECK: arith.mulf {{.*}} : vector<8xf64>
// CHECK: arith.truncf {{.*}} : vector<8xf64> to vector<8xf32>
// CHECK-NOT: tconv.pack_filter
func.func @pack(%w: memref<4x8x4xf32>, %p: memref<384xf32>) {
  tconv.pack_filter ins(%w : memref<4x8x4xf32>) outs(%p : memref<384xf32>)
      {dilation = array<i64: 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2>}
  return
}
