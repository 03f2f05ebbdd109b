// RUN: tconv-opt %s | FileCheck %s
// RUN: tconv-opt %s -mlir-print-op-generic | tconv-opt | FileCheck %s
// RUN: tconv-opt %s -emit-bytecode | tconv-opt | FileCheck %s

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 6, vectors = 2, fused_phases = 1,
                     block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>

// On tensors, with a bias and an epilogue.
// CHECK-LABEL: @tensors
// CHECK-SAME: %[[X:[^:]*]]: {{[^,]*}}, %[[W:[^:]*]]: {{[^,]*}}, %[[B:[^:]*]]: {{[^,]*}}, %[[P0:[^:]*]]: {{[^,]*}}, %[[Y0:[^:]*]]:
func.func @tensors(%x: tensor<1x4x4x8xf32>, %w: tensor<8x16x4x4xf32>, %b: tensor<16xf32>,
                   %p: tensor<2048xf32>, %init: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  // CHECK: %[[P:.*]] = tconv.pack_filter ins(%[[W]] : tensor<8x16x4x4xf32>) outs(%[[P0]] : tensor<2048xf32>)
  // CHECK-SAME: dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #tconv.schedule<family = output_channels, {{.*}}>, stride = array<i64: 2, 2>} -> tensor<2048xf32>
  %packed = tconv.pack_filter ins(%w : tensor<8x16x4x4xf32>) outs(%p : tensor<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>} -> tensor<2048xf32>
  // CHECK: tconv.kernel ins(%[[X]], %[[P]], %[[B]] : tensor<1x4x4x8xf32>, tensor<2048xf32>, tensor<16xf32>) outs(%[[Y0]] : tensor<1x8x8x16xf32>)
  // CHECK-SAME: attributes {dilation = array<i64: 1, 1>, {{.*}} stride = array<i64: 2, 2>} {
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: %[[ABS:.*]] = math.absf %[[SUM]] : f32
  // CHECK-NEXT: tconv.yield %[[ABS]] : f32
  // CHECK-NEXT: } -> tensor<1x8x8x16xf32>
  %y = tconv.kernel ins(%x, %packed, %b : tensor<1x4x4x8xf32>, tensor<2048xf32>, tensor<16xf32>)
      outs(%init : tensor<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32):
    %abs = math.absf %sum : f32
    tconv.yield %abs : f32
  } -> tensor<1x8x8x16xf32>
  return %y : tensor<1x8x8x16xf32>
}

// On buffers there are no results; without a bias or an epilogue nothing is printed for them.
// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x4x4x8xf32>, %w: memref<8x16x4x4xf32>, %p: memref<2048xf32>,
                   %y: memref<1x8x8x16xf32>) {
  // CHECK: tconv.pack_filter ins(%{{.*}} : memref<8x16x4x4xf32>) outs(%{{.*}} : memref<2048xf32>) {{{.*}}}{{$}}
  tconv.pack_filter ins(%w : memref<8x16x4x4xf32>) outs(%p : memref<2048xf32>)
      {dilation = array<i64: 1, 1>, groups = 1 : i64, schedule = #s, stride = array<i64: 2, 2>}
  // CHECK: tconv.kernel ins(%{{.*}}, %{{.*}} : memref<1x4x4x8xf32>, memref<2048xf32>) outs(%{{.*}} : memref<1x8x8x16xf32>) attributes {{{.*}}}{{$}}
  tconv.kernel ins(%x, %p : memref<1x4x4x8xf32>, memref<2048xf32>) outs(%y : memref<1x8x8x16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>}
  return
}

// Neighbours, and a result of another type than the layer's.
// CHECK-LABEL: @neighbours
// CHECK-SAME: %[[R:[^:]*]]: tensor<1x8x8x16xi32>, %[[S:[^:]*]]: tensor<16xf32>
func.func @neighbours(%r: tensor<1x8x8x16xi32>, %s: tensor<16xf32>, %x: tensor<1x4x4x8xf32>,
                      %p: tensor<2048xf32>, %init: tensor<1x8x8x16xi8>) -> tensor<1x8x8x16xi8> {
  // CHECK: tconv.kernel ins(%{{.*}}) outs(%{{.*}} : tensor<1x8x8x16xi8>) neighbours(%[[R]], %[[S]] : tensor<1x8x8x16xi32>, tensor<16xf32>) attributes {
  // CHECK-NEXT: ^bb0(%{{.*}}: f32, %{{.*}}: i32, %{{.*}}: f32):
  // CHECK: tconv.yield %{{.*}} : i8
  // CHECK-NEXT: } -> tensor<1x8x8x16xi8>
  %y = tconv.kernel ins(%x, %p : tensor<1x4x4x8xf32>, tensor<2048xf32>)
      outs(%init : tensor<1x8x8x16xi8>)
      neighbours(%r, %s : tensor<1x8x8x16xi32>, tensor<16xf32>)
      attributes {dilation = array<i64: 1, 1>, groups = 1 : i64,
                    kernel_shape = array<i64: 4, 4>, layout = #tconv.layout<channels_last>,
                    output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>,
                    padding_end = array<i64: 1, 1>, schedule = #s,
                    stride = array<i64: 2, 2>} {
  ^bb0(%sum: f32, %residual: i32, %scale: f32):
    %scaled = arith.mulf %sum, %scale : f32
    %whole = arith.fptosi %scaled : f32 to i32
    %added = arith.addi %whole, %residual : i32
    %byte = arith.trunci %added : i32 to i8
    tconv.yield %byte : i8
  } -> tensor<1x8x8x16xi8>
  return %y : tensor<1x8x8x16xi8>
}
