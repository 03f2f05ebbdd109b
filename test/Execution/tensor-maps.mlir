// A kernel that copies with the tensor memory accelerator: columns of pixels to shared memory, which an
// mbarrier counts, and boxes from there. Its tensor maps are made by the function, at any size.
//
// RUN: %python -c "import numpy; numpy.save(r'%t.npy', numpy.arange(1, 129, dtype='float32').reshape(1, 4, 4, 8))"
// RUN: tconv-run %s --target=emulated --emulator=async-copies=early --input=%t.npy --emulator-report > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=REPORT < %t.err
// RUN: tconv-run %s --target=emulated --emulator=async-copies=late,thread-order=reverse --input=%t.npy | FileCheck %s
// RUN: tconv-compile %s --target=cuda --arch=sm_90 -o %t.tcgpu
// RUN: FileCheck %s --check-prefix=PROGRAM < %t.tcgpu
// RUN: %cc -shared -fPIC %fake_cuda -o %t.so
// RUN: env TCONV_CUDA_DRIVER=%t.so TCONV_FAKE_CUDA_ARCH=90 TCONV_FAKE_CUDA_LOG=%t.log tconv-run %t.tcgpu --target=cuda --input=%t.npy > /dev/null
// RUN: FileCheck %s --check-prefix=DRIVER < %t.log
// RUN: not env TCONV_CUDA_DRIVER=%t.so TCONV_FAKE_CUDA_ARCH=80 tconv-run %s --target=cuda --input=%t.npy 2>&1 | FileCheck %s --check-prefix=OLD
// REQUIRES: numpy

// The filter's position (1, 0): from pixel (-1, 2) on, shifted by one row down.
// CHECK: 17. 18. 19. 20. 21. 22. 23. 24.
// CHECK: 25. 26. 27. 28. 29. 30. 31. 32.
// CHECK: 0. 0. 0. 0. 0. 0. 0. 0.
// CHECK: 33. 34. 35. 36. 37. 38. 39. 40.

// REPORT: bulk copies: 2 copies, 96 bytes loaded, 128 bytes stored

// PROGRAM: [[MAP:r[0-9]+]] = tensor_map 0 address r{{[0-9]+}} sizes r{{[0-9r ]+}} strides r{{[0-9r ]+$}}
// PROGRAM: launch 0 {{.*}} arguments [[MAP]]
// PROGRAM: kernel "columns" 128 128
// PROGRAM: tensor_map im2col f32 lower -1 -1 upper 0 0 column 8 4 steps 1 1 1 1 swizzle 32 promotion 128 fill zero
// PROGRAM: tensor_map tiled f32 box 8 4 1 1 steps 1 1 1 1 swizzle 32 promotion 0 fill zero

// DRIVER: cuTensorMapEncodeIm2col ok 7 8,4,4,1 32,128,512 -1,-1 0,0 1,1,1,1 8 4 0 1 2 0
// DRIVER: cuTensorMapEncodeTiled ok 7 8,4,1,1 32,128,128 8,4,1,1 1,1,1,1 0 1 0 0
// DRIVER: cuLaunchKernel columns 1 1 1 | 32 1 1 | 0 | 1

// OLD: is not supported on sm_80
module attributes {gpu.container_module} {
  llvm.func @mgpuTensorMapEncodeIm2colMemref(i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr, !llvm.ptr, i64, i64) -> !llvm.ptr
  llvm.func @mgpuTensorMapEncodeTiledMemref(i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr) -> !llvm.ptr

