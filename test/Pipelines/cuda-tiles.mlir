// RUN: tconv-opt %s -tconv-pipeline="target=cuda algorithm=phases stop-after=ptx" | sed 's/\\0A/\n/g; s/\\09/ /g' | FileCheck %s --implicit-check-not="{{(ld|st)}}.local"

// What a tiled convolution becomes in PTX. A step of the sum takes two loads of four numbers from
// shared memory for 16 multiply-adds, which are fused; positions in memory are constants behind
// few addresses. Nothing is in local memory.

// CHECK: .entry main_contraction_{{[0-9]+}}
// CHECK: .maxntid 64, 1, 1
// CHECK: .shared .align 16 .b8 {{.*}}[2304]
// CHECK-COUNT-16: ld.global.b32
// CHECK-NOT: ld.global
// CHECK-COUNT-16: st.shared.b32
// CHECK-NOT: st.shared
// CHECK: bar.sync 0;
// CHECK-COUNT-2: ld.shared.v4.b32
// CHECK-COUNT-16: fma.rn.f32
// CHECK-COUNT-2: ld.shared.v4.b32
// CHECK-COUNT-16: fma.rn.f32
// CHECK-COUNT-2: ld.shared.v4.b32
// CHECK-COUNT-16: fma.rn.f32
// CHECK-COUNT-2: ld.shared.v4.b32
// CHECK-COUNT-16: fma.rn.f32
// CHECK-NOT: fma.rn
// CHECK: bar.sync 0;
func.func @main(%x: tensor<1x64x8x8xf32>, %w: tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
      : (tensor<1x64x8x8xf32>, tensor<64x64x4x4xf32>) -> tensor<1x64x16x16xf32>
  return %y : tensor<1x64x16x16xf32>
}
