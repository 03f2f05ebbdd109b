// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// What the parser of the pretty form refuses.

func.func @unknown_clause(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected stride, padding, dilation, output_padding, groups, schedule, gpu_schedule, input_zero_point, filter_zero_point, input_unsigned, channels_first or channels_last, got 'strides'}}
  %y = tconv.conv_transpose %x, %x strides [1] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @clause_twice(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 'stride' only once}}
  %y = tconv.conv_transpose %x, %x stride [1] stride [1] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @padding_twice(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 'padding' only once}}
  %y = tconv.conv_transpose %x, %x padding [0] padding [[0, 0]] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @layout_twice(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected one layout, got 'channels_last' too}}
  %y = tconv.conv_transpose %x, %x channels_first channels_last : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @one_operand(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input, a filter and at most a bias, got 1 operands}}
  %y = tconv.conv_transpose %x : (tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @four_operands(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input, a filter and at most a bias, got 4 operands}}
  %y = tconv.conv_transpose %x, %x, %x, %x : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @unranked_input(%x: tensor<*xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input of ranked tensor type}}
  %y = tconv.conv_transpose %x, %w : (tensor<*xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @no_input_type(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input of ranked tensor type}}
  %y = tconv.conv_transpose %x, %x : () -> tensor<1x1x7xf32>
  return
}

// -----

func.func @number_of_types(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{number of operands and types do not match: got 2 operands and 1 types}}
  %y = tconv.conv_transpose %x, %x : (tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @three_paddings(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected ']'}}
  %y = tconv.conv_transpose %x, %x padding [[0, 0, 0]] : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @no_list(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected '['}}
  %y = tconv.conv_transpose %x, %x stride 1 : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @number_too_large(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{integer value too large}}
  %y = tconv.conv_transpose %x, %x groups 9223372036854775808 : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// A rank without spatial dimensions has defaults of no entries, and is refused by the verifier.
func.func @rank_0(%x: tensor<f32>) {
  // expected-error @+1 {{got rank 0}}
  %y = tconv.conv_transpose %x, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @schedule_twice(%x: tensor<1x1x4xf32>) {
  // expected-error @+3 {{expected 'schedule' only once}}
  %y = tconv.conv_transpose %x, %x
      schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
      schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}
