// RUN: tconv-opt %s -tconv-decompose-phases=max-unrolled-phases=16 -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-decompose-phases=max-unrolled-phases=256 -split-input-file | FileCheck %s --check-prefix=MORE

// More phases than the option says become a loop over their first taps.
// CHECK-LABEL: @many_phases
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<1x1x1024xf32>
// CHECK: %[[END:.*]] = arith.constant 256 : index
// CHECK: %[[Y:.*]] = scf.for %[[TAP:.*]] = %{{.*}} to %[[END]] step %{{.*}} iter_args(%[[ACC:.*]] = %[[EMPTY]])
// CHECK: tensor.extract %{{.*}} : tensor<1x1x1024xf32>
// CHECK: linalg.conv_1d_ncw_fcw
// CHECK: %[[NEXT:.*]] = tensor.insert_slice %{{.*}} into %[[ACC]][0, 0, %{{.*}}] [1, 1, %{{.*}}] [1, 1, 256]
// CHECK: scf.yield %[[NEXT]]
// CHECK: return %[[Y]]

// MORE-LABEL: @many_phases
// MORE-NOT: scf.for
// MORE-COUNT-256: linalg.conv_1d_ncw_fcw
// MORE-NOT: linalg.conv_1d_ncw_fcw
// MORE: return
func.func @many_phases(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1024xf32>) -> tensor<1x1x1024xf32> {
  %y = tconv.conv_transpose %x, %w stride [256] padding [384]
      : (tensor<1x1x4xf32>, tensor<1x1x1024xf32>) -> tensor<1x1x1024xf32>
  return %y : tensor<1x1x1024xf32>
}

// -----

// As many as the option says are still straight-line code.
// CHECK-LABEL: @sixteen_phases
// CHECK-NOT: scf.for
// CHECK-COUNT-16: linalg.conv_2d_nchw_fchw
// CHECK-NOT: linalg.conv_2d_nchw_fchw
// CHECK: return
func.func @sixteen_phases(%x: tensor<1x1x2x2xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = tconv.conv_transpose %x, %w stride [4, 4]
      : (tensor<1x1x2x2xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}

// -----

// An input of dynamic size does not make a loop: the phases are known.
// CHECK-LABEL: @dynamic_input
// CHECK: linalg.fill {{.*}} -> tensor<1x1x?xf32>
// CHECK-NOT: scf.for
// CHECK-COUNT-2: linalg.conv_1d_ncw_fcw {{.*}}, tensor<1x1x2xf32>)
// CHECK: return
func.func @dynamic_input(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// -----

// A filter of dynamic size does, over at most `stride` first taps.
// CHECK: #[[$ROWS:.*]] = affine_map<()[s0] -> (s0, 2)>
// CHECK-LABEL: @dynamic_filter
// CHECK: %[[END:.*]] = affine.min #[[$ROWS]]()[%{{.*}}]
// CHECK: scf.for %{{.*}} to %{{.*}} step
// CHECK: linalg.conv_1d_ncw_fcw {{.*}}, tensor<1x1x?xf32>)

// MORE-LABEL: @dynamic_filter
// MORE: scf.for
func.func @dynamic_filter(%x: tensor<1x1x4xf32>, %w: tensor<1x1x?xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<1x1x4xf32>, tensor<1x1x?xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
