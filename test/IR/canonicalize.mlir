// RUN: tconv-opt %s -canonicalize -split-input-file | FileCheck %s

// A bias of zeros adds nothing, also one of negative zeros or of integers.
// CHECK-LABEL: @zero_bias
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x4xf32>, %[[Q:[^:]*]]: tensor<1x1x4xi8>
func.func @zero_bias(%x: tensor<1x1x4xf32>, %q: tensor<1x1x4xi8>)
    -> (tensor<1x2x7xf32>, tensor<1x2x7xf32>, tensor<1x2x7xi32>, tensor<1x1x4xf32>) {
  %w = arith.constant dense<1.0> : tensor<1x2x4xf32>
  %wq = arith.constant dense<1> : tensor<1x2x4xi8>
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %negative = arith.constant dense<-0.0> : tensor<2xf32>
  %integer = arith.constant dense<0> : tensor<2xi32>
  // CHECK: tconv.conv_transpose %[[X]], %{{[^, ]*}} :
  %0 = tconv.conv_transpose %x, %w, %zero
      : (tensor<1x1x4xf32>, tensor<1x2x4xf32>, tensor<2xf32>) -> tensor<1x2x7xf32>
  // CHECK: tconv.conv_transpose %[[X]], %{{[^, ]*}} :
  %1 = tconv.conv_transpose %x, %w, %negative
      : (tensor<1x1x4xf32>, tensor<1x2x4xf32>, tensor<2xf32>) -> tensor<1x2x7xf32>
  // CHECK: tconv.conv_transpose %[[Q]], %{{[^, ]*}} :
  %2 = tconv.conv_transpose %q, %wq, %integer
      : (tensor<1x1x4xi8>, tensor<1x2x4xi8>, tensor<2xi32>) -> tensor<1x2x7xi32>
  return %0, %1, %2, %x : tensor<1x2x7xf32>, tensor<1x2x7xf32>, tensor<1x2x7xi32>, tensor<1x1x4xf32>
}

// -----

// A bias with a single nonzero element is kept, and so is one whose length is still
// to be checked.
// CHECK-LABEL: @kept_bias
func.func @kept_bias(%x: tensor<1x1x4xf32>, %w: tensor<1x2x4xf32>, %v: tensor<1x?x4xf32>)
    -> (tensor<1x2x7xf32>, tensor<1x?x7xf32>) {
  %bias = arith.constant dense<[0.0, 1.0]> : tensor<2xf32>
  // CHECK: tconv.conv_transpose %{{[^, ]*}}, %{{[^, ]*}}, %{{[^, ]*}} :
  %0 = tconv.conv_transpose %x, %w, %bias
      : (tensor<1x1x4xf32>, tensor<1x2x4xf32>, tensor<2xf32>) -> tensor<1x2x7xf32>
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  // CHECK: tconv.conv_transpose %{{[^, ]*}}, %{{[^, ]*}}, %{{[^, ]*}} :
  %1 = tconv.conv_transpose %x, %v, %zero
      : (tensor<1x1x4xf32>, tensor<1x?x4xf32>, tensor<2xf32>) -> tensor<1x?x7xf32>
  return %0, %1 : tensor<1x2x7xf32>, tensor<1x?x7xf32>
}

// -----

// Casts that only forget sizes are looked through, and the result's sizes follow.
// CHECK-LABEL: @forgotten_sizes
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x4x4xf32>, %[[W:[^:]*]]: tensor<1x1x4x4xf32>, %[[B:[^:]*]]: tensor<1xf32>
// CHECK: %[[Y:.*]] = tconv.conv_transpose %[[X]], %[[W]], %[[B]] stride [2, 2] padding [1, 1] {tag} : {{.*}} -> tensor<1x1x8x8xf32>
// CHECK: tensor.cast %[[Y]] : tensor<1x1x8x8xf32> to tensor<?x?x?x?xf32>
func.func @forgotten_sizes(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>, %b: tensor<1xf32>)
    -> tensor<?x?x?x?xf32> {
  %dx = tensor.cast %x : tensor<1x1x4x4xf32> to tensor<?x1x?x?xf32>
  %dw = tensor.cast %w : tensor<1x1x4x4xf32> to tensor<?x?x?x4xf32>
  %db = tensor.cast %b : tensor<1xf32> to tensor<?xf32>
  %y = tconv.conv_transpose %dx, %dw, %db stride [2, 2] padding [1, 1] {tag}
      : (tensor<?x1x?x?xf32>, tensor<?x?x?x4xf32>, tensor<?xf32>) -> tensor<?x?x?x?xf32>
  return %y : tensor<?x?x?x?xf32>
}

// -----

// The result type is refined as far as the operands tell; what it said itself stays.
// CHECK-LABEL: @refined_result
// CHECK: tconv.conv_transpose {{.*}} -> tensor<3x4x8x?xf32>
func.func @refined_result(%x: tensor<?x2x4x?xf32>, %w: tensor<2x2x4x4xf32>) -> tensor<3x?x?x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] groups 2
      : (tensor<?x2x4x?xf32>, tensor<2x2x4x4xf32>) -> tensor<3x?x?x?xf32>
  return %y : tensor<3x?x?x?xf32>
}

// -----

// A cast that claims a size is a check, and stays.
// CHECK-LABEL: @claimed_size
// CHECK: %[[X:.*]] = tensor.cast %{{.*}} : tensor<1x1x?xf32> to tensor<1x1x4xf32>
// CHECK: tconv.conv_transpose %[[X]],
func.func @claimed_size(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x7xf32> {
  %s = tensor.cast %x : tensor<1x1x?xf32> to tensor<1x1x4xf32>
  %y = tconv.conv_transpose %s, %w : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return %y : tensor<1x1x7xf32>
}

// -----

// Sizes that contradict each other are left for the check at run time: the op is
// perhaps never executed.
// CHECK-LABEL: @contradiction
// CHECK: tconv.conv_transpose {{.*}} : (tensor<1x?x4xf32>, tensor<?x1x4xf32>) -> tensor<1x1x7xf32>
func.func @contradiction(%x: tensor<1x2x4xf32>, %w: tensor<3x1x4xf32>) -> tensor<1x1x7xf32> {
  %dx = tensor.cast %x : tensor<1x2x4xf32> to tensor<1x?x4xf32>
  %dw = tensor.cast %w : tensor<3x1x4xf32> to tensor<?x1x4xf32>
  %y = tconv.conv_transpose %dx, %dw : (tensor<1x?x4xf32>, tensor<?x1x4xf32>) -> tensor<1x1x7xf32>
  return %y : tensor<1x1x7xf32>
}

// -----

// An op without uses is deleted: it has no effect. Two equal ones are one to cse.
// CHECK-LABEL: @unused
// CHECK-NOT: tconv
func.func @unused(%x: tensor<1x1x4xf32>) {
  %y = tconv.conv_transpose %x, %x : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}
