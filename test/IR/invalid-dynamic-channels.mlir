// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// Channel counts that contradict each other although the filter's are dynamic: nothing
// at run time could make them fit, and IR that assumes one of them would be malformed.

// C12, C14: Co is a multiple of groups.
func.func @groups_divide_output_channels(%x: tensor<1x?x4xf32>, %w: tensor<?x?x4xf32>) {
  // expected-error @+1 {{expected groups to divide the 4 output channels, got 3}}
  %y = tconv.conv_transpose %x, %w groups 3 : (tensor<1x?x4xf32>, tensor<?x?x4xf32>) -> tensor<1x4x7xf32>
  return
}

// -----

// C12
func.func @groups_divide_bias(%x: tensor<1x?x4xf32>, %w: tensor<?x?x4xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{expected groups to divide the 4 output channels, got 3}}
  %y = tconv.conv_transpose %x, %w, %b groups 3
      : (tensor<1x?x4xf32>, tensor<?x?x4xf32>, tensor<4xf32>) -> tensor<1x?x7xf32>
  return
}

// -----

// C12, C14
func.func @bias_and_output_channels(%x: tensor<1x1x4xf32>, %w: tensor<1x?x4xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{expected a bias of 5 elements, as the result has channels, got 4}}
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf32>, tensor<1x?x4xf32>, tensor<4xf32>) -> tensor<1x5x7xf32>
  return
}

// -----

// C9, C14
func.func @output_channels_0(%x: tensor<1x1x4xf32>, %w: tensor<1x?x4xf32>) {
  // expected-error @+1 {{expected at least 1 output channel, got 0}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x?x4xf32>) -> tensor<1x0x7xf32>
  return
}

// -----

// C9, C12
func.func @bias_0(%x: tensor<1x1x4xf32>, %w: tensor<1x?x4xf32>, %b: tensor<0xf32>) {
  // expected-error @+1 {{expected at least 1 output channel, got 0}}
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf32>, tensor<1x?x4xf32>, tensor<0xf32>) -> tensor<1x?x7xf32>
  return
}
