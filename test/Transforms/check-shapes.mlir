// RUN: tconv-opt %s -tconv-check-shapes -split-input-file | FileCheck %s

// The output size must be at least 1; the message names the op's place and the formula.
// CHECK: #[[$SIZE:.*]] = affine_map<()[s0] -> (s0 - 1)>
// CHECK-LABEL: @output_size
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x1x?xf32>
// CHECK: %[[DIM:.*]] = tensor.dim %[[X]], %c2
// CHECK: %[[SIZE:.*]] = affine.apply #[[$SIZE]]()[%[[DIM]]]
// CHECK: %[[OK:.*]] = arith.cmpi sge, %[[SIZE]], %c1
// CHECK: cf.assert %[[OK]], "{{.*}}check-shapes.mlir:{{[0-9]+}}:{{[0-9]+}}: 'tconv.conv_transpose' op expected an output size of at least 1 in spatial dimension 0, got (I - 1)*1 - 1 - 1 + 1*(K - 1) + 0 + 1 {{.*}}"
func.func @output_size(%x: tensor<1x1x?xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w padding [1]
      : (tensor<1x1x?xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// Everything that types leave open is checked, in the order of the constraints.
// CHECK-LABEL: @everything_dynamic
// CHECK: cf.assert {{.*}} expected at least 1 input channel"
// CHECK: cf.assert {{.*}} expected at least 1 output channel in each group"
// CHECK: cf.assert {{.*}} expected as many input channels as dimension 0 of the filter has"
// CHECK: cf.assert {{.*}} expected groups = 2 to divide the input channels"
// CHECK: cf.assert {{.*}} expected a bias of groups * filter.dim(1) elements"
// CHECK: cf.assert {{.*}} expected a batch of 2 as the result has"
// CHECK: cf.assert {{.*}} expected groups * filter.dim(1) = 4 output channels as the result has"
// CHECK: cf.assert {{.*}} expected an input size of at least 1 in spatial dimension 0"
// CHECK: cf.assert {{.*}} expected a filter size of at least 1 in spatial dimension 0"
// CHECK: cf.assert {{.*}} expected an input size with which the output size fits 63 bits in spatial dimension 0"
// CHECK: cf.assert {{.*}} expected a filter size with which the output size fits 63 bits in spatial dimension 0"
// CHECK: cf.assert {{.*}} expected an output size of 8 as the result has in spatial dimension 0
// CHECK: cf.assert {{.*}} expected tensors of less than 2^62 bytes"
// CHECK-NOT: cf.assert
// CHECK: tconv.conv_transpose
func.func @everything_dynamic(%x: tensor<?x?x?xf32>, %w: tensor<?x?x?xf32>, %b: tensor<?xf32>) -> tensor<2x4x8xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2] groups 2
      : (tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?xf32>) -> tensor<2x4x8xf32>
  return %y : tensor<2x4x8xf32>
}

// -----

// Static sizes are the verifier's business.
// CHECK-LABEL: @static
// CHECK-NEXT: tconv.conv_transpose
// CHECK-NEXT: return
func.func @static(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  return %y : tensor<1x1x5xf32>
}

// -----

// The sizes of a second layer are computed from the function's arguments, so that all
// assertions come before any work.
// CHECK-LABEL: @two_layers
// CHECK-NOT: = tconv.conv_transpose
// CHECK-COUNT-8: cf.assert
// CHECK-NOT: cf.assert
// CHECK: = tconv.conv_transpose
// CHECK-NOT: cf.assert
// CHECK: = tconv.conv_transpose
// CHECK-NOT: cf.assert
// CHECK: return
func.func @two_layers(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w padding [3] : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  %z = tconv.conv_transpose %y, %w padding [3] : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return %z : tensor<1x1x?xf32>
}

// -----

// Nothing happens before an assertion, not even what stands first in the source.
// CHECK-LABEL: @effect_first
// CHECK-COUNT-4: cf.assert
// CHECK: call @report
// CHECK-NOT: cf.assert
// CHECK: = tconv.conv_transpose
func.func private @report(tensor<1x1x?xf32>)
func.func @effect_first(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x?xf32> {
  call @report(%x) : (tensor<1x1x?xf32>) -> ()
  %y = tconv.conv_transpose %x, %w padding [3] : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// What perhaps never executes is checked where it stands.
// CHECK-LABEL: @nested
// CHECK-NOT: cf.assert
// CHECK: scf.if
// CHECK: cf.assert
// CHECK: tconv.conv_transpose
func.func @nested(%c: i1, %x: tensor<1x?x4xf32>, %w: tensor<1x1x1xf32>, %y: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %r = scf.if %c -> tensor<1x1x4xf32> {
    %z = tconv.conv_transpose %x, %w : (tensor<1x?x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
    scf.yield %z : tensor<1x1x4xf32>
  } else {
    scf.yield %y : tensor<1x1x4xf32>
  }
  return %r : tensor<1x1x4xf32>
}

// -----

// An assertion about a size that only a call gives stays behind the call.
// CHECK-LABEL: @size_of_call
// CHECK: call @make
// CHECK: cf.assert
// CHECK: tconv.conv_transpose
func.func private @make() -> tensor<1x?x4xf32>
func.func @size_of_call(%w: tensor<1x1x1xf32>) -> tensor<1x1x4xf32> {
  %x = call @make() : () -> tensor<1x?x4xf32>
  %y = tconv.conv_transpose %x, %w : (tensor<1x?x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}

// -----

// Other people's assertions stay where they are, and other code as it is.
// CHECK-LABEL: @unrelated
// CHECK-NEXT: %[[UNUSED:.*]] = arith.constant 7 : index
// CHECK-NEXT: memref.store
// CHECK-NEXT: cf.assert %{{.*}}, "theirs"
// CHECK-NEXT: return
func.func @unrelated(%m: memref<4xf32>, %v: f32, %i: index, %ok: i1) {
  %unused = arith.constant 7 : index
  memref.store %v, %m[%i] : memref<4xf32>
  cf.assert %ok, "theirs"
  return
}

// -----

// CHECK-LABEL: @their_assertion
// CHECK: memref.store
// CHECK: cf.assert %{{.*}}, "theirs"
// CHECK: = tconv.conv_transpose
func.func @their_assertion(%m: memref<4xf32>, %v: f32, %i: index, %ok: i1, %x: tensor<?x1x4xf32>,
                           %w: tensor<1x1x1xf32>) -> tensor<2x1x4xf32> {
  memref.store %v, %m[%i] : memref<4xf32>
  cf.assert %ok, "theirs"
  %y = tconv.conv_transpose %x, %w : (tensor<?x1x4xf32>, tensor<1x1x1xf32>) -> tensor<2x1x4xf32>
  return %y : tensor<2x1x4xf32>
}
