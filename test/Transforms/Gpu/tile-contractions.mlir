// RUN: tconv-opt %s -tconv-tile-contractions -canonicalize -cse -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-tile-contractions=staging=false -split-input-file | FileCheck %s --check-prefix=DIRECT
// RUN: tconv-opt %s -tconv-tile-contractions -remarks-filter="tconv-.*" -split-input-file -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Without staging, nothing is in shared memory.
// DIRECT-NOT: workgroup
// DIRECT-NOT: gpu.barrier

// A block of 64 threads computes 32 output channels x 32 pixels: 16 steps of the sum over
// channels and taps at a time are copied to shared memory, 8 elements of either input by each
// thread, and used from there.
// REMARK: [Passed] staged | {{.*}}Remark="tiles of 32 x 32 in steps of 16, 64 threads"
// CHECK-LABEL: func.func @wide
// CHECK-DAG: %[[C4:.*]] = arith.constant 4 : index
// CHECK-DAG: %[[C16:.*]] = arith.constant 16 : index
// CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
// CHECK-DAG: %[[C192:.*]] = arith.constant 192 : index
// CHECK: gpu.launch blocks({{.*}}) in (%{{.*}} = %[[C4]], {{.*}}) threads({{.*}}) in (%{{.*}} = %[[C64]], {{.*}}) function(@contraction)
// CHECK-SAME: workgroup(%[[LEFT:.*]] : memref<16x36xf32, #gpu.address_space<workgroup>>, %[[RIGHT:.*]] : memref<16x36xf32, #gpu.address_space<workgroup>>)
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[C192]] step %[[C16]] iter_args({{.*}}) -> (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK-COUNT-16: memref.load
// CHECK-NOT: memref.load
// CHECK-COUNT-8: memref.store %{{.*}}, %[[LEFT]]
// CHECK-COUNT-8: memref.store %{{.*}}, %[[RIGHT]]
// CHECK-NEXT: gpu.barrier
// CHECK-NEXT: scf.for %{{.*}} = %{{.*}} to %[[C16]] step %[[C4]]
// CHECK: %[[A:.*]] = vector.load %[[LEFT]]{{.*}} {alignment = 16 : i64}
// CHECK: %[[B:.*]] = vector.load %[[RIGHT]]
// CHECK: %[[FACTOR:.*]] = vector.extract %[[A]][0]
// CHECK: %[[FACTORS:.*]] = vector.broadcast %[[FACTOR]]
// CHECK: %[[PRODUCT:.*]] = arith.mulf %[[FACTORS]], %[[B]] fastmath<contract> : vector<4xf32>
// CHECK: arith.addf %{{.*}}, %[[PRODUCT]] fastmath<contract> : vector<4xf32>
// CHECK: gpu.barrier
// The result's elements are added to: they hold the bias.
// CHECK-COUNT-16: memref.load
// CHECK: gpu.terminator
func.func @wide(%x: memref<1x64x66xf32>, %w: memref<64x64x3xf32>, %y: memref<1x64x64xf32>) {
  linalg.conv_1d_ncw_fcw {dilations = dense<1> : tensor<1xi64>, strides = dense<1> : tensor<1xi64>}
      ins(%x, %w : memref<1x64x66xf32>, memref<64x64x3xf32>) outs(%y : memref<1x64x64xf32>)
  return
}

// -----

// Narrow types are widened on their way to shared memory. Where the number of steps or pixels
// is no multiple of the tile's, only elements that exist are loaded.
// CHECK-LABEL: func.func @ragged
// CHECK-SAME: %[[X:.*]]: memref<2x5x7x9xf16>
// CHECK: workgroup(%{{.*}} : memref<16x36xf32,
// CHECK: %[[INSIDE:.*]] = scf.if %{{.*}} -> (f32)
// CHECK-NEXT: %[[NARROW:.*]] = memref.load %{{.*}} : memref<630xf16, strided<[1]>>
// CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[NARROW]]
// CHECK-NEXT: scf.yield %[[WIDE]]
// CHECK-NEXT: } else {
// CHECK-NEXT: scf.yield %{{.*}} : f32
// CHECK: memref.store %[[INSIDE]]
func.func @ragged(%x: memref<2x5x7x9xf16>, %w: memref<2x2x9x30xf16>, %y: memref<2x4x6x30xf32>) {
  linalg.conv_2d_nhwc_hwcf {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
      ins(%x, %w : memref<2x5x7x9xf16>, memref<2x2x9x30xf16>) outs(%y : memref<2x4x6x30xf32>)
  return
}

// -----

// Integers are multiplied as integers; a small result is computed by small tiles.
// REMARK: Remark="tiles of 16 x 16 in steps of 16, 64 threads"
// CHECK-LABEL: func.func @integers
// CHECK: arith.extsi %{{.*}} : i8 to i32
// CHECK: arith.muli %{{.*}} : vector<2xi32>
// CHECK: arith.addi %{{.*}} : vector<2xi32>
func.func @integers(%a: memref<16x40xi8>, %b: memref<40x16xi8>, %y: memref<16x16xi32>) {
  linalg.matmul ins(%a, %b : memref<16x40xi8>, memref<40x16xi8>) outs(%y : memref<16x16xi32>)
  return
}

// -----

// Of a layer with groups, each group is a matrix multiplication of its own.
// CHECK-LABEL: func.func @grouped
// CHECK: gpu.launch {{.*}} workgroup
#x = affine_map<(n, g, co, o, ci, k) -> (n, g, ci, o + 2 * k)>
#w = affine_map<(n, g, co, o, ci, k) -> (g, co, ci, k)>
#y = affine_map<(n, g, co, o, ci, k) -> (n, g, co, o)>
func.func @grouped(%x: memref<3x2x8x20xf32>, %w: memref<2x12x8x3xf32>, %y: memref<3x2x12x16xf32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<3x2x8x20xf32>, memref<2x12x8x3xf32>) outs(%y : memref<3x2x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  }
  return
}

// -----

// Three output channels share an element of x only three times: a thread computes all three for
// one pixel, and loads what it needs.
// REMARK: [Passed] direct
// CHECK-LABEL: func.func @thin
// CHECK-DAG: %[[C3:.*]] = arith.constant 3 : index
// CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
// CHECK: gpu.launch
// CHECK-NOT: workgroup
// CHECK-COUNT-3: memref.load
// CHECK: scf.for %{{.*}} to %[[C64]] {{.*}} iter_args({{.*}}) -> (f32, f32, f32)
// CHECK: scf.for %{{.*}} to %[[C3]] {{.*}} iter_args({{.*}}) -> (f32, f32, f32)
// CHECK-COUNT-4: memref.load
// CHECK-NOT: memref.load
// CHECK-COUNT-3: memref.store
func.func @thin(%x: memref<1x64x66xf32>, %w: memref<3x64x3xf32>, %y: memref<1x3x64xf32>) {
  linalg.conv_1d_ncw_fcw {dilations = dense<1> : tensor<1xi64>, strides = dense<1> : tensor<1xi64>}
      ins(%x, %w : memref<1x64x66xf32>, memref<3x64x3xf32>) outs(%y : memref<1x3x64xf32>)
  return
}

// -----

// Sizes that are known only at run time make the grid; nothing is launched if it is empty.
// REMARK: Remark="tiles of 64 x 64 in steps of 16, 256 threads"
// CHECK-LABEL: func.func @dynamic
// CHECK: %[[ANY:.*]] = arith.cmpi sgt, %[[BLOCKS:.*]], %c0
// CHECK: scf.if %[[ANY]]
// CHECK: gpu.launch blocks({{.*}}) in (%{{.*}} = %[[BLOCKS]],
func.func @dynamic(%x: memref<?x?x?xf32>, %w: memref<?x?x?xf32>, %y: memref<?x?x?xf32>) {
  linalg.conv_1d_ncw_fcw {dilations = dense<1> : tensor<1xi64>, strides = dense<1> : tensor<1xi64>}
      ins(%x, %w : memref<?x?x?xf32>, memref<?x?x?xf32>) outs(%y : memref<?x?x?xf32>)
  return
}

// -----

// What is not a sum of products is left alone.
// CHECK-LABEL: func.func @other
// CHECK: linalg.pooling_nwc_max
// DIRECT-LABEL: func.func @other
// DIRECT: linalg.pooling_nwc_max
func.func @other(%x: memref<1x8x4xf32>, %k: memref<2xf32>, %y: memref<1x4x4xf32>) {
  linalg.pooling_nwc_max {dilations = dense<1> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>}
      ins(%x, %k : memref<1x8x4xf32>, memref<2xf32>) outs(%y : memref<1x4x4xf32>)
  return
}
