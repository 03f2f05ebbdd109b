// What the host of a device cannot do is named, with its place.
//
// RUN: split-file %s %t
// RUN: not tconv-run %t/read.mlir --target=emulated 2>&1 | FileCheck %s --check-prefix=READ
// RUN: not tconv-run %t/float.mlir --target=emulated 2>&1 | FileCheck %s --check-prefix=FLOAT
// RUN: not tconv-run %t/size.mlir --target=emulated 2>&1 | FileCheck %s --check-prefix=SIZE

// READ: read.mlir:4:10: error: expected functions of a device to compute sizes, allocate and launch kernels, got an access to the memory of the device (llvm.load)
// READ: tconv-run: unsupported: @main does on the host what only a device can do
// FLOAT: float.mlir:7:12: error: expected functions of a device {{.*}}, got an operation that has no instruction (llvm.sitofp)
// SIZE: tconv-run: error: expected sizes of less than 2^63 bytes, got 4611686018427387904 * 4

//--- read.mlir
module attributes {gpu.container_module} {
  func.func @main(%x: memref<4xf32>) -> memref<4xf32> {
    %c0 = arith.constant 1 : index
    %v = memref.load %x[%c0] : memref<4xf32>
    gpu.launch_func @kernels::@k blocks in (%c0, %c0, %c0) threads in (%c0, %c0, %c0) args(%v : f32)
    %y = memref.alloc() : memref<4xf32>
    return %y : memref<4xf32>
  }
  gpu.module @kernels {
    gpu.func @k(%v: f32) kernel {
      gpu.return
    }
  }
}

//--- float.mlir
module attributes {gpu.container_module} {
  func.func @main(%x: memref<4xf32>) -> memref<4xf32> {
    %c1 = arith.constant 1 : index
    %c9 = arith.constant 9 : index
    scf.for %i = %c1 to %c9 step %c1 {
      %n = arith.index_cast %i : index to i64
      %v = arith.sitofp %n : i64 to f32
      gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
          args(%v : f32)
    }
    %y = memref.alloc() : memref<4xf32>
    return %y : memref<4xf32>
  }
  gpu.module @kernels {
    gpu.func @k(%v: f32) kernel {
      gpu.return
    }
  }
}

//--- size.mlir
module attributes {gpu.container_module} {
  func.func @main() -> memref<?xf32> {
    %c1 = arith.constant 1 : index
    %n = arith.constant 4611686018427387904 : index
    %y = memref.alloc(%n) : memref<?xf32>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
        args(%y : memref<?xf32>)
    return %y : memref<?xf32>
  }
  gpu.module @kernels {
    gpu.func @k(%v: memref<?xf32>) kernel {
      gpu.return
    }
  }
}
