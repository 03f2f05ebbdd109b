// RUN: tconv-opt %s -tconv-lower-gpu-kernels -canonicalize -cse | FileCheck %s

#mma = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 64, block_n = 64, block_k = 32, stages = 3, warps_m = 2, warps_n = 2, split_k = 1, raster = 8>
#parts = #tconv.gpu_schedule<kernel = simt, math = fma, block_m = 32, block_n = 32, block_k = 16, stages = 2, warps_m = 1, warps_n = 1, split_k = 2, raster = 8>
#ten_warps = #tconv.gpu_schedule<kernel = mma, math = f16, block_m = 80, block_n = 16, block_k = 32, stages = 3, warps_m = 5, warps_n = 2, split_k = 1, raster = 8>
#depthwise = #tconv.gpu_schedule<kernel = depthwise, math = fma, block_m = 1, block_n = 8, block_k = 1, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 1>

// Four phases of 64 pixels are one launch. Two stages are filled before the loop; in it, each
// thread copies four chunks and each warp multiplies 32 x 32 sums, in two steps of 16 channels.
// The sums are exchanged through shared memory, and stored in 16 bytes.
// CHECK-LABEL: func.func @half
// CHECK-DAG: %[[FOUR:.*]] = arith.constant 4 : index
// CHECK-DAG: %[[THREADS:.*]] = arith.constant 128 : index
// CHECK-DAG: %[[BYTES:.*]] = arith.constant 24832 : i32
// CHECK: %[[X:.*]] = arith.index_cast %{{.*}} : index to i64
// CHECK: gpu.launch_func @tconv_kernels::@half_kernel blocks in (%[[FOUR]], %{{.*}}, %{{.*}}) threads in (%[[THREADS]], {{.*}}) dynamic_shared_memory_size %[[BYTES]] args(%[[X]] : i64, %{{.*}} : i64, %{{.*}} : i64)
func.func @half(%x: memref<1x8x8x64xf16>, %packed: memref<65536xf16>, %y: memref<1x16x16x64xf16>) {
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf16>, memref<65536xf16>)
      outs(%y : memref<1x16x16x64xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #mma, stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32):
    %zero = arith.constant 0.0 : f32
    %relu = arith.maximumf %sum, %zero : f32
    tconv.yield %relu : f32
  }
  return
}

// CHECK-LABEL: func.func @parts
// CHECK: %[[W:.*]] = memref.alloc() : memref<3072xf32>
// CHECK: gpu.launch_func @tconv_kernels::@parts_kernel blocks in (%{{.*}}, %[[TWO:.*]], %{{.*}}) threads
// CHECK: gpu.launch_func @tconv_kernels::@parts_add_parts
// CHECK: memref.dealloc %[[W]]
func.func @parts(%x: memref<1x16x4x4xf32>, %packed: memref<8192xf32>, %b: memref<24xf32>,
                 %y: memref<1x24x8x8xf32>) {
  tconv.kernel ins(%x, %packed, %b : memref<1x16x4x4xf32>, memref<8192xf32>, memref<24xf32>)
      outs(%y : memref<1x24x8x8xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_first>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #parts, stride = array<i64: 2, 2>}
  return
}

// 320 threads: 65536 registers are 204 for each, and as many of them 200, since each has a multiple of 8.
// CHECK-LABEL: func.func @ten_warps
func.func @ten_warps(%x: memref<1x8x8x32xf16>, %packed: memref<8192xf16>, %y: memref<1x16x16x16xf16>) {
  tconv.kernel ins(%x, %packed : memref<1x8x8x32xf16>, memref<8192xf16>)
      outs(%y : memref<1x16x16x16xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #ten_warps, stride = array<i64: 2, 2>}
  return
}

// CHECK-LABEL: func.func @depthwise
// CHECK: gpu.launch_func @tconv_kernels::@depthwise_kernel
func.func @depthwise(%x: memref<1x8x8x64xf16>, %packed: memref<1024xf16>,
                     %y: memref<1x16x16x64xf16>) {
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf16>, memref<1024xf16>)
      outs(%y : memref<1x16x16x64xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 64 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #depthwise, stride = array<i64: 2, 2>}
  return
}

// CHECK-LABEL: func.func @pack
// CHECK: gpu.launch_func @tconv_kernels::@pack_pack_filter blocks
func.func @pack(%w: memref<64x64x4x4xf16>, %packed: memref<65536xf16>) {
  tconv.pack_filter ins(%w : memref<64x64x4x4xf16>) outs(%packed : memref<65536xf16>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #mma, stride = array<i64: 2, 2>}
  return
}

// CHECK: llvm.func @half_kernel(%{{.*}}: !llvm.ptr<1> {llvm.noalias, llvm.readonly}, {{.*}} attributes {gpu.kernel, nvvm.kernel, nvvm.maxnreg = 255 : i32, nvvm.maxntid = array<i32: 128>}
// CHECK-COUNT-8: nvvm.cp.async.shared.global
// CHECK-NOT: nvvm.cp.async.shared.global
// CHECK: scf.for
// CHECK: nvvm.cp.async.wait.group 1
// CHECK-NEXT: nvvm.barrier
// CHECK-COUNT-4: nvvm.cp.async.shared.global {{.*}}, 16, cache = cg, %{{.*}}
// CHECK-NOT: nvvm.cp.async.shared.global
// CHECK: nvvm.cp.async.commit.group
// CHECK-COUNT-8: nvvm.ldmatrix %{{.*}} {{.*}}num = 4
// CHECK-NOT: nvvm.ldmatrix
// CHECK-COUNT-16: nvvm.mma.sync
// CHECK-NOT: nvvm.mma.sync
// CHECK: loop_annotation
// CHECK: nvvm.cp.async.wait.group 0
// CHECK: scf.for
// CHECK-COUNT-8: arith.maximumf
// CHECK: llvm.store %{{.*}} {alignment = 16 : i64} : vector<8xf16>, !llvm.ptr<1>
// CHECK: llvm.func @parts_kernel(
// CHECK-NOT: nvvm.mma.sync
// CHECK: llvm.intr.fma
// CHECK: llvm.func @parts_add_parts(
// CHECK: arith.addf
// CHECK: llvm.func @ten_warps_kernel({{.*}} attributes {gpu.kernel, nvvm.kernel, nvvm.maxnreg = 200 : i32, nvvm.maxntid = array<i32: 320>}
// CHECK: llvm.func @depthwise_kernel(
// CHECK: scf.for
// CHECK-COUNT-2: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xf16>
// CHECK-COUNT-8: llvm.intr.fma
// CHECK: llvm.store %{{.*}} {alignment = 16 : i64} : vector<8xf16>, !llvm.ptr<1>
// CHECK-NOT: llvm.store
