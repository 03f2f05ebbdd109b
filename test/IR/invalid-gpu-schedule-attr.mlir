// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// The verifier of schedules for GPUs says which field is out of range, or does not divide.

// expected-error @+1 {{expected block_m from 1 to 256, got 0}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 0, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected stages from 2 to 8, got 1}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 1, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected split_k from 1 to 64, got 65}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 65, raster = 8>}

// -----

// expected-error @+1 {{expected at most 32 warps, got 64}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 8, warps_n = 8, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected the math fma for the kernels simt and depthwise, and none but it}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = fma, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected the math fma for the kernels simt and depthwise, and none but it}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = simt, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a multiple of 16 as block_k, got 8}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 8, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a multiple of 32 as block_k, got 16}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = i8, block_m = 64, block_n = 64, block_k = 16, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a power of two as block_k, got 48}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 48, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a multiple of 32 as block_m, got 48}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 48, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a multiple of 16 as block_n, got 24}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 24, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected at most 192 sums of a thread, got 256}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 128, block_n = 64, block_k = 32, stages = 3, warps_m = 1, warps_n = 1, split_k = 1, raster = 8>}

// -----

// expected-error @+1 {{expected a split_k of 1 for the kernel depthwise, got 2}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 2, raster = 8>}

// -----

// expected-error @+1 {{expected the order image_by_image for the kernel depthwise}}
func.func private @f() attributes {s = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 1, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1, order = pixel_by_pixel>}
