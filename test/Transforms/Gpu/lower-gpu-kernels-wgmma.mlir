// RUN: tconv-opt %s -tconv-lower-gpu-kernels=arch=sm_90a -canonicalize -cse | FileCheck %s

// The kernel wgmma: the host makes tensor maps, one thread loads, warpgroups multiply.

#two = #tconv.gpu_schedule<kernel = wgmma, math = f16, block_m = 128, block_n = 64, block_k = 64, stages = 3, warps_m = 8, warps_n = 1, split_k = 1, raster = 8>
#one = #tconv.gpu_schedule<kernel = wgmma, math = i8, block_m = 128, block_n = 16, block_k = 32, stages = 2, warps_m = 4, warps_n = 1, split_k = 1, raster = 8>

// Four phases of 8 x 8 pixels, which begin to read at -1 or 0: from there on 8 are 1 more than are
// left of x. They share a map, of 64 channels by 128 pixels.
// CHECK-LABEL: func.func @shared_map
// CHECK-DAG: %[[MINUS:.*]] = llvm.mlir.constant(-1 : i64)
// CHECK-DAG: %[[C64:.*]] = llvm.mlir.constant(64 : i64)
// CHECK-DAG: %[[C128:.*]] = llvm.mlir.constant(128 : i64)
// CHECK: %[[LOWER:.*]] = llvm.alloca
// CHECK: llvm.store %[[MINUS]], %[[LOWER]]
// CHECK: %[[UPPER:.*]] = llvm.alloca
// CHECK: llvm.store %[[MINUS]], %[[UPPER]]
// CHECK: %[[MAP:.*]] = llvm.call @mgpuTensorMapEncodeIm2colMemref({{.*}}, %[[LOWER]], %[[UPPER]], %[[C64]], %[[C128]])
// CHECK-NOT: llvm.call
// CHECK: gpu.launch_func @tconv_kernels::@shared_map_kernel {{.*}} args(%[[MAP]] : !llvm.ptr, %{{.*}} : i64, %{{.*}} : i64, %{{.*}} : i64)
func.func @shared_map(%x: memref<1x8x8x64xf16>, %packed: memref<65536xf16>, %y: memref<1x16x16x64xf16>) {
  tconv.kernel ins(%x, %packed : memref<1x8x8x64xf16>, memref<65536xf16>)
      outs(%y : memref<1x16x16x64xf16>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64, kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, schedule = #two, stride = array<i64: 2, 2>}
  return
}

// An odd number of outputs: its two phases have 5 and 4 pixels, and a map each.
// CHECK-LABEL: func.func @two_maps
// CHECK-COUNT-2: llvm.call @mgpuTensorMapEncodeIm2colMemref
// CHECK-NOT: llvm.call
func.func @two_maps(%x: memref<1x5x32xi8>, %packed: memref<1536xi8>, %y: memref<1x9x16xi32>) {
  tconv.kernel ins(%x, %packed : memref<1x5x32xi8>, memref<1536xi8>)
      outs(%y : memref<1x9x16xi32>)
      attributes {dilation = array<i64: 1>, groups = 1 : i64, kernel_shape = array<i64: 3>, layout = #tconv.layout<channels_last>, output_padding = array<i64: 0>, padding_begin = array<i64: 1>, padding_end = array<i64: 1>, schedule = #one, stride = array<i64: 2>}
  return
}

// Maps are parameters that stay where they are; a thread has as many registers as 384 can have, of
// which each has a multiple of 8.
// CHECK: llvm.func @shared_map_kernel(%{{.*}}: !llvm.ptr {llvm.align = 64 : i64, llvm.byval = !llvm.array<16 x i64>, nvvm.grid_constant}, {{.*}} nvvm.maxnreg = 168 : i32, nvvm.maxntid = array<i32: 384>
// CHECK-COUNT-6: nvvm.mbarrier.init
// CHECK: nvvm.fence.mbarrier.init
// CHECK: nvvm.barrier{{$}}
// CHECK: nvvm.setmaxregister decrease 40
// CHECK: scf.for
// CHECK: nvvm.mbarrier.try_wait.parity
// CHECK: nvvm.mbarrier.arrive.expect_tx
// CHECK: nvvm.cp.async.bulk.tensor.shared.cluster.global {{.*}} im2col
// CHECK: nvvm.cp.async.bulk.shared.cluster.global
// CHECK: nvvm.setmaxregister increase 232
// CHECK: scf.for
// CHECK: nvvm.mbarrier.try_wait.parity
// CHECK: nvvm.wgmma.fence.aligned
// CHECK-COUNT-4: nvvm.wgmma.mma_async
// CHECK-NOT: nvvm.wgmma.mma_async
// CHECK: nvvm.wgmma.commit.group.sync.aligned
// CHECK: nvvm.wgmma.wait.group.sync.aligned 1
// CHECK: nvvm.mbarrier.arrive
// CHECK: nvvm.wgmma.wait.group.sync.aligned 0
// CHECK: nvvm.barrier id = {{.*}} number_of_threads

// One warpgroup with two products of 64 rows has as many registers as there are.
// CHECK: llvm.func @two_maps_kernel(%{{.*}}: !llvm.ptr {{{.*}}}, %{{.*}}: !llvm.ptr {{{.*}}}, {{.*}} nvvm.maxnreg = 255 : i32, nvvm.maxntid = array<i32: 256>
// CHECK-NOT: nvvm.setmaxregister
// CHECK-COUNT-2: nvvm.wgmma.mma_async
// CHECK-NOT: nvvm.wgmma.mma_async
