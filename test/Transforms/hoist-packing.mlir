// RUN: tconv-opt %s -split-input-file -tconv-hoist-packing -verify-diagnostics | FileCheck %s

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 2, pixels = 6,
                     vectors = 1, fused_phases = 1, block_pixels = 48, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

// The packing moves; the packed filter, of 16 bytes, is a further argument.
// CHECK-LABEL: func.func @main_pack
// CHECK-SAME: (%[[W:.*]]: tensor<1x2x2xf32>) -> tensor<4xf32> attributes {tconv.packed_bytes = array<i64: 16>}
// CHECK: %[[P:.*]] = tconv.pack_filter ins(%[[W]] : tensor<1x2x2xf32>)
// CHECK: return %[[P]] : tensor<4xf32>
// CHECK-LABEL: func.func @main
// CHECK-SAME: %{{.*}}: tensor<1x2x2xf32>, %{{.*}}: tensor<1x2x2xf32> {tconv.constant}, %[[PACKED:.*]]: tensor<4xf32> {tconv.packed})
// CHECK: tconv.pack_filter
// CHECK: return %{{.*}}, %[[PACKED]]
func.func @main(%v: tensor<1x2x2xf32>, %w: tensor<1x2x2xf32> {tconv.constant})
    -> (tensor<4xf32>, tensor<4xf32>) {
  %empty = tensor.empty() : tensor<4xf32>
  %0 = tconv.pack_filter ins(%v : tensor<1x2x2xf32>) outs(%empty : tensor<4xf32>)
      {dilation = array<i64: 1>, groups = 1, schedule = #s, stride = array<i64: 2>} -> tensor<4xf32>
  %1 = tconv.pack_filter ins(%w : tensor<1x2x2xf32>) outs(%empty : tensor<4xf32>)
      {dilation = array<i64: 1>, groups = 1, schedule = #s, stride = array<i64: 2>} -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 2, pixels = 6,
                     vectors = 1, fused_phases = 1, block_pixels = 48, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

// A private function has no caller outside who could pack.
// CHECK-LABEL: func.func private @helper
// CHECK: tconv.pack_filter
func.func private @helper(%w: tensor<1x2x2xf32> {tconv.constant}) -> tensor<4xf32> {
  %empty = tensor.empty() : tensor<4xf32>
  %1 = tconv.pack_filter ins(%w : tensor<1x2x2xf32>) outs(%empty : tensor<4xf32>)
      {dilation = array<i64: 1>, groups = 1, schedule = #s, stride = array<i64: 2>} -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

#s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 2, pixels = 6,
                     vectors = 1, fused_phases = 1, block_pixels = 48, blocks_per_task = 1,
                     reduction_block = 0, prefetch = 0, unroll = 1>

func.func private @clash_pack()
// expected-error @+1 {{expected no function called @clash_pack: it packs filters}}
func.func @clash(%w: tensor<1x2x2xf32> {tconv.constant}) -> tensor<4xf32> {
  %empty = tensor.empty() : tensor<4xf32>
  %1 = tconv.pack_filter ins(%w : tensor<1x2x2xf32>) outs(%empty : tensor<4xf32>)
      {dilation = array<i64: 1>, groups = 1, schedule = #s, stride = array<i64: 2>} -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
