// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// One function for each way of violating each constraint of the op's documentation.

// C1: at least a batch, the channels and one spatial dimension.
func.func @rank_2(%x: tensor<4x4xf32>, %w: tensor<4x4xf32>) {
  // expected-error @+1 {{expected an input of rank 3, 4 or 5 (batch, channels and 1 to 3 spatial sizes), got rank 2}}
  %y = tconv.conv_transpose %x, %w : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return
}

// -----

// C1: at most three spatial dimensions.
func.func @rank_6(%x: tensor<1x1x1x1x1x1xf32>, %w: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @+1 {{got rank 6}}
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32>) -> tensor<1x1x1x1x1x1xf32>
  return
}

// -----

// C1: a missing batch dimension, which the filter's rank gives away.
func.func @no_batch(%x: tensor<1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input with a batch dimension, [batch, channels and 1 spatial sizes], got tensor<1x4xf32>: give it a batch of 1 with tensor.expand_shape}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C2
func.func @filter_rank(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected a filter of rank 4 as the input, got rank 3}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7x7xf32>
  return
}

// -----

// C2
func.func @result_rank(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected a result of rank 3 as the input, got rank 4}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7x7xf32>
  return
}

// -----

// C3: a type that is not supported.
func.func @input_type(%x: tensor<1x1x4xi16>, %w: tensor<1x1x4xi16>) {
  // expected-error @+1 {{expected an input of f64, f32, f16, bf16 or i8, got i16}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xi16>, tensor<1x1x4xi16>) -> tensor<1x1x7xf32>
  return
}

// -----

// C3: i8 is signless.
func.func @input_signedness(%x: tensor<1x1x4xui8>, %w: tensor<1x1x4xui8>) {
  // expected-error @+1 {{expected an input of f64, f32, f16, bf16 or i8, got ui8}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xui8>, tensor<1x1x4xui8>) -> tensor<1x1x7xf32>
  return
}

// -----

// C3
func.func @filter_type(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf16>) {
  // expected-error @+1 {{expected a filter of f32 as the input, got f16}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x4xf16>) -> tensor<1x1x7xf32>
  return
}

// -----

// C4
func.func @result_type(%x: tensor<1x1x4xf16>, %w: tensor<1x1x4xf16>) {
  // expected-error @+1 {{expected a result of f16 for an input of f16, got f32}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf16>, tensor<1x1x4xf16>) -> tensor<1x1x7xf32>
  return
}

// -----

// C4: i8 is accumulated in i32.
func.func @result_type_i8(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) {
  // expected-error @+1 {{expected a result of i32 for an input of i8, got i8}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi8>
  return
}

// -----

// C4
func.func @bias_type(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>, %b: tensor<1xf64>) {
  // expected-error @+1 {{expected a bias of f32 as the result, got f64}}
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1xf64>) -> tensor<1x1x7xf32>
  return
}

// -----

// C5
func.func @stride_length(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of stride, one for each spatial dimension, got 2}}
  %y = tconv.conv_transpose %x, %w stride [1, 1]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C5
func.func @padding_begin_length(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of padding_begin, one for each spatial dimension, got 2}}
  %y = tconv.conv_transpose %x, %w padding [0, 0]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C5
func.func @dilation_length(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of dilation, one for each spatial dimension, got 0}}
  %y = tconv.conv_transpose %x, %w dilation []
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C5
func.func @output_padding_length(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of output_padding, one for each spatial dimension, got 3}}
  %y = tconv.conv_transpose %x, %w output_padding [0, 0, 0]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C6
func.func @stride_0(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected stride >= 1 in spatial dimension 0, got 0}}
  %y = tconv.conv_transpose %x, %w stride [0]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C6: the dimension is named.
func.func @dilation_negative(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{expected dilation >= 1 in spatial dimension 1, got -1}}
  %y = tconv.conv_transpose %x, %w dilation [1, -1]
      : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x7x7xf32>
  return
}

// -----

// C7
func.func @output_padding_negative(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 0 <= output_padding < max(stride, dilation) = 1 in spatial dimension 0, got -1}}
  %y = tconv.conv_transpose %x, %w output_padding [-1]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C7
