// y = (a b^T + c) / 2 and h = a b^T, 16 by 16 elements a block.
module attributes {gpu.container_module} {
  func.func @main(%a: memref<48x64xf16>, %b: memref<32x64xf16>, %c: memref<48x32xf32>) -> (memref<48x32xf32>, memref<48x32xf16>) {
    %y = memref.alloc() : memref<48x32xf32>
    %h = memref.alloc() : memref<48x32xf16>
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c32 = arith.constant 32 : index
    gpu.launch_func @code::@product blocks in (%c3, %c2, %c1) threads in (%c32, %c1, %c1)
        args(%a : memref<48x64xf16>, %b : memref<32x64xf16>, %c : memref<48x32xf32>, %y : memref<48x32xf32>, %h : memref<48x32xf16>)
    return %y, %h : memref<48x32xf32>, memref<48x32xf16>
  }
  gpu.module @code {
    gpu.func @product(%a: memref<48x64xf16>, %b: memref<32x64xf16>, %c: memref<48x32xf32>, %y: memref<48x32xf32>, %h: memref<48x32xf16>)
        workgroup(%tile: memref<16x16xf16, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %c16 = arith.constant 16 : index
      %c32 = arith.constant 32 : index
      %c64 = arith.constant 64 : index
      %c256 = arith.constant 256 : index
      %half = arith.constant 0.5 : f32
      %zero = arith.constant 0.0 : f16
      %bx = gpu.block_id x
      %by = gpu.block_id y
      %m = arith.muli %bx, %c16 : index
      %n = arith.muli %by, %c16 : index
      %start = gpu.subgroup_mma_load_matrix %c[%m, %n] {leadDimension = 32 : index} : memref<48x32xf32> -> !gpu.mma_matrix<16x16xf32, "COp">
      %none = gpu.subgroup_mma_constant_matrix %zero : !gpu.mma_matrix<16x16xf16, "COp">
      %sums:2 = scf.for %k = %c0 to %c64 step %c16 iter_args(%s = %start, %t = %none) -> (!gpu.mma_matrix<16x16xf32, "COp">, !gpu.mma_matrix<16x16xf16, "COp">) {
        %x = gpu.subgroup_mma_load_matrix %a[%m, %k] {leadDimension = 64 : index} : memref<48x64xf16> -> !gpu.mma_matrix<16x16xf16, "AOp">
        %w = gpu.subgroup_mma_load_matrix %b[%n, %k] {leadDimension = 64 : index, transpose} : memref<32x64xf16> -> !gpu.mma_matrix<16x16xf16, "BOp">
        %d = gpu.subgroup_mma_compute %x, %w, %s : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf32, "COp">
        %e = gpu.subgroup_mma_compute %x, %w, %t : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf16, "COp">
        scf.yield %d, %e : !gpu.mma_matrix<16x16xf32, "COp">, !gpu.mma_matrix<16x16xf16, "COp">
      }
      %halves = gpu.subgroup_mma_constant_matrix %half : !gpu.mma_matrix<16x16xf32, "COp">
      %scaled = gpu.subgroup_mma_elementwise mulf %sums#0, %halves : (!gpu.mma_matrix<16x16xf32, "COp">, !gpu.mma_matrix<16x16xf32, "COp">) -> !gpu.mma_matrix<16x16xf32, "COp">
      gpu.subgroup_mma_store_matrix %scaled, %y[%m, %n] {leadDimension = 32 : index} : !gpu.mma_matrix<16x16xf32, "COp">, memref<48x32xf32>
      gpu.subgroup_mma_store_matrix %sums#1, %tile[%c0, %c0] {leadDimension = 16 : index} : !gpu.mma_matrix<16x16xf16, "COp">, memref<16x16xf16, #gpu.address_space<workgroup>>
      gpu.barrier
      %thread = gpu.thread_id x
      scf.for %e = %thread to %c256 step %c32 {
        %row = arith.divui %e, %c16 : index
        %column = arith.remui %e, %c16 : index
        %v = memref.load %tile[%row, %column] : memref<16x16xf16, #gpu.address_space<workgroup>>
        %i = arith.addi %m, %row : index
        %j = arith.addi %n, %column : index
        memref.store %v, %h[%i, %j] : memref<48x32xf16>
      }
      gpu.return
    }
  }
}
