// RUN: tconv-opt %s | tconv-opt | FileCheck %s

// A layer's clause leaves the name of the attribute out.
// CHECK: tconv.conv_transpose %{{.*}}, %{{.*}} gpu_schedule <kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8> : (
func.func @clause(%x: tensor<1x16x4xf16>, %w: tensor<16x8x4xf16>) -> tensor<1x8x7xf16> {
  %y = tconv.conv_transpose %x, %w gpu_schedule <kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
      : (tensor<1x16x4xf16>, tensor<16x8x4xf16>) -> tensor<1x8x7xf16>
  return %y : tensor<1x8x7xf16>
}

// The order of rows is printed if it is not the usual one.
// CHECK: s = #tconv.gpu_schedule<{{.*}}, raster = 8, order = pixel_by_pixel>
func.func private @order() attributes {s = #tconv.gpu_schedule<kernel = simt, math = fma, block_m = 32, block_n = 32, block_k = 32, stages = 3, warps_m = 1, warps_n = 1, split_k = 1, raster = 8, order = pixel_by_pixel>}

// CHECK: s = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1,
func.func private @attribute() attributes {s = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 1, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1>}