  func.func @main(%x: memref<1x?x?x8xf32>) -> memref<1x1x4x8xf32> {
    %one = arith.constant 1 : index
    %threads = arith.constant 32 : index
    %c-1 = llvm.mlir.constant(-1 : i64) : i64
    %c0 = llvm.mlir.constant(0 : i64) : i64
    %c1 = llvm.mlir.constant(1 : i64) : i64
    %c2 = llvm.mlir.constant(2 : i64) : i64
    %c4 = llvm.mlir.constant(4 : i64) : i64
    %c7 = llvm.mlir.constant(7 : i64) : i64
    %c8 = llvm.mlir.constant(8 : i64) : i64
    %lower = llvm.alloca %c2 x i64 : (i64) -> !llvm.ptr
    llvm.store %c-1, %lower : i64, !llvm.ptr
    %lower1 = llvm.getelementptr %lower[1] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %c-1, %lower1 : i64, !llvm.ptr
    %upper = llvm.alloca %c2 x i64 : (i64) -> !llvm.ptr
    llvm.store %c0, %upper : i64, !llvm.ptr
    %upper1 = llvm.getelementptr %upper[1] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %c0, %upper1 : i64, !llvm.ptr
    %from = memref.cast %x : memref<1x?x?x8xf32> to memref<*xf32>
    %fromd = builtin.unrealized_conversion_cast %from : memref<*xf32> to !llvm.struct<(i64, ptr)>
    %fromr = llvm.extractvalue %fromd[0] : !llvm.struct<(i64, ptr)>
    %fromp = llvm.extractvalue %fromd[1] : !llvm.struct<(i64, ptr)>
    %pixels = llvm.call @mgpuTensorMapEncodeIm2colMemref(%fromr, %fromp, %c7, %c0, %c1, %c2, %c0, %lower, %upper, %c8, %c4)
        : (i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr, !llvm.ptr, i64, i64) -> !llvm.ptr

    %box = llvm.alloca %c4 x i64 : (i64) -> !llvm.ptr
    llvm.store %c1, %box : i64, !llvm.ptr
    %box1 = llvm.getelementptr %box[1] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %c1, %box1 : i64, !llvm.ptr
    %box2 = llvm.getelementptr %box[2] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %c4, %box2 : i64, !llvm.ptr
    %box3 = llvm.getelementptr %box[3] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %c8, %box3 : i64, !llvm.ptr
    %y = memref.alloc() : memref<1x1x4x8xf32>
    %to = memref.cast %y : memref<1x1x4x8xf32> to memref<*xf32>
    %tod = builtin.unrealized_conversion_cast %to : memref<*xf32> to !llvm.struct<(i64, ptr)>
    %tor = llvm.extractvalue %tod[0] : !llvm.struct<(i64, ptr)>
    %top = llvm.extractvalue %tod[1] : !llvm.struct<(i64, ptr)>
    %rows = llvm.call @mgpuTensorMapEncodeTiledMemref(%tor, %top, %c7, %c0, %c1, %c0, %c0, %box)
        : (i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr) -> !llvm.ptr
    gpu.launch_func @kernels::@columns blocks in (%one, %one, %one) threads in (%threads, %one, %one)
        args(%pixels : !llvm.ptr, %rows : !llvm.ptr)
    return %y : memref<1x1x4x8xf32>
  }

  gpu.module @kernels {
    llvm.mlir.global internal @tile() {addr_space = 3 : i32, alignment = 128 : i64} : !llvm.array<32 x f32>
    llvm.mlir.global internal @full() {addr_space = 3 : i32, alignment = 8 : i64} : i64
    llvm.func @columns(%x: !llvm.ptr {llvm.byval = !llvm.array<16 x i64>, llvm.align = 64 : i64, nvvm.grid_constant},
                       %y: !llvm.ptr {llvm.byval = !llvm.array<16 x i64>, llvm.align = 64 : i64, nvvm.grid_constant})
        attributes {gpu.kernel, nvvm.kernel} {
      %zero = llvm.mlir.constant(0 : i32) : i32
      %one = llvm.mlir.constant(1 : i32) : i32
      %two = llvm.mlir.constant(2 : i32) : i32
      %up = llvm.mlir.constant(-1 : i32) : i32
      %bytes = llvm.mlir.constant(128 : i32) : i32
      %ticks = llvm.mlir.constant(1000000 : i32) : i32
      %stay = llvm.mlir.constant(0 : i16) : i16
      %down = llvm.mlir.constant(1 : i16) : i16
      %tile = llvm.mlir.addressof @tile : !llvm.ptr<3>
      %full = llvm.mlir.addressof @full : !llvm.ptr<3>
      %thread = nvvm.read.ptx.sreg.tid.x : i32
      %leads = llvm.icmp "eq" %thread, %zero : i32
      llvm.cond_br %leads, ^lead, ^end
    ^lead:
      nvvm.prefetch tensormap, %x : !llvm.ptr
      nvvm.mbarrier.init %full, %one : !llvm.ptr<3>, i32
      nvvm.fence.mbarrier.init
      nvvm.mbarrier.arrive.expect_tx %full, %bytes : !llvm.ptr<3>, i32
      %cluster = llvm.addrspacecast %tile : !llvm.ptr<3> to !llvm.ptr<7>
      nvvm.cp.async.bulk.tensor.shared.cluster.global %cluster, %x, %full, box[%zero, %two, %up, %zero] im2col[%stay, %down]
          {mode = #nvvm.tma_load_mode<im2col>} : !llvm.ptr<7>, !llvm.ptr
      nvvm.mbarrier.try_wait.parity %full, %zero, %ticks : !llvm.ptr<3>, i32, i32
      nvvm.cp.async.bulk.tensor.global.shared.cta %y, %tile, box[%zero, %zero, %zero, %zero] : !llvm.ptr, !llvm.ptr<3>
      nvvm.cp.async.bulk.commit.group
      nvvm.cp.async.bulk.wait_group 0
      llvm.br ^end
    ^end:
      llvm.return
    }
  }
}
