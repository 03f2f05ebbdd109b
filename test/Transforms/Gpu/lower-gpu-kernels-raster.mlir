// RUN: tconv-opt %s -tconv-lower-gpu-kernels -canonicalize -cse | FileCheck %s

// Four phases have a tile of pixels each, and two blocks of channels. A band is three tiles with all
// channels, six blocks in a row: block 3 is the first tile again, with the next channels. The last band
// has one tile only.
#raster = #tconv.gpu_schedule<kernel = simt, math = fma, block_m = 16, block_n = 8, block_k = 16, stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 3>

// CHECK: llvm.func @main_kernel(
// CHECK-DAG: %[[BAND:.*]] = arith.constant 6 : i32
// CHECK-DAG: %[[TILES:.*]] = arith.constant 4 : i32
// CHECK-DAG: %[[RASTER:.*]] = arith.constant 3 : i32
// CHECK: %[[BLOCK:.*]] = nvvm.read.ptx.sreg.ctaid.x : i32
// CHECK-DAG: %[[NUMBER:.*]] = arith.divui %[[BLOCK]], %[[BAND]]
// CHECK-DAG: %[[INSIDE:.*]] = arith.remui %[[BLOCK]], %[[BAND]]
// CHECK: %[[FIRST:.*]] = arith.muli %[[NUMBER]], %[[RASTER]]
// CHECK: %[[LEFT:.*]] = arith.subi %[[TILES]], %[[FIRST]]
// CHECK: %[[SIZE:.*]] = arith.minui %[[LEFT]], %[[RASTER]]
// CHECK: arith.remui %[[INSIDE]], %[[SIZE]]
// CHECK: arith.divui %[[INSIDE]], %[[SIZE]]
func.func @main(%x: memref<1x16x4x4xf32>, %packed: memref<4096xf32>, %y: memref<1x16x8x8xf32>) {
  tconv.kernel ins(%x, %packed : memref<1x16x4x4xf32>, memref<4096xf32>)
      outs(%y : memref<1x16x8x8xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_first>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #raster, stride = array<i64: 2, 2>}
  return
}
