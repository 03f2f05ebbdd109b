// RUN: tconv-opt %s --tconv-pipeline="target-cpu=znver4" \
// RUN:   | mlir-translate --mlir-to-llvmir | llc -mcpu=znver4 | FileCheck %s

// The cost model picks what the processor multiplies fastest.

// CHECK-LABEL: i8:
// CHECK: vpdpbusd {{.*}}zmm
func.func @i8(%x: tensor<1x8x8x64xi8>, %w: tensor<64x64x4x4xi8>) -> tensor<1x16x16x64xi32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[1, 1], [1, 1]] channels_last
      : (tensor<1x8x8x64xi8>, tensor<64x64x4x4xi8>) -> tensor<1x16x16x64xi32>
  return %y : tensor<1x16x16x64xi32>
}

// CHECK-LABEL: bf16:
// CHECK: vdpbf16ps {{.*}}zmm
func.func @bf16(%x: tensor<1x8x8x64xbf16>, %w: tensor<64x64x4x4xbf16>) -> tensor<1x16x16x64xbf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[1, 1], [1, 1]] channels_last
      : (tensor<1x8x8x64xbf16>, tensor<64x64x4x4xbf16>) -> tensor<1x16x16x64xbf16>
  return %y : tensor<1x16x16x64xbf16>
}
