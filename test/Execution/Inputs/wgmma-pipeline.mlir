// The product of two matrices of 64 by 320 (the second one transposed) by one warpgroup: 5 tiles of
// 64 elements along k take turns in two stages of shared memory. The products of a tile are under way
// while the next one is copied; the wait for all groups but the last one frees the stage of the tile
// before.
!sum = !llvm.struct<(f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32,
                     f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32)>
#shape = #nvvm.shape<m = 64, n = 64, k = 16>
module attributes {gpu.container_module} {
  // x: the rows of both matrices, as pairs of f16; y: the registers of each thread.
  func.func @main(%x: memref<128x160xi32>) -> memref<128x32xf32> {
    %one = arith.constant 1 : index
    %threads = arith.constant 128 : index
    %y = memref.alloc() : memref<128x32xf32>
    %from = memref.extract_aligned_pointer_as_index %x : memref<128x160xi32> -> index
    %to = memref.extract_aligned_pointer_as_index %y : memref<128x32xf32> -> index
    %a = arith.index_cast %from : index to i64
    %b = arith.index_cast %to : index to i64
    gpu.launch_func @code::@product blocks in (%one, %one, %one) threads in (%threads, %one, %one)
        args(%a : i64, %b : i64)
    return %y : memref<128x32xf32>
  }
  gpu.module @code {
    // A stage: 64 rows of the first matrix and 64 of the second one, 128 bytes each.
    llvm.mlir.global internal @stages() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<32768 x i8>
    llvm.func @product(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {gpu.kernel, nvvm.kernel} {
      %c0 = llvm.mlir.constant(0 : i32) : i32
      %c1 = llvm.mlir.constant(1 : i32) : i32
      %c3 = llvm.mlir.constant(3 : i32) : i32
      %c7 = llvm.mlir.constant(7 : i32) : i32
      %tiles = llvm.mlir.constant(5 : i32) : i32
      %none = llvm.mlir.constant(-1 : i32) : i32
      %threads = llvm.mlir.constant(128 : i32) : i32
      %chunks = llvm.mlir.constant(1024 : i32) : i32
      %rowBytes = llvm.mlir.constant(640 : i32) : i32
      %tileBytes = llvm.mlir.constant(128 : i32) : i32
      %stageBytes = llvm.mlir.constant(16384 : i32) : i32
      %chunkBytes = llvm.mlir.constant(16 : i32) : i32
      %mask = llvm.mlir.constant(0x3ffff : i64) : i64
      %unit = llvm.mlir.constant(4 : i64) : i64
      %second = llvm.mlir.constant(512 : i64) : i64
      %k16 = llvm.mlir.constant(2 : i64) : i64
      // Atoms of 1024 bytes, swizzled by 128 bytes.
      %kind = llvm.mlir.constant(0x4000004000010000 : i64) : i64
      %stages = llvm.mlir.addressof @stages : !llvm.ptr<3>
      %thread = nvvm.read.ptx.sreg.tid.x : i32
      %zero = llvm.mlir.zero : !sum
      llvm.br ^tile(%none, %zero : i32, !sum)

    ^tile(%t: i32, %sum: !sum):
      %isFirst = llvm.icmp "slt" %t, %c0 : i32
      llvm.cond_br %isFirst, ^refill(%sum : !sum), ^multiply
    ^multiply:
      nvvm.cp.async.wait.group 0
      nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, space = #nvvm.shared_space<cta>}
      nvvm.barrier0
      %used = llvm.and %t, %c1 : i32
      %usedBytes = llvm.mul %used, %stageBytes : i32
      %stage = llvm.getelementptr %stages[%usedBytes] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
      %whole = llvm.ptrtoint %stage : !llvm.ptr<3> to i64
      %address = llvm.and %whole, %mask : i64
      %units = llvm.lshr %address, %unit : i64
      %a0 = llvm.add %units, %kind : i64
      %b0 = llvm.add %a0, %second : i64
      %a1 = llvm.add %a0, %k16 : i64
      %b1 = llvm.add %b0, %k16 : i64
      %a2 = llvm.add %a1, %k16 : i64
      %b2 = llvm.add %b1, %k16 : i64
      %a3 = llvm.add %a2, %k16 : i64
      %b3 = llvm.add %b2, %k16 : i64
      nvvm.wgmma.fence.aligned
      %s1 = nvvm.wgmma.mma_async %a0, %b0, %sum, #shape,
          D [#nvvm.wgmma_type<f32>, #nvvm.wgmma_scale_out<one>],
          A [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<row>],
          B [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<col>] : !sum -> !sum
      %s2 = nvvm.wgmma.mma_async %a1, %b1, %s1, #shape,
          D [#nvvm.wgmma_type<f32>, #nvvm.wgmma_scale_out<one>],
          A [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<row>],
          B [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<col>] : !sum -> !sum
      %s3 = nvvm.wgmma.mma_async %a2, %b2, %s2, #shape,
          D [#nvvm.wgmma_type<f32>, #nvvm.wgmma_scale_out<one>],
          A [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<row>],
          B [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<col>] : !sum -> !sum
      %s4 = nvvm.wgmma.mma_async %a3, %b3, %s3, #shape,
          D [#nvvm.wgmma_type<f32>, #nvvm.wgmma_scale_out<one>],
          A [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<row>],
          B [#nvvm.wgmma_type<f16>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<col>] : !sum -> !sum
      nvvm.wgmma.commit.group.sync.aligned
      // Tile t - 1 is multiplied, by all warps.
      nvvm.wgmma.wait.group.sync.aligned 1
      nvvm.barrier0
      llvm.br ^refill(%s4 : !sum)

    ^refill(%sums: !sum):
      %next = llvm.add %t, %c1 : i32
      %more = llvm.icmp "slt" %next, %tiles : i32
      %free = llvm.and %next, %c1 : i32
      %freeBytes = llvm.mul %free, %stageBytes : i32
      %columnBytes = llvm.mul %next, %tileBytes : i32
      llvm.cond_br %more, ^copy(%thread : i32), ^end
    ^copy(%chunk: i32):
      %row = llvm.lshr %chunk, %c3 : i32
      %column = llvm.and %chunk, %c7 : i32
      %line = llvm.and %row, %c7 : i32
      %moved = llvm.xor %column, %line : i32
      %toRow = llvm.mul %row, %tileBytes : i32
      %toColumn = llvm.mul %moved, %chunkBytes : i32
      %toStage = llvm.add %toRow, %toColumn : i32
      %toBytes = llvm.add %toStage, %freeBytes : i32
      %fromRow = llvm.mul %row, %rowBytes : i32
      %fromColumn = llvm.mul %column, %chunkBytes : i32
      %fromTile = llvm.add %fromRow, %columnBytes : i32
      %fromBytes = llvm.add %fromTile, %fromColumn : i32
      %from = llvm.getelementptr %x[%fromBytes] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i8
      %to = llvm.getelementptr %stages[%toBytes] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
      nvvm.cp.async.shared.global %to, %from, 16, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
      %after = llvm.add %chunk, %threads : i32
      %isMore = llvm.icmp "slt" %after, %chunks : i32
      llvm.cond_br %isMore, ^copy(%after : i32), ^commit
    ^commit:
      nvvm.cp.async.commit.group
      llvm.br ^tile(%next, %sums : i32, !sum)

    ^end:
      nvvm.wgmma.wait.group.sync.aligned 0
      %out = llvm.getelementptr %y[%thread] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, !sum
      llvm.store %sums, %out : !sum, !llvm.ptr<1>
      llvm.return
    }
  }
}
