// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// The generic form can say anything; none of it may get past the verifier, or crash it.

func.func @memref_operand(%0: memref<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of any type values, but got 'memref<1x1x4xf32>'}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (memref<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @unranked_filter(%0: tensor<1x1x4xf32>, %1: tensor<*xf32>) {
  // expected-error @+1 {{operand #1 must be ranked tensor of any type values, but got 'tensor<*xf32>'}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<*xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @unranked_bias(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>, %2: tensor<*xf32>) {
  // expected-error @+1 {{operand #2 must be ranked tensor of any type values, but got 'tensor<*xf32>'}}
  "tconv.conv_transpose"(%0, %1, %2) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<*xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @scalar_result(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{result #0 must be ranked tensor of any type values, but got 'f32'}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> f32
  return
}

// -----

func.func @one_operand(%0: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 2 or more operands, but found 1}}
  "tconv.conv_transpose"(%0) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @four_operands(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>, %2: tensor<1xf32>, %3: tensor<1xf32>) {
  // expected-error @+1 {{operand group starting at #2 requires 0 or 1 element, but found 2}}
  "tconv.conv_transpose"(%0, %1, %2, %3) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @no_result(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{requires one result}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> ()
  return
}

// -----

func.func @two_results(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{requires one result}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> (tensor<1x1x7xf32>, tensor<1x1x7xf32>)
  return
}

// -----

func.func @rank_0(%0: tensor<f32>, %1: tensor<f32>) {
  // expected-error @+1 {{got rank 0}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @missing_stride(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{requires attribute 'stride'}}
  "tconv.conv_transpose"(%0, %1) <{padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @missing_groups(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{requires attribute 'groups'}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @missing_layout(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{requires attribute 'layout'}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @empty_padding(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of padding_begin, one for each spatial dimension, got 0}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @empty_padding_end(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected 1 values of padding_end, one for each spatial dimension, got 0}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @stride_of_i32(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{Invalid attribute `stride` in property conversion}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i32: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @groups_of_i32(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{attribute 'groups' failed to satisfy constraint: 64-bit signless integer attribute}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i32, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @layout_string(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{Invalid attribute `layout` in property conversion}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = "channels_first"}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @stride_min(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected stride >= 1 in spatial dimension 0, got -9223372036854775808}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: -9223372036854775808>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @padding_min(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{which overflows 64 bits}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: -9223372036854775808>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @paddings_max(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{which overflows 64 bits}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 9223372036854775807>, padding_end = array<i64: 9223372036854775807>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @dilation_max(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{which overflows 64 bits}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 9223372036854775807>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @output_padding_max(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{which overflows 64 bits}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 9223372036854775807>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 9223372036854775806>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @groups_min(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected groups >= 1, got -9223372036854775808}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = -9223372036854775808 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @groups_max(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected groups to divide the 1 input channels, got 9223372036854775807}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 9223372036854775807 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @output_size_0(%0: tensor<1x1x4xf32>, %1: tensor<1x1x4xf32>) {
  // expected-error @+1 {{got 0}}
  "tconv.conv_transpose"(%0, %1) <{stride = array<i64: 1>, padding_begin = array<i64: 0>, padding_end = array<i64: 0>, dilation = array<i64: 1>, output_padding = array<i64: 0>, groups = 1 : i64, layout = #tconv.layout<channels_first>}>
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x0xf32>
  return
}

// -----

// expected-error @+2 {{to be one of: channels_first, channels_last}}
// expected-error @+1 {{failed to parse}}
func.func private @unknown_layout() attributes {layout = #tconv.layout<nchw>}
