// RUN: tconv-opt %s -tconv-insert-zeros -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-decompose-phases -split-input-file | FileCheck %s

// What both decompositions share: the type that sums are accumulated in.

// f16 is accumulated in f32, from the bias on, and rounded once.
// CHECK-LABEL: @f16
// CHECK-SAME: %[[B:[^:]*]]: tensor<1xf16>
// CHECK: %[[INIT:.*]] = linalg.generic {{.*}} ins(%[[B]] : tensor<1xf16>) outs(%{{.*}} : tensor<1x1x7xf32>)
// CHECK: arith.extf %{{.*}} : f16 to f32
// CHECK: %[[SUM:.*]] = linalg.conv_1d_ncw_fcw {{.*}} ins({{.*}} : tensor<1x1x10xf16>, tensor<1x1x4xf16>) outs(%[[INIT]] : tensor<1x1x7xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[SUM]] : tensor<1x1x7xf32>) outs(%{{.*}} : tensor<1x1x7xf16>)
// CHECK: arith.truncf %{{.*}} : f32 to f16
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @f16(%b: tensor<1xf16>, %x: tensor<1x1x4xf16>, %w: tensor<1x1x4xf16>) -> tensor<1x1x7xf16> {
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf16>, tensor<1x1x4xf16>, tensor<1xf16>) -> tensor<1x1x7xf16>
  return %y : tensor<1x1x7xf16>
}

// -----

// bf16 likewise, also with groups, whose convolution is spelled out.
// CHECK-LABEL: @bf16
// CHECK: linalg.fill {{.*}} -> tensor<1x2x7xf32>
// CHECK: ^bb0(%[[A:.*]]: bf16, %[[F:.*]]: bf16, %[[ACC:.*]]: f32):
// CHECK: %[[A32:.*]] = arith.extf %[[A]] : bf16 to f32
// CHECK: %[[F32:.*]] = arith.extf %[[F]] : bf16 to f32
// CHECK: %[[PRODUCT:.*]] = arith.mulf %[[A32]], %[[F32]] : f32
// CHECK: arith.addf %[[ACC]], %[[PRODUCT]] : f32
// CHECK: arith.truncf %{{.*}} : f32 to bf16
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @bf16(%x: tensor<1x2x4xbf16>, %w: tensor<2x1x4xbf16>) -> tensor<1x2x7xbf16> {
  %y = tconv.conv_transpose %x, %w groups 2
      : (tensor<1x2x4xbf16>, tensor<2x1x4xbf16>) -> tensor<1x2x7xbf16>
  return %y : tensor<1x2x7xbf16>
}

// -----

// i8 is accumulated in i32, which the result keeps.
// CHECK-LABEL: @i8
// CHECK: %[[SUM:.*]] = linalg.conv_1d_ncw_fcw {{.*}} ins({{.*}} : tensor<1x1x10xi8>, tensor<1x1x4xi8>) outs({{.*}} : tensor<1x1x7xi32>)
// CHECK-NOT: arith.trunci
// CHECK: return
func.func @i8(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) -> tensor<1x1x7xi32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return %y : tensor<1x1x7xi32>
}

// -----

// Groups of i8 are multiplied with their signs.
// CHECK-LABEL: @i8_groups
// CHECK-COUNT-2: arith.extsi %{{.*}} : i8 to i32
// CHECK: arith.muli
// CHECK: arith.addi
func.func @i8_groups(%x: tensor<1x2x4xi8>, %w: tensor<2x1x4xi8>) -> tensor<1x2x7xi32> {
  %y = tconv.conv_transpose %x, %w groups 2 : (tensor<1x2x4xi8>, tensor<2x1x4xi8>) -> tensor<1x2x7xi32>
  return %y : tensor<1x2x7xi32>
}

// -----

// f64 needs no wider type.
// CHECK-LABEL: @f64
// CHECK: linalg.conv_1d_ncw_fcw {{.*}} outs({{.*}} : tensor<1x1x7xf64>)
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @f64(%x: tensor<1x1x4xf64>, %w: tensor<1x1x4xf64>) -> tensor<1x1x7xf64> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf64>, tensor<1x1x4xf64>) -> tensor<1x1x7xf64>
  return %y : tensor<1x1x7xf64>
}

// -----

// Bytes less their zero points take 9 bits; zeros that are inserted or padded come behind that.
// CHECK-LABEL: @zero_points
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x4xi8>
// CHECK: linalg.generic {{.*}} ins(%[[X]] : tensor<1x1x4xi8>) outs(%{{.*}} : tensor<1x1x4xi16>)
// CHECK: %[[N:.*]] = arith.extui %{{.*}} : i8 to i16
// CHECK: arith.subi %[[N]], %{{.*}} : i16
// CHECK: linalg.conv_1d_ncw_fcw {{.*}} ins({{.*}} : tensor<1x1x10xi16>, tensor<1x1x4xi16>) outs(%{{.*}} : tensor<1x1x7xi32>)
func.func @zero_points(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) -> tensor<1x1x7xi32> {
  %y = tconv.conv_transpose %x, %w input_zero_point 200 filter_zero_point 1 input_unsigned
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return %y : tensor<1x1x7xi32>
}
