// RUN: tconv-opt %s | FileCheck %s
// RUN: tconv-opt %s -mlir-print-op-generic | tconv-opt | FileCheck %s
// RUN: tconv-opt %s -emit-bytecode | tconv-opt | FileCheck %s

// Every element type; i8 is accumulated, and returned, in i32.
// CHECK-LABEL: @element_types
func.func @element_types(%f64: tensor<1x1x4xf64>, %f32: tensor<1x1x4xf32>, %f16: tensor<1x1x4xf16>,
                         %bf16: tensor<1x1x4xbf16>, %i8: tensor<1x1x4xi8>) {
  // CHECK: (tensor<1x1x4xf64>, tensor<1x1x4xf64>) -> tensor<1x1x7xf64>
  %0 = tconv.conv_transpose %f64, %f64 : (tensor<1x1x4xf64>, tensor<1x1x4xf64>) -> tensor<1x1x7xf64>
  // CHECK: (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  %1 = tconv.conv_transpose %f32, %f32 : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  // CHECK: (tensor<1x1x4xf16>, tensor<1x1x4xf16>) -> tensor<1x1x7xf16>
  %2 = tconv.conv_transpose %f16, %f16 : (tensor<1x1x4xf16>, tensor<1x1x4xf16>) -> tensor<1x1x7xf16>
  // CHECK: (tensor<1x1x4xbf16>, tensor<1x1x4xbf16>) -> tensor<1x1x7xbf16>
  %3 = tconv.conv_transpose %bf16, %bf16 : (tensor<1x1x4xbf16>, tensor<1x1x4xbf16>) -> tensor<1x1x7xbf16>
  // CHECK: (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  %4 = tconv.conv_transpose %i8, %i8 : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return
}

// One, two and three spatial dimensions.
// CHECK-LABEL: @ranks
func.func @ranks(%x1: tensor<1x1x4xf32>, %x2: tensor<1x1x4x4xf32>, %x3: tensor<1x1x4x4x4xf32>) {
  // CHECK: stride [2] : {{.*}} -> tensor<1x1x10xf32>
  %0 = tconv.conv_transpose %x1, %x1 stride [2] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x10xf32>
  // CHECK: stride [1, 2] : {{.*}} -> tensor<1x1x7x10xf32>
  %1 = tconv.conv_transpose %x2, %x2 stride [1, 2]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x7x10xf32>
  // CHECK: stride [1, 1, 2] : {{.*}} -> tensor<1x1x7x7x10xf32>
  %2 = tconv.conv_transpose %x3, %x3 stride [1, 1, 2]
      : (tensor<1x1x4x4x4xf32>, tensor<1x1x4x4x4xf32>) -> tensor<1x1x7x7x10xf32>
  return
}

// Any size may be dynamic, and the result may be static nevertheless. The batch may be 0.
// CHECK-LABEL: @sizes
func.func @sizes(%x: tensor<?x?x?xf32>, %w: tensor<?x?x?xf32>, %b: tensor<?xf32>, %e: tensor<0x1x4xf32>,
                 %f: tensor<1x1x4xf32>) {
  // CHECK: (tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?xf32>) -> tensor<?x?x?xf32>
  %0 = tconv.conv_transpose %x, %w, %b : (tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?xf32>) -> tensor<?x?x?xf32>
  // CHECK: (tensor<?x?x?xf32>, tensor<1x1x4xf32>) -> tensor<2x1x7xf32>
  %1 = tconv.conv_transpose %x, %f : (tensor<?x?x?xf32>, tensor<1x1x4xf32>) -> tensor<2x1x7xf32>
  // CHECK: (tensor<0x1x4xf32>, tensor<1x1x4xf32>) -> tensor<0x1x7xf32>
  %2 = tconv.conv_transpose %e, %f : (tensor<0x1x4xf32>, tensor<1x1x4xf32>) -> tensor<0x1x7xf32>
  return
}
