// What is wrong with a tensor map is said, when compiling or, where sizes say it, when running.
//
// RUN: %python -c "import numpy; numpy.save(r'%t.npy', numpy.zeros((2, 4), dtype='float32'))"
// RUN: %python -c "import numpy; numpy.save(r'%t.odd.npy', numpy.zeros((2, 3), dtype='float32'))"
// RUN: tconv-run %s --target=emulated --input=%t.npy > /dev/null
// RUN: not tconv-run %s --target=emulated --input=%t.odd.npy 2>&1 | FileCheck %s --check-prefix=STRIDE
// STRIDE: error: expected a tensor map with strides of a multiple of 16 bytes below 2^40, got 12
//
// RUN: sed 's/constant(2 : i64)/constant(300 : i64)/' %s > %t.box.mlir
// RUN: not tconv-run %t.box.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=BOX
// BOX: error: expected a tensor map with boxes from 1 to 256, got 300
//
// RUN: sed 's/store %%two, /store %%unknown, /' %s > %t.unknown.mlir
// RUN: not tconv-run %t.unknown.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: error: {{.*}} got a tensor map whose rank, numbers or tensor are not known (llvm.call)
//
// RUN: sed 's/align = 64/align = 32/' %s > %t.align.mlir
// RUN: not tconv-run %t.align.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=ALIGN
// ALIGN: error: expected parameter 0 of kernel @f, a tensor map, to be aligned to 64 bytes (llvm.align)
//
// RUN: sed 's/array<16 x i64>/array<17 x i64>/' %s > %t.wide.mlir
// RUN: not tconv-run %t.wide.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=WIDE
// WIDE: error: {{.*}} got a tensor map for a parameter of 136 bytes (gpu.launch_func)
//
// RUN: sed 's/args(%%map/args(%%pointer/' %s > %t.other.mlir
// RUN: not tconv-run %t.other.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: error: {{.*}} got a kernel argument of 128 bytes that is no tensor map (gpu.launch_func)
//
// RUN: sed 's/args(%%map/args(%%box/' %s > %t.local.mlir
// RUN: not tconv-run %t.local.mlir --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=LOCAL
// LOCAL: error: {{.*}} got a local variable that is not only for tensor maps (llvm.alloca)
// REQUIRES: numpy
module attributes {gpu.container_module} {
  llvm.func @mgpuTensorMapEncodeTiledMemref(i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr) -> !llvm.ptr
  func.func @main(%x: memref<?x?xf32>) -> memref<4xf32> {
    %one = arith.constant 1 : index
    %zero = llvm.mlir.constant(0 : i64) : i64
    %two = llvm.mlir.constant(2 : i64) : i64
    %four = llvm.mlir.constant(4 : i64) : i64
    %type = llvm.mlir.constant(7 : i64) : i64
    %address = memref.extract_aligned_pointer_as_index %x : memref<?x?xf32> -> index
    %unknown = arith.index_cast %address : index to i64
    %pointer = llvm.inttoptr %unknown : i64 to !llvm.ptr
    %any = memref.cast %x : memref<?x?xf32> to memref<*xf32>
    %parts = builtin.unrealized_conversion_cast %any : memref<*xf32> to !llvm.struct<(i64, ptr)>
    %rank = llvm.extractvalue %parts[0] : !llvm.struct<(i64, ptr)>
    %tensor = llvm.extractvalue %parts[1] : !llvm.struct<(i64, ptr)>
    %box = llvm.alloca %four x i64 : (i64) -> !llvm.ptr
    llvm.store %two, %box : i64, !llvm.ptr
    %box1 = llvm.getelementptr %box[1] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %four, %box1 : i64, !llvm.ptr
    %map = llvm.call @mgpuTensorMapEncodeTiledMemref(%rank, %tensor, %type, %zero, %zero, %zero, %zero, %box)
        : (i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr) -> !llvm.ptr
    gpu.launch_func @kernels::@f blocks in (%one, %one, %one) threads in (%one, %one, %one)
        args(%map : !llvm.ptr)
    %y = memref.alloc() : memref<4xf32>
    return %y : memref<4xf32>
  }
  gpu.module @kernels {
    llvm.func @f(%map: !llvm.ptr {llvm.byval = !llvm.array<16 x i64>, llvm.align = 64 : i64, nvvm.grid_constant})
        attributes {gpu.kernel, nvvm.kernel} {
      llvm.return
    }
  }
}
