// RUN: tconv-opt %s -tconv-insert-zeros -split-input-file -verify-diagnostics
// RUN: tconv-opt %s -tconv-decompose-phases -split-input-file -verify-diagnostics

// Operands and result fit 2^63 bytes, but the padded input of either form does not.

func.func @padded_input(%x: tensor<1x1x1xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x1xf32> {
  // expected-error @+1 {{expected intermediate tensors of less than 2^63 bytes}}
  %y = tconv.conv_transpose %x, %w dilation [1152921504606846976] padding [[1152921504606846976, 0]]
      : (tensor<1x1x1xf32>, tensor<1x1x2xf32>) -> tensor<1x1x1xf32>
  return %y : tensor<1x1x1xf32>
}

// -----

// Dynamic sizes count as one: what overflows then, overflows always.
func.func @dynamic(%x: tensor<?x?x1xf32>, %w: tensor<?x?x2xf32>) -> tensor<?x?x1xf32> {
  // expected-error @+1 {{expected intermediate tensors of less than 2^63 bytes}}
  %y = tconv.conv_transpose %x, %w dilation [1152921504606846976] padding [[1152921504606846976, 0]]
      : (tensor<?x?x1xf32>, tensor<?x?x2xf32>) -> tensor<?x?x1xf32>
  return %y : tensor<?x?x1xf32>
}
