// RUN: tconv-opt %s -tconv-fold-neighbours -canonicalize --split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-fold-neighbours --split-input-file \
// RUN:   --remarks-filter=tconv-fold-neighbours 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// Zeros in front of the input move the result by a stride each; what is cut off is padding.
// CHECK-LABEL: @pad_and_crop
// CHECK-SAME: (%[[X:.*]]: tensor<1x1x4xf32>, %[[W:.*]]: tensor<1x2x3xf32>)
// CHECK-NEXT: %[[Y:.*]] = tconv.conv_transpose %[[X]], %[[W]] stride [2] padding {{\[}}[-1, 1]]
// CHECK-SAME: -> tensor<1x2x9xf32>
// CHECK-NEXT: return %[[Y]]
// REMARK: a pad of zeros is in the padding
// REMARK: a crop is in the padding
func.func @pad_and_crop(%x: tensor<1x1x4xf32>, %w: tensor<1x2x3xf32>) -> tensor<1x2x9xf32> {
  %zero = arith.constant 0.0 : f32
  %padded = tensor.pad %x low[0, 0, 1] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %zero : f32
  } : tensor<1x1x4xf32> to tensor<1x1x5xf32>
  %y = tconv.conv_transpose %padded, %w stride [2]
      : (tensor<1x1x5xf32>, tensor<1x2x3xf32>) -> tensor<1x2x11xf32>
  %z = tensor.extract_slice %y[0, 0, 1] [1, 2, 9] [1, 1, 1]
      : tensor<1x2x11xf32> to tensor<1x2x9xf32>
  return %z : tensor<1x2x9xf32>
}

// -----

// Ones in front, a crop of channels, one of every second element, and one of a result that
// is used otherwise too, are none.
// CHECK-LABEL: @near_pads_and_crops
// CHECK: tensor.pad
// CHECK: tconv.conv_transpose
// CHECK: tensor.extract_slice
// CHECK: tconv.conv_transpose
// CHECK: tensor.extract_slice
// CHECK: tconv.conv_transpose
// CHECK: tensor.extract_slice
func.func @near_pads_and_crops(%x: tensor<1x1x4xf32>, %x5: tensor<1x1x5xf32>, %w: tensor<1x2x3xf32>)
    -> (tensor<1x1x11xf32>, tensor<1x2x5xf32>, tensor<1x2x9xf32>, tensor<1x2x11xf32>) {
  %one = arith.constant 1.0 : f32
  %padded = tensor.pad %x low[0, 0, 1] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %one : f32
  } : tensor<1x1x4xf32> to tensor<1x1x5xf32>
  %a = tconv.conv_transpose %padded, %w stride [2]
      : (tensor<1x1x5xf32>, tensor<1x2x3xf32>) -> tensor<1x2x11xf32>
  %channel = tensor.extract_slice %a[0, 1, 0] [1, 1, 11] [1, 1, 1]
      : tensor<1x2x11xf32> to tensor<1x1x11xf32>
  %b = tconv.conv_transpose %x5, %w stride [2]
      : (tensor<1x1x5xf32>, tensor<1x2x3xf32>) -> tensor<1x2x11xf32>
  %second = tensor.extract_slice %b[0, 0, 0] [1, 2, 5] [1, 1, 2]
      : tensor<1x2x11xf32> to tensor<1x2x5xf32>
  %c = tconv.conv_transpose %x5, %w stride [2] dilation [1]
      : (tensor<1x1x5xf32>, tensor<1x2x3xf32>) -> tensor<1x2x11xf32>
  %cut = tensor.extract_slice %c[0, 0, 1] [1, 2, 9] [1, 1, 1]
      : tensor<1x2x11xf32> to tensor<1x2x9xf32>
  return %channel, %second, %cut, %c
      : tensor<1x1x11xf32>, tensor<1x2x5xf32>, tensor<1x2x9xf32>, tensor<1x2x11xf32>
}

// -----

