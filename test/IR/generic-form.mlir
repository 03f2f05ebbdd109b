// RUN: tconv-opt %s | FileCheck %s
// RUN: tconv-opt %s -mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC

// The generic form that test suites and other programs write: every attribute is named.
// CHECK-LABEL: @without_bias
// CHECK: tconv.conv_transpose %{{[^ ]*}}, %{{[^ ]*}} stride [2, 2] padding [1, 1] : (
// GENERIC: "tconv.conv_transpose"(%{{[^ ]*}}, %{{[^ ]*}}) <{dilation = array<i64: 1, 1>, groups = 1 : i64, layout = #tconv.layout<channels_first>, output_padding = array<i64: 0, 0>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, stride = array<i64: 2, 2>}> : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
func.func @without_bias(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = "tconv.conv_transpose"(%x, %w) <{stride = array<i64: 2, 2>, padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>, dilation = array<i64: 1, 1>, output_padding = array<i64: 0, 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}

// A third operand is the bias.
// CHECK-LABEL: @with_bias
// CHECK: tconv.conv_transpose %{{[^ ]*}}, %{{[^ ]*}}, %{{[^ ]*}} stride [3] padding {{\[}}[1, -1]] dilation [2] output_padding [2] groups 2 channels_last : (
// GENERIC: "tconv.conv_transpose"(%{{[^ ]*}}, %{{[^ ]*}}, %{{[^ ]*}}) <{dilation = array<i64: 2>, groups = 2 : i64, layout = #tconv.layout<channels_last>, output_padding = array<i64: 2>, padding_begin = array<i64: 1>, padding_end = array<i64: -1>, stride = array<i64: 3>}>
func.func @with_bias(%x: tensor<?x4x2xi8>, %w: tensor<2x1x3xi8>, %b: tensor<2xi32>) -> tensor<?x16x2xi32> {
  %y = "tconv.conv_transpose"(%x, %w, %b) <{stride = array<i64: 3>, padding_begin = array<i64: 1>, padding_end = array<i64: -1>, dilation = array<i64: 2>, output_padding = array<i64: 2>, groups = 2 : i64, layout = #tconv.layout<channels_last>}>
      : (tensor<?x4x2xi8>, tensor<2x1x3xi8>, tensor<2xi32>) -> tensor<?x16x2xi32>
  return %y : tensor<?x16x2xi32>
}

// Attributes may also be written as before properties existed.
// CHECK-LABEL: @attribute_dictionary
// CHECK: stride [2] {tag} : (
func.func @attribute_dictionary(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  %y = "tconv.conv_transpose"(%x, %w) {stride = array<i64: 2>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>, tag}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x10xf32>
  return
}
