// From functions that launch kernels to PTX.
//
// RUN: tconv-opt %s --tconv-pipeline='target=cuda start-after=outlined stop-after=nvvm' | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline='target=cuda start-after=outlined stop-after=ptx' | FileCheck %s --check-prefix=PTX
// RUN: tconv-opt %s --tconv-pipeline='target=cuda start-after=outlined stop-after=ptx arch=sm_90' | FileCheck %s --check-prefix=SM90
// RUN: not tconv-opt %s --tconv-pipeline='target=cuda start-after=outlined stop-after=ptx arch=gtx' 2>&1 | FileCheck %s --check-prefix=ARCH

// Sizes are computed, buffers allocated without room for an alignment, and kernels launched.
// CHECK-LABEL: llvm.func @main
// CHECK: llvm.call @tconvCheck
// CHECK: %[[BYTES:.*]] = llvm.ptrtoint
// CHECK: llvm.call @malloc(%[[BYTES]])
// CHECK: gpu.launch_func @kernels::@scale blocks in {{.*}} args({{.*}} : i64, {{.*}} : !llvm.ptr

// Only the LLVM and NVVM dialects, for the emulator; no function of a library.
// CHECK: gpu.module @kernels
// CHECK-NOT: __nv_
// CHECK-LABEL: llvm.func @scale
// CHECK: nvvm.read.ptx.sreg.ctaid.x
// CHECK: llvm.intr.sqrt
// CHECK-NOT: {{(gpu|arith|scf|cf|memref|math|vector)\.[a-z]+ }}
// CHECK: llvm.fptrunc %{{.*}} : f32 to bf16

// PTX: gpu.binary @kernels
// PTX-SAME: chip = "sm_80"
// PTX-SAME: .target sm_80
// PTX-SAME: .visible .entry scale
// PTX-SAME: .maxntid 64, 1, 1
// PTX-SAME: sqrt.rn.f32
// PTX-SAME: cvt.rn.bf16.f32
// SM90: .target sm_90
// ARCH: error: expected sm_NN[a] of at least sm_80
module attributes {gpu.container_module} {
  memref.global "private" constant @table : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]>
  func.func @main(%x: memref<?xf32>) -> memref<?xbf16> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %n = memref.dim %x, %c0 : memref<?xf32>
    %ok = arith.cmpi sgt, %n, %c0 : index
    cf.assert %ok, "expected an input with elements"
    %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?xbf16>
    %t = memref.get_global @table : memref<4xf32>
    %g = arith.ceildivsi %n, %c64 : index
    gpu.launch_func @kernels::@scale blocks in (%g, %c1, %c1) threads in (%c64, %c1, %c1)
        args(%n : index, %x : memref<?xf32>, %t : memref<4xf32>, %y : memref<?xbf16>)
    return %y : memref<?xbf16>
  }
  gpu.module @kernels {
    gpu.func @scale(%n: index, %x: memref<?xf32>, %t: memref<4xf32>, %y: memref<?xbf16>)
        kernel attributes {known_block_size = array<i32: 64, 1, 1>} {
      %b = gpu.block_id x
      %thread = gpu.thread_id x
      %c64 = arith.constant 64 : index
      %c4 = arith.constant 4 : index
      %o = arith.muli %b, %c64 : index
      %i = arith.addi %o, %thread : index
      %in = arith.cmpi slt, %i, %n : index
      scf.if %in {
        %v = memref.load %x[%i] : memref<?xf32>
        %j = arith.remui %i, %c4 : index
        %s = memref.load %t[%j] : memref<4xf32>
        %m = arith.mulf %v, %s : f32
        %q = math.sqrt %m : f32
        %r = arith.truncf %q : f32 to bf16
        memref.store %r, %y[%i] : memref<?xbf16>
      }
      gpu.return
    }
  }
}