// A layer between two transposes is one of the other layout; a layer whose result is
// transposed otherwise is not.
// CHECK-LABEL: @transposes
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x4x5xf32>, %[[W:.*]]: tensor<3x2x2x2xf32>)
// CHECK-NEXT: tconv.conv_transpose %[[X]], %[[W]] stride [2, 2] :
// CHECK-NEXT: return
// CHECK-LABEL: @near_transposes
// CHECK: linalg.transpose
// CHECK: channels_last
// CHECK: linalg.transpose
func.func @transposes(%x: tensor<1x3x4x5xf32>, %w: tensor<3x2x2x2xf32>) -> tensor<1x2x8x10xf32> {
  %e = tensor.empty() : tensor<1x4x5x3xf32>
  %last = linalg.transpose ins(%x : tensor<1x3x4x5xf32>) outs(%e : tensor<1x4x5x3xf32>)
      permutation = [0, 2, 3, 1]
  %y = tconv.conv_transpose %last, %w stride [2, 2] channels_last
      : (tensor<1x4x5x3xf32>, tensor<3x2x2x2xf32>) -> tensor<1x8x10x2xf32>
  %f = tensor.empty() : tensor<1x2x8x10xf32>
  %z = linalg.transpose ins(%y : tensor<1x8x10x2xf32>) outs(%f : tensor<1x2x8x10xf32>)
      permutation = [0, 3, 1, 2]
  return %z : tensor<1x2x8x10xf32>
}
func.func @near_transposes(%x: tensor<1x3x4x5xf32>, %w: tensor<3x2x2x2xf32>)
    -> tensor<1x2x10x8xf32> {
  %e = tensor.empty() : tensor<1x4x5x3xf32>
  %last = linalg.transpose ins(%x : tensor<1x3x4x5xf32>) outs(%e : tensor<1x4x5x3xf32>)
      permutation = [0, 2, 3, 1]
  %y = tconv.conv_transpose %last, %w stride [2, 2] channels_last
      : (tensor<1x4x5x3xf32>, tensor<3x2x2x2xf32>) -> tensor<1x8x10x2xf32>
  %f = tensor.empty() : tensor<1x2x10x8xf32>
  %z = linalg.transpose ins(%y : tensor<1x8x10x2xf32>) outs(%f : tensor<1x2x10x8xf32>)
      permutation = [0, 3, 2, 1]
  return %z : tensor<1x2x10x8xf32>
}

// -----

