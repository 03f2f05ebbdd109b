// Functions that launch kernels already are run as they are, with loops, constants and buffers
// of their own.
//
// RUN: %python -c "import numpy; numpy.save(r'%t.npy', numpy.arange(6, dtype='float32'))"
// RUN: tconv-run %s --target=emulated --input=%t.npy --emulator-report > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=REPORT < %t.err
// RUN: %python -c "import numpy; numpy.save(r'%t.npy', numpy.zeros(0, dtype='float32'))"
// RUN: not tconv-run %s --target=emulated --input=%t.npy 2>&1 | FileCheck %s --check-prefix=CHECKED
// RUN: not tconv-run %s 2>&1 | FileCheck %s --check-prefix=CPU
// REQUIRES: numpy

// Twice: ((x * t) * t) for t = 1, 10, 1, 10, ...
// CHECK: [ 0. 100. 2. 300. 4. 500.]
// REPORT: launches: 2 launches, 4 blocks, 16 threads
// CHECKED: error: expected an input with elements (inputs: 0xf32)
// CPU: expected
module attributes {gpu.container_module} {
  memref.global "private" constant @table : memref<2xf32> = dense<[1.0, 10.0]>
  func.func @main(%x: memref<?xf32>) -> memref<?xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %n = memref.dim %x, %c0 : memref<?xf32>
    %ok = arith.cmpi sgt, %n, %c0 : index
    cf.assert %ok, "expected an input with elements"
    %t = memref.get_global @table : memref<2xf32>
    %g = arith.ceildivui %n, %c4 : index
    %first = memref.alloc(%n) : memref<?xf32>
    memref.copy %x, %first : memref<?xf32> to memref<?xf32>
    %y = scf.for %i = %c0 to %c2 step %c1 iter_args(%from = %first) -> memref<?xf32> {
      %to = memref.alloc(%n) : memref<?xf32>
      gpu.launch_func @kernels::@scale blocks in (%g, %c1, %c1) threads in (%c4, %c1, %c1)
          args(%from : memref<?xf32>, %t : memref<2xf32>, %to : memref<?xf32>)
      memref.dealloc %from : memref<?xf32>
      scf.yield %to : memref<?xf32>
    }
    return %y : memref<?xf32>
  }
  gpu.module @kernels {
    gpu.func @scale(%x: memref<?xf32>, %t: memref<2xf32>, %y: memref<?xf32>) kernel {
      %b = gpu.block_id x
      %thread = gpu.thread_id x
      %c0 = arith.constant 0 : index
      %c2 = arith.constant 2 : index
      %c4 = arith.constant 4 : index
      %n = memref.dim %x, %c0 : memref<?xf32>
      %o = arith.muli %b, %c4 : index
      %i = arith.addi %o, %thread : index
      %in = arith.cmpi ult, %i, %n : index
      scf.if %in {
        %v = memref.load %x[%i] : memref<?xf32>
        %j = arith.remui %i, %c2 : index
        %s = memref.load %t[%j] : memref<2xf32>
        %m = arith.mulf %v, %s : f32
        memref.store %m, %y[%i] : memref<?xf32>
      }
      gpu.return
    }
  }
}