func.func @output_padding_too_large(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 0 <= output_padding < max(stride, dilation) = 3 in spatial dimension 0, got 3}}
  %y = tconv.conv_transpose %x, %w stride [2] dilation [3] output_padding [3]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return
}

// -----

// C8
func.func @groups_0(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected groups >= 1, got 0}}
  %y = tconv.conv_transpose %x, %w groups 0
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C8
func.func @groups_negative(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected groups >= 1, got -2}}
  %y = tconv.conv_transpose %x, %w groups -2
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C9
func.func @input_channels_0(%x: tensor<1x0x4xf32>, %w: tensor<0x1x4xf32>) {
  // expected-error @+1 {{expected channels and spatial sizes of at least 1, got an input of tensor<1x0x4xf32>}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x0x4xf32>, tensor<0x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C9
func.func @input_size_0(%x: tensor<1x0x1xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected channels and spatial sizes of at least 1, got an input of tensor<1x0x1xf32>}}
  %y = tconv.conv_transpose %x, %w channels_last
      : (tensor<1x0x1xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C9
func.func @filter_channels_0(%x: tensor<1x1x4xf32>, %w: tensor<1x0x4xf32>) {
  // expected-error @+1 {{expected filter sizes of at least 1, got tensor<1x0x4xf32>}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x0x4xf32>) -> tensor<1x0x7xf32>
  return
}

// -----

// C9
func.func @filter_size_0(%x: tensor<1x1x4xf32>, %w: tensor<1x1x0xf32>) {
  // expected-error @+1 {{expected filter sizes of at least 1, got tensor<1x1x0xf32>}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x0xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C10
func.func @input_channels(%x: tensor<1x2x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 2 input channels in dimension 0 of the filter, got 1}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x2x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C10: with channels last, the channels are the last dimension.
func.func @input_channels_last(%x: tensor<1x4x2xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 2 input channels in dimension 0 of the filter, got 1}}
  %y = tconv.conv_transpose %x, %w channels_last
      : (tensor<1x4x2xf32>, tensor<1x1x4xf32>) -> tensor<1x7x1xf32>
  return
}

// -----

// C11
func.func @groups_divide(%x: tensor<1x4x4xf32>, %w: tensor<4x1x4xf32>) {
  // expected-error @+1 {{expected groups to divide the 4 input channels, got 3}}
  %y = tconv.conv_transpose %x, %w groups 3
      : (tensor<1x4x4xf32>, tensor<4x1x4xf32>) -> tensor<1x3x7xf32>
  return
}

// -----

// C11: the filter alone tells it, too.
func.func @groups_divide_dynamic(%x: tensor<1x?x4xf32>, %w: tensor<4x1x4xf32>) {
  // expected-error @+1 {{expected groups to divide the 4 input channels, got 3}}
  %y = tconv.conv_transpose %x, %w groups 3
      : (tensor<1x?x4xf32>, tensor<4x1x4xf32>) -> tensor<1x3x7xf32>
  return
}

// -----

// C12
func.func @bias_rank(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>, %b: tensor<1x1xf32>) {
  // expected-error @+1 {{expected a bias of rank 1, got tensor<1x1xf32>}}
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C12
func.func @bias_size(%x: tensor<1x2x4xf32>, %w: tensor<2x2x4xf32>, %b: tensor<2xf32>) {
  // expected-error @+1 {{expected a bias of 4 = groups * filter.dim(1) elements, got 2}}
  %y = tconv.conv_transpose %x, %w, %b groups 2
      : (tensor<1x2x4xf32>, tensor<2x2x4xf32>, tensor<2xf32>) -> tensor<1x4x7xf32>
  return
}

// -----

// C13
func.func @batch(%x: tensor<2x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected a result with the input's batch 2, got 1}}
  %y = tconv.conv_transpose %x, %w : (tensor<2x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C14
func.func @output_channels(%x: tensor<1x2x4xf32>, %w: tensor<2x2x4xf32>) {
  // expected-error @+1 {{expected a result with 4 = groups * filter.dim(1) channels, got 2}}
  %y = tconv.conv_transpose %x, %w groups 2
      : (tensor<1x2x4xf32>, tensor<2x2x4xf32>) -> tensor<1x2x7xf32>
  return
}

// -----

// C15: the message shows the formula with its numbers.
func.func @output_size(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected a result of size 11 in spatial dimension 0, (I - 1)*s - pb - pe + d*(K - 1) + op + 1 = (4 - 1)*2 - 0 + 1 + 1*(4 - 1) + 0 + 1 = 11, got 9}}
  %y = tconv.conv_transpose %x, %w stride [2] padding [[0, -1]]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x9xf32>
  return
}

// -----

// C15: nothing is left of the result.
func.func @output_empty(%x: tensor<1x1x2xf32>, %w: tensor<1x1x2xf32>) {
  // expected-error @+1 {{expected an output size of at least 1 in spatial dimension 0, got (I - 1)*s - pb - pe + d*(K - 1) + op + 1 = (2 - 1)*2 - 2 - 2 + 1*(2 - 1) + 0 + 1 = 0}}
  %y = tconv.conv_transpose %x, %w stride [2] padding [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
  return
}

// -----

// C15: whatever the input's size is, the result must not be empty.
func.func @output_declared_empty(%x: tensor<1x1x?xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an output size of at least 1 in spatial dimension 0, got a result of tensor<1x1x0xf32>}}
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x?xf32>, tensor<1x1x4xf32>) -> tensor<1x1x0xf32>
  return
}