// A batch normalization, here (y - mean) / sqrt(variance + 0.75) * gamma + beta, and the bias
// before it: scales of 2 and 4 (the groups have one output channel each), shifts of
// (1 - 2)*2 + 5 and (1 - 3)*4 + 7.
// CHECK-LABEL: @normalization
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[\[}}2.000000e+00, 4.000000e+00]], {{\[\[}}1.200000e+01, 1.600000e+01]]]> : tensor<2x1x2xf32>
// CHECK-DAG: %[[B:.*]] = arith.constant dense<[3.000000e+00, -1.000000e+00]> : tensor<2xf32>
// CHECK: tconv.conv_transpose %{{.*}}, %[[W]], %[[B]] stride [2] groups 2
// CHECK-NEXT: return
#identity = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#channel = affine_map<(d0, d1, d2) -> (d1)>
#unit = affine_map<(d0, d1, d2) -> (0, d1, 0)>
func.func @normalization(%x: tensor<1x2x3xf32>) -> tensor<1x2x6xf32> {
  %w = arith.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %b = arith.constant dense<1.0> : tensor<2xf32>
  %mean = arith.constant dense<[2.0, 3.0]> : tensor<2xf32>
  %variance = arith.constant dense<[[[3.25], [0.25]]]> : tensor<1x2x1xf32>
  %epsilon = arith.constant dense<0.75> : tensor<1x2x1xf32>
  %sum = arith.addf %variance, %epsilon : tensor<1x2x1xf32>
  %inverse = math.rsqrt %sum : tensor<1x2x1xf32>
  %gamma = arith.constant dense<4.0> : tensor<2xf32>
  %beta = arith.constant dense<[5.0, 7.0]> : tensor<2xf32>
  %y = tconv.conv_transpose %x, %w, %b stride [2] groups 2
      : (tensor<1x2x3xf32>, tensor<2x1x2xf32>, tensor<2xf32>) -> tensor<1x2x6xf32>
  %e = tensor.empty() : tensor<1x2x6xf32>
  %means = linalg.broadcast ins(%mean : tensor<2xf32>) outs(%e : tensor<1x2x6xf32>)
      dimensions = [0, 2]
  %centered = arith.subf %y, %means : tensor<1x2x6xf32>
  %z = linalg.generic {indexing_maps = [#identity, #unit, #channel, #channel, #identity],
                       iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%centered, %inverse, %gamma, %beta
          : tensor<1x2x6xf32>, tensor<1x2x1xf32>, tensor<2xf32>, tensor<2xf32>)
      outs(%e : tensor<1x2x6xf32>) {
  ^bb0(%in: f32, %i: f32, %g: f32, %s: f32, %out: f32):
    %0 = arith.mulf %in, %i : f32
    %1 = arith.mulf %0, %g : f32
    %2 = arith.addf %1, %s : f32
    linalg.yield %2 : f32
  } -> tensor<1x2x6xf32>
  return %z : tensor<1x2x6xf32>
}

// -----

// A filter that is an argument takes no scale, a bias that is one takes a shift; constants
// that differ along the width, infinite ones, and other functions end the chain.
// CHECK-LABEL: @ends
// CHECK: %[[SHIFTED:.*]] = arith.addf
// CHECK: %[[A:.*]] = tconv.conv_transpose %{{.*}}, %{{.*}}, %[[SHIFTED]]
// CHECK: %[[B:.*]] = arith.mulf %[[A]]
// CHECK: tconv.conv_transpose
// CHECK: arith.addf
// CHECK: tconv.conv_transpose
// CHECK: arith.mulf
// CHECK: tconv.conv_transpose
// CHECK: arith.maximumf
func.func @ends(%x: tensor<1x1x2xf32>, %w: tensor<1x1x2xf32>, %b: tensor<1xf32>)
    -> (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>) {
  %two = arith.constant dense<2.0> : tensor<1x1x4xf32>
  %along = arith.constant dense<[[[1.0, 2.0, 3.0, 4.0]]]> : tensor<1x1x4xf32>
  %infinite = arith.constant dense<0x7F800000> : tensor<1x1x4xf32>
  %known = arith.constant dense<1.0> : tensor<1x1x2xf32>
  %a = tconv.conv_transpose %x, %w, %b stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %a1 = arith.addf %a, %two : tensor<1x1x4xf32>
  %a2 = arith.mulf %a1, %two : tensor<1x1x4xf32>
  %c = tconv.conv_transpose %x, %known stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %c1 = arith.addf %c, %along : tensor<1x1x4xf32>
  %d = tconv.conv_transpose %x, %known stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %d1 = arith.mulf %d, %infinite : tensor<1x1x4xf32>
  %e = tconv.conv_transpose %x, %known stride [2]
      : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  %e1 = arith.maximumf %e, %two : tensor<1x1x4xf32>
  return %a2, %c1, %d1, %e1
      : tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>
}

// -----

// A number that was widened, rounded and repeated is a uniform one.
// CHECK-LABEL: @uniform
// CHECK: %[[FILL:.*]] = linalg.fill ins(%{{.*}} : f32)
// CHECK: arith.mulf %{{.*}}, %[[FILL]]
func.func @uniform(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %slope = arith.constant dense<0.01> : tensor<1xf64>
  %rounded = arith.truncf %slope : tensor<1xf64> to tensor<1xf32>
  %number = tensor.collapse_shape %rounded [] : tensor<1xf32> into tensor<f32>
  %e = tensor.empty() : tensor<2x3xf32>
  %slopes = linalg.broadcast ins(%number : tensor<f32>) outs(%e : tensor<2x3xf32>)
      dimensions = [0, 1]
  %y = arith.mulf %x, %slopes : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// What stands for zero in a layer of bytes is its zero point, and nothing else.
// CHECK-LABEL: @pad_of_zero_points
// CHECK: %[[B:.*]] = tensor.pad
// CHECK: tconv.conv_transpose %{{.*}}, %{{.*}} padding {{\[}}[-1, 0]] input_zero_point 200 input_unsigned
// CHECK: tconv.conv_transpose %[[B]], %{{[^ ]*}} input_zero_point -56 :
func.func @pad_of_zero_points(%x: tensor<1x1x4xi8>, %w: tensor<1x1x3xi8>)
    -> (tensor<1x1x7xi32>, tensor<1x1x7xi32>) {
  %byte = arith.constant -56 : i8
  %zero = arith.constant 0 : i8
  %a = tensor.pad %x low[0, 0, 1] high[0, 0, 0] {
  ^bb0(%n: index, %c: index, %i: index):
    tensor.yield %byte : i8
  } : tensor<1x1x4xi8> to tensor<1x1x5xi8>
  %b = tensor.pad %x low[0, 0, 1] high[0, 0, 0] {
  ^bb0(%n: index, %c: index, %i: index):
    tensor.yield %zero : i8
  } : tensor<1x1x4xi8> to tensor<1x1x5xi8>
  %y = tconv.conv_transpose %a, %w input_zero_point 200 input_unsigned
      : (tensor<1x1x5xi8>, tensor<1x1x3xi8>) -> tensor<1x1x7xi32>
  %z = tconv.conv_transpose %b, %w input_zero_point -56
      : (tensor<1x1x5xi8>, tensor<1x1x3xi8>) -> tensor<1x1x7xi32>
  return %y, %z : tensor<1x1x7xi32>, tensor<1x1x7xi32>
}
