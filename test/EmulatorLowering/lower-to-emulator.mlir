// RUN: tconv-opt %s -tconv-lower-to-emulator -split-input-file | FileCheck %s

// Each access is checked before it is made, and its op is listed with its location.
// CHECK: module @kernels attributes {tconv.emulator.sites = [
// CHECK-SAME: {alignment = 4 : i64, bytes = 4 : i64, kind = 0 : i32, location = "{{.*}}lower-to-emulator.mlir:{{[0-9]+}}:10", operation = "llvm.load", space = 1 : i32}
// CHECK-LABEL: llvm.func internal @copy
// CHECK-SAME: (%[[X:.*]]: !llvm.ptr, %[[Y:.*]]: !llvm.ptr)
// CHECK: %[[I:.*]] = llvm.call @tconvEmuSpecialRegister(%{{.*}}) : (i32) -> i32
// CHECK: %[[FROM:.*]] = llvm.getelementptr %[[X]][%[[I]]]
// CHECK: %[[ADDRESS:.*]] = llvm.ptrtoint %[[FROM]]
// CHECK: llvm.call @tconvEmuAccess(%[[ADDRESS]], %{{.*}})
// CHECK: llvm.load %[[FROM]] : !llvm.ptr -> f32
// CHECK: llvm.call @tconvEmuAccess
// CHECK: llvm.store

// The entry takes its arguments from an array of words.
// CHECK-LABEL: llvm.func @tconvEmuKernel_copy
// CHECK-SAME: (%[[WORDS:.*]]: !llvm.ptr) attributes {tconv.emulator.kernel = {
// CHECK-SAME: max_threads = 128 : i64, name = "copy", parameters = array<i32: 8, 8>
// CHECK: %[[SECOND:.*]] = llvm.getelementptr %[[WORDS]][1]
// CHECK: %[[ARGUMENT:.*]] = llvm.load %[[SECOND]]
// CHECK: llvm.call @copy(%{{.*}}, %[[ARGUMENT]])
gpu.module @kernels {
  llvm.func @copy(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel, nvvm.maxntid = array<i32: 128>} {
    %i = nvvm.read.ptx.sreg.tid.x : i32
    %from = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %to = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %v = llvm.load %from : !llvm.ptr<1> -> f32
    llvm.store %v, %to : f32, !llvm.ptr<1>
    llvm.return
  }
}

// -----

// Variables in shared memory are places in one range, dynamic shared memory behind the others. A
// place is aligned as declared, and no better: offset 16 is no multiple of 32.
// CHECK-LABEL: llvm.func internal @shared
// CHECK: %[[BASE:.*]] = llvm.mlir.addressof @tconvEmuShared
// CHECK: llvm.getelementptr %[[BASE]][16]
// CHECK: %[[SAME:.*]] = llvm.mlir.addressof @tconvEmuShared
// CHECK: llvm.getelementptr %[[SAME]][1024]
// CHECK: llvm.call @tconvEmuBarrier
// CHECK: llvm.call @tconvEmuCopyAsync
// CHECK-LABEL: llvm.func @tconvEmuKernel_shared
// CHECK-SAME: dynamic_offset = 1024 : i64
// CHECK-SAME: shared = [{bytes = 256 : i64, name = "tile", offset = 16 : i64}]
gpu.module @kernels {
  llvm.mlir.global internal @tile() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<64 x f32>
  llvm.mlir.global external @dynamic() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>
  llvm.func @shared(%x: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %tile = llvm.mlir.addressof @tile : !llvm.ptr<3>
    %dynamic = llvm.mlir.addressof @dynamic : !llvm.ptr<3>
    nvvm.barrier0
    nvvm.cp.async.shared.global %tile, %x, 16, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
    nvvm.cp.async.shared.global %dynamic, %x, 16, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
    llvm.return
  }
}

// -----

// Functions of CUDA's library are those of the C library; products are counted where they are.
// CHECK-LABEL: llvm.func internal @products
// CHECK: llvm.call @expf
// CHECK: %[[FOUR:.*]] = llvm.mlir.constant(4 : i64)
// CHECK: llvm.add %{{.*}}, %[[FOUR]]
// CHECK-NOT: __nv_expf
gpu.module @kernels {
  llvm.func @__nv_expf(f32) -> f32
  llvm.func @products(%v: f32, %w: vector<4xf32>) attributes {nvvm.kernel} {
    %e = llvm.call @__nv_expf(%v) : (f32) -> f32
    %f = llvm.intr.fma(%w, %w, %w) : (vector<4xf32>, vector<4xf32>, vector<4xf32>) -> vector<4xf32>
    llvm.return
  }
}

// -----

// A local variable is at the start of the function, and in no loop.
// CHECK-LABEL: llvm.func internal @local
// CHECK: llvm.alloca
// CHECK: llvm.br
// CHECK-NOT: llvm.alloca
gpu.module @kernels {
  llvm.func @local(%p: i1) attributes {nvvm.kernel} {
    %one = llvm.mlir.constant(1 : i32) : i32
    llvm.br ^loop
  ^loop:
    %v = llvm.alloca %one x f32 : (i32) -> !llvm.ptr
    %w = llvm.load %v : !llvm.ptr -> f32
    llvm.cond_br %p, ^loop, ^end
  ^end:
    llvm.return
  }
}
