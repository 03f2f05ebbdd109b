// RUN: tconv-opt %s --allow-unregistered-dialect -tconv-raise-stablehlo -split-input-file \
// RUN:   -verify-diagnostics

// No dialect has verified these: what contradicts StableHLO's specification is an error.

func.func @case0(%x: tensor<*xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected ranked tensors}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<*xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case1(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3xf32> {
  // expected-error @+1 {{expected an input, a filter and a result of the same rank, got 'tensor<1x2x3xf32>', 'tensor<3x2x2xf32>' and 'tensor<1x3xf32>'}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// -----

func.func @case2(%x: tensor<1x2x3xcomplex<f32>>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected integers or floats}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xcomplex<f32>>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case3(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected dimension_numbers = #stablehlo.conv<...>}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case4(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected dimension_numbers like #stablehlo.conv<[b, f, 0]x[0, i, o]->[b, f, 0]>, got conv<[b, b, 0]x[o, i, 0]->[b, f, 0]>}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, b, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case5(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected dimension_numbers of rank 3, got conv<[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]>}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case6(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected feature_group_count of at least 1, got none}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case7(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected feature_group_count of at least 1, got 0}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 0 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case8(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected batch_group_count of at least 1, got -1}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = -1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case9(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected groups of features or of batches, got both}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 2 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 2 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case10(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected 1 integers of lhs_dilation, got 2}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2, 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case11(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected lhs_dilation of at least 1, got 0}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 0>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case12(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected padding of shape 1x2}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case13(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected 1 flags of window_reversal}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>, window_reversal = array<i1: true, false>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case14(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected numbers below 2^40, got 1099511627776}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 1099511627776>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case15(%x: tensor<1x2x3xf32>, %w: tensor<3x4x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected a filter with 2/1 inputs, got 4}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x4x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case16(%x: tensor<1x2x3xf32>, %w: tensor<3x1x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected groups that divide the 3 outputs of the filter, got 2}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 2 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x1x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case17(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected groups that divide the batch of 1, got 3}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 3 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @case18(%x: tensor<1x2x3xf32>, %w: tensor<3x2x2xf32>) -> tensor<1x3x7xf32> {
  // expected-error @+1 {{expected a result of 'tensor<1x3x6xf32>', got 'tensor<1x3x7xf32>'}}
  %y = "stablehlo.convolution"(%x, %w) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2>, padding = dense<1> : tensor<1x2xi64>}>
      : (tensor<1x2x3xf32>, tensor<3x2x2xf32>) -> tensor<1x3x7xf32>
  return %y : tensor<1x3x7xf32>
}

// -----

func.func @operands(%x: tensor<1x2x3xf32>) -> tensor<1x3x6xf32> {
  // expected-error @+1 {{expected two operands and a result}}
  %y = "stablehlo.convolution"(%x) : (tensor<1x2x3xf32>) -> tensor<1x3x6xf32>
  return %y : tensor<1x3x6xf32>
}

// -----

func.func @result(%x: tensor<2xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{expected a result of 'tensor<4xf32>', got 'tensor<3xf32>'}}
  %y = "stablehlo.concatenate"(%x, %x) <{dimension = 0 : i64}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