// -----

// C16: an output size.
func.func @output_size_overflow(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected attributes and sizes with which no size exceeds 63 bits in spatial dimension 0, got (I - 1)*s - pb - pe + d*(K - 1) + op + 1 = (4 - 1)*9223372036854775807 - 0 - 0 + 1*(4 - 1) + 0 + 1, which overflows 64 bits}}
  %y = tconv.conv_transpose %x, %w stride [9223372036854775807]
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x?xf32>
  return
}

// -----

// C16: channels.
func.func @channels_overflow(%x: tensor<1x2x4xf32>, %w: tensor<2x9223372036854775807x4xf32>) {
  // expected-error @+1 {{expected output channels below 2^63, got 9223372036854775807 * 2}}
  %y = tconv.conv_transpose %x, %w groups 2
      : (tensor<1x2x4xf32>, tensor<2x9223372036854775807x4xf32>) -> tensor<1x?x7xf32>
  return
}

// -----

// C16: a tensor's bytes.
func.func @bytes_overflow(%x: tensor<9223372036854775807x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected tensors of less than 2^63 bytes, got tensor<9223372036854775807x1x4xf32>}}
  %y = tconv.conv_transpose %x, %w
      : (tensor<9223372036854775807x1x4xf32>, tensor<1x1x4xf32>) -> tensor<9223372036854775807x1x7xf32>
  return
}

// -----

// C17
func.func @encoding(%x: tensor<1x1x4xf32, "nhwc">, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected tensors without an encoding, got tensor<1x1x4xf32, "nhwc">}}
  %y = tconv.conv_transpose %x, %w
      : (tensor<1x1x4xf32, "nhwc">, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C17: of the bias, too.
func.func @bias_encoding(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>, %b: tensor<1xf32, "a">) {
  // expected-error @+1 {{expected tensors without an encoding, got tensor<1xf32, "a">}}
  %y = tconv.conv_transpose %x, %w, %b
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1xf32, "a">) -> tensor<1x1x7xf32>
  return
}

// -----

// C18
func.func @float_zero_point(%x: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected an input of i8 for zero points and input_unsigned, got f32}}
  %y = tconv.conv_transpose %x, %w input_zero_point 1
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

// C19
func.func @input_zero_point(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) {
  // expected-error @+1 {{expected an input_zero_point from -128 to 127, got 128}}
  %y = tconv.conv_transpose %x, %w input_zero_point 128
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return
}

// -----

// C19
func.func @unsigned_zero_point(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) {
  // expected-error @+1 {{expected an input_zero_point from 0 to 255, got -1}}
  %y = tconv.conv_transpose %x, %w input_zero_point -1 input_unsigned
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return
}

// -----

// C19
func.func @filter_zero_point(%x: tensor<1x1x4xi8>, %w: tensor<1x1x4xi8>) {
  // expected-error @+1 {{expected a filter_zero_point from -128 to 127, got -129}}
  %y = tconv.conv_transpose %x, %w filter_zero_point -129
      : (tensor<1x1x4xi8>, tensor<1x1x4xi8>) -> tensor<1x1x7xi32>
  return
}
