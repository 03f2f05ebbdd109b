// RUN: tconv-opt %s -split-input-file -tconv-select-schedule=target-cpu=x86-64-v3 -tconv-form-kernels -tconv-fuse-epilogues | FileCheck %s
// RUN: tconv-opt %s -split-input-file -tconv-select-schedule=target-cpu=x86-64-v3 -tconv-form-kernels -tconv-fuse-epilogues -remarks-filter="tconv-fuse-.*" -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// The example of the documentation: the kernel takes the place of the op behind it.
// CHECK-LABEL: @relu
// CHECK: %[[Y:.*]] = tconv.kernel
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
// CHECK-NEXT: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK-NEXT: %[[R:.*]] = arith.maximumf %[[SUM]], %[[ZERO]] : f32
// CHECK-NEXT: tconv.yield %[[R]] : f32
// CHECK-NEXT: } -> tensor<1x1x5xf32>
// CHECK: return %[[Y]]
// REMARK: [Passed] epilogue | Category:tconv-fuse-epilogues | Remark="fused into the stores: arith.maximumf"
func.func @relu(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %zeros = arith.constant dense<0.0> : tensor<1x1x5xf32>
  %r = arith.maximumf %y, %zeros : tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// x * sigmoid(x): the result is used twice on the way, and nowhere else.
// CHECK-LABEL: @silu
// CHECK: ^bb0(%[[SUM:.*]]: f32):
// CHECK: %[[N:.*]] = arith.negf %[[SUM]]
// CHECK: %[[E:.*]] = math.exp %[[N]]
// CHECK: %[[D:.*]] = arith.addf %[[E]], %
// CHECK: %[[S:.*]] = arith.divf %{{.*}}, %[[D]]
// CHECK: %[[R:.*]] = arith.mulf %[[SUM]], %[[S]]
// CHECK: tconv.yield %[[R]]
// REMARK: fused into the stores: arith.negf, math.exp, arith.addf, arith.divf, arith.mulf
func.func @silu(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %ones = arith.constant dense<1.0> : tensor<1x1x5xf32>
  %n = arith.negf %y : tensor<1x1x5xf32>
  %e = math.exp %n : tensor<1x1x5xf32>
  %d = arith.addf %e, %ones : tensor<1x1x5xf32>
  %s = arith.divf %ones, %d : tensor<1x1x5xf32>
  %r = arith.mulf %y, %s : tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// A comparison between has another type; the end has the result's.
// CHECK-LABEL: @leaky
// CHECK: %[[P:.*]] = arith.cmpf oge, %[[SUM:.*]], %{{.*}} : f32
// CHECK: %[[M:.*]] = arith.mulf %[[SUM]], %{{.*}} : f32
// CHECK: arith.select %[[P]], %[[SUM]], %[[M]] : f32
func.func @leaky(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %zeros = arith.constant dense<0.0> : tensor<1x1x5xf32>
  %slope = arith.constant dense<0.1> : tensor<1x1x5xf32>
  %p = arith.cmpf oge, %y, %zeros : tensor<1x1x5xf32>
  %m = arith.mulf %y, %slope : tensor<1x1x5xf32>
  %r = arith.select %p, %y, %m : tensor<1x1x5xi1>, tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// Linalg ops too, with constants from around them, and filled tensors.
#id = affine_map<(n, c, i) -> (n, c, i)>
// CHECK-LABEL: @linalg
// CHECK: ^bb0(%[[SUM:.*]]: f32):
// CHECK: %[[A:.*]] = arith.maximumf %[[SUM]], %{{.*}} : f32
// CHECK: %[[B:.*]] = math.exp %[[A]] : f32
// CHECK: %[[C:.*]] = arith.addf %[[B]], %{{.*}} : f32
// CHECK: tconv.yield %[[C]]
// REMARK: fused into the stores: linalg.generic, linalg.exp, linalg.map
func.func @linalg(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<1x1x5xf32>
  %ones = linalg.fill ins(%one : f32) outs(%empty : tensor<1x1x5xf32>) -> tensor<1x1x5xf32>
  %a = linalg.generic
      {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y : tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>) {
  ^bb0(%in: f32, %old: f32):
    %max = arith.maximumf %in, %zero : f32
    linalg.yield %max : f32
  } -> tensor<1x1x5xf32>
  %e = linalg.exp ins(%a : tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>) -> tensor<1x1x5xf32>
  %r = linalg.map { arith.addf } ins(%e, %ones : tensor<1x1x5xf32>, tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>)
  return %r : tensor<1x1x5xf32>
}

// -----

// Rounding to bf16 commutes with a maximum: none is needed before the stores.
// CHECK-LABEL: @bf16_relu
// CHECK: ^bb0(%[[SUM:.*]]: f32):
// CHECK-NEXT: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK-NEXT: %[[R:.*]] = arith.maximumf %[[SUM]], %[[ZERO]] : f32
// CHECK-NEXT: tconv.yield %[[R]] : f32
func.func @bf16_relu(%x: tensor<1x1x4xbf16>, %w: tensor<1x1x2xbf16>) -> tensor<1x1x5xbf16> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xbf16>, tensor<1x1x2xbf16>) -> tensor<1x1x5xbf16>
  %zeros = arith.constant dense<0.0> : tensor<1x1x5xbf16>
  %r = arith.maximumf %y, %zeros : tensor<1x1x5xbf16>
  return %r : tensor<1x1x5xbf16>
}

// -----

// It does not with a product or a sum: what is added to has been rounded.
// CHECK-LABEL: @bf16_scale_shift
// CHECK: ^bb0(%[[SUM:.*]]: f32):
// CHECK: %[[T:.*]] = arith.truncf %[[SUM]] : f32 to bf16
// CHECK: %[[E:.*]] = arith.extf %[[T]] : bf16 to f32
// CHECK: %[[M:.*]] = arith.mulf %[[E]], %{{.*}} : f32
// CHECK: %[[TM:.*]] = arith.truncf %[[M]] : f32 to bf16
// CHECK: %[[EM:.*]] = arith.extf %[[TM]] : bf16 to f32
// CHECK: %[[A:.*]] = arith.addf %[[EM]], %{{.*}} : f32
// CHECK: tconv.yield %[[A]] : f32
func.func @bf16_scale_shift(%x: tensor<1x1x4xbf16>, %w: tensor<1x1x2xbf16>) -> tensor<1x1x5xbf16> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xbf16>, tensor<1x1x2xbf16>) -> tensor<1x1x5xbf16>
  %scale = arith.constant dense<1.5> : tensor<1x1x5xbf16>
  %shift = arith.constant dense<3.0> : tensor<1x1x5xbf16>
  %m = arith.mulf %y, %scale : tensor<1x1x5xbf16>
  %r = arith.addf %m, %shift : tensor<1x1x5xbf16>
  return %r : tensor<1x1x5xbf16>
}

// -----

// What f32 could not stand for is done in f16; casts are what they say.
// CHECK-LABEL: @f16_remainder
// CHECK: arith.remf %{{.*}}, %{{.*}} : f16
// CHECK: %[[R:.*]] = arith.extf %{{.*}} : f16 to f32
// CHECK: %[[M:.*]] = arith.mulf %[[R]], %{{.*}} : f32
// CHECK: tconv.yield %[[M]] : f32
func.func @f16_remainder(%x: tensor<1x1x4xf16>, %w: tensor<1x1x2xf16>) -> tensor<1x1x5xf16> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf16>, tensor<1x1x2xf16>) -> tensor<1x1x5xf16>
  %three = arith.constant dense<3.0> : tensor<1x1x5xf16>
  %scale = arith.constant dense<0.3> : tensor<1x1x5xf32>
  %a = arith.remf %y, %three : tensor<1x1x5xf16>
  %wide = arith.extf %a : tensor<1x1x5xf16> to tensor<1x1x5xf32>
  %m = arith.mulf %wide, %scale : tensor<1x1x5xf32>
  %r = arith.truncf %m : tensor<1x1x5xf32> to tensor<1x1x5xf16>
  return %r : tensor<1x1x5xf16>
}

// -----

// Sums of i8 are i32.
// CHECK-LABEL: @i8
// CHECK: ^bb0(%[[SUM:.*]]: i32):
// CHECK: arith.maxsi %[[SUM]], %{{.*}} : i32
func.func @i8(%x: tensor<1x1x4xi8>, %w: tensor<1x1x2xi8>) -> tensor<1x1x5xi32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xi8>, tensor<1x1x2xi8>) -> tensor<1x1x5xi32>
  %zeros = arith.constant dense<0> : tensor<1x1x5xi32>
  %r = arith.maxsi %y, %zeros : tensor<1x1x5xi32>
  return %r : tensor<1x1x5xi32>
}

// -----

// The last op whose operands are known before the layer's result is ends the fusion.
// CHECK-LABEL: @partly
// CHECK: ^bb0
// CHECK-NEXT: math.absf
// CHECK-NEXT: tconv.yield
// CHECK: arith.addf %{{.*}}, %{{.*}} : tensor
// REMARK: fused into the stores: math.absf
func.func @partly(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %a = math.absf %y : tensor<1x1x5xf32>
  %empty = tensor.empty() : tensor<1x1x5xf32>
  %turned = linalg.transpose ins(%a : tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>)
      permutation = [1, 0, 2]
  %r = arith.addf %a, %turned : tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// Tensors that are known when the layer is computed are read beside the sums; the kernel moves
// behind what computes them.
// CHECK-LABEL: @residual
// CHECK-SAME: %[[OTHER:[^:]*]]: tensor<1x1x5xf32>
// CHECK: %[[S:.*]] = math.sqrt %[[OTHER]]
// CHECK-NEXT: %[[Y:.*]] = tconv.kernel {{.*}} neighbours(%[[S]], %[[OTHER]] : tensor<1x1x5xf32>, tensor<1x1x5xf32>) attributes
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[A:.*]]: f32, %[[B:.*]]: f32):
// CHECK-NEXT: %[[ADDED:.*]] = arith.addf %[[SUM]], %[[A]] : f32
// CHECK-NEXT: %[[R:.*]] = arith.mulf %[[B]], %[[ADDED]] : f32
// CHECK-NEXT: tconv.yield %[[R]] : f32
// CHECK: return %[[Y]]
// REMARK: fused into the stores: arith.addf, arith.mulf
func.func @residual(%other: tensor<1x1x5xf32>, %x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>)
    -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %s = math.sqrt %other : tensor<1x1x5xf32>
  %a = arith.addf %y, %s : tensor<1x1x5xf32>
  %r = arith.mulf %other, %a : tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// Two layers that are added: the first one is computed where the second one's sums are stored.
// CHECK-LABEL: @two_layers
// CHECK: %[[SECOND:.*]] = tconv.kernel ins({{[^)]*}}) outs({{[^)]*}}) attributes
// CHECK: tconv.kernel {{.*}} neighbours(%[[SECOND]] : tensor<1x1x5xf32>)
// REMARK: fused into the stores: arith.addf
func.func @two_layers(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %z = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %r = arith.addf %y, %z : tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// A neighbour of a narrow type is widened, which is exact.
// CHECK-LABEL: @bf16_residual
// CHECK: ^bb0(%[[SUM:.*]]: f32, %[[N:.*]]: bf16):
// CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[N]] : bf16 to f32
// CHECK-NEXT: %[[T:.*]] = arith.truncf %[[SUM]] : f32 to bf16
// CHECK-NEXT: %[[E:.*]] = arith.extf %[[T]] : bf16 to f32
// CHECK-NEXT: %[[R:.*]] = arith.addf %[[E]], %[[WIDE]] : f32
// CHECK-NEXT: tconv.yield %[[R]] : f32
func.func @bf16_residual(%x: tensor<1x1x4xbf16>, %w: tensor<1x1x2xbf16>, %other: tensor<1x1x5xbf16>)
    -> tensor<1x1x5xbf16> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xbf16>, tensor<1x1x2xbf16>) -> tensor<1x1x5xbf16>
  %r = arith.addf %y, %other : tensor<1x1x5xbf16>
  return %r : tensor<1x1x5xbf16>
}

// -----

// REMARK: [Missed] epilogue | Category:tconv-fuse-epilogues | Reason="a value between the sums and the stores has another use, by func.return", Remark="elementwise ops stay behind the layer"
// CHECK-LABEL: @other_use
// CHECK-NOT: ^bb0
// CHECK: math.absf
func.func @other_use(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>)
    -> (tensor<1x1x5xf32>, tensor<1x1x5xf32>) {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %r = math.absf %y : tensor<1x1x5xf32>
  return %r, %y : tensor<1x1x5xf32>, tensor<1x1x5xf32>
}

// -----

// Rescaling by channel to i8, in f32: the kernel stores bytes.
#id = affine_map<(n, c, i) -> (n, c, i)>
#channel = affine_map<(n, c, i) -> (0, c, 0)>
// CHECK-LABEL: @requantize
// CHECK: %[[S:.*]] = tensor.collapse_shape %{{.*}} {{\[}}[0, 1, 2]] : tensor<1x2x1xf32> into tensor<2xf32>
// CHECK: %[[INIT:.*]] = tensor.empty() : tensor<1x2x5xi8>
// CHECK: tconv.kernel {{.*}} outs(%[[INIT]] : tensor<1x2x5xi8>) neighbours(%[[S]] : tensor<2xf32>) attributes
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: i32, %[[SCALE:.*]]: f32):
// CHECK: %[[R:.*]] = arith.fptosi %{{.*}} : f32 to i8
// CHECK-NEXT: tconv.yield %[[R]] : i8
// CHECK-NEXT: -> tensor<1x2x5xi8>
func.func @requantize(%x: tensor<1x1x4xi8>, %w: tensor<1x2x2xi8>, %s: tensor<1x2x1xf32>)
    -> tensor<1x2x5xi8> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xi8>, tensor<1x2x2xi8>) -> tensor<1x2x5xi32>
  %empty = tensor.empty() : tensor<1x2x5xi8>
  %r = linalg.generic
      {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y, %s : tensor<1x2x5xi32>, tensor<1x2x1xf32>) outs(%empty : tensor<1x2x5xi8>) {
  ^bb0(%in: i32, %scale: f32, %old: i8):
    %low = arith.constant -128.0 : f32
    %high = arith.constant 127.0 : f32
    %f = arith.sitofp %in : i32 to f32
    %m = arith.mulf %f, %scale : f32
    %n = math.roundeven %m : f32
    %a = arith.maximumf %n, %low : f32
    %b = arith.minimumf %a, %high : f32
    %q = arith.fptosi %b : f32 to i8
    linalg.yield %q : i8
  } -> tensor<1x2x5xi8>
  return %r : tensor<1x2x5xi8>
}

// -----

// REMARK: the type changes from tensor<1x1x5xf32> to tensor<1x1x5xf64>, which kernels of f32 do not store
func.func @widen(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf64> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %r = arith.extf %y : tensor<1x1x5xf32> to tensor<1x1x5xf64>
  return %r : tensor<1x1x5xf64>
}

// -----

// A number for each image is none of those that are read beside the sums.
// REMARK: linalg.generic has an operand, number 1, that has neither the layer's shape nor a number for each channel, or that depends on the layer
#id = affine_map<(n, c, i) -> (n, c, i)>
#image = affine_map<(n, c, i) -> (n)>
func.func @scale_by_image(%x: tensor<2x1x4xf32>, %w: tensor<1x1x2xf32>, %s: tensor<2xf32>)
    -> tensor<2x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<2x1x4xf32>, tensor<1x1x2xf32>) -> tensor<2x1x5xf32>
  %empty = tensor.empty() : tensor<2x1x5xf32>
  %r = linalg.generic
      {indexing_maps = [#id, #image, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y, %s : tensor<2x1x5xf32>, tensor<2xf32>) outs(%empty : tensor<2x1x5xf32>) {
  ^bb0(%in: f32, %scale: f32, %old: f32):
    %m = arith.mulf %in, %scale : f32
    linalg.yield %m : f32
  } -> tensor<2x1x5xf32>
  return %r : tensor<2x1x5xf32>
}

// -----

// Vectors of i48 do not stand in memory as its elements do: they are no neighbours, and no results.
// CHECK-LABEL: @odd_integers
// CHECK: tconv.kernel {{.*}} outs(%{{.*}} : tensor<2x1x5xf64>) attributes
// CHECK: arith.fptosi
// REMARK: the type changes from tensor<2x1x5xf64> to tensor<2x1x5xi48>, which kernels of f64 do not store
func.func @odd_integers(%x: tensor<2x1x4xf64>, %w: tensor<1x1x2xf64>, %s: tensor<2x1x5xi48>)
    -> tensor<2x1x5xi16> {
  %y = tconv.conv_transpose %x, %w : (tensor<2x1x4xf64>, tensor<1x1x2xf64>) -> tensor<2x1x5xf64>
  %sums = arith.fptosi %y : tensor<2x1x5xf64> to tensor<2x1x5xi48>
  %shifted = arith.addi %sums, %s : tensor<2x1x5xi48>
  %r = arith.trunci %shifted : tensor<2x1x5xi48> to tensor<2x1x5xi16>
  return %r : tensor<2x1x5xi16>
}

// -----

// One number for all channels is repeated for each.
// CHECK-LABEL: @number
// CHECK: %[[N:.*]] = tensor.collapse_shape %{{.*}} [] : tensor<1xf32> into tensor<f32>
// CHECK: %[[S:.*]] = linalg.broadcast ins(%[[N]] : tensor<f32>) outs(%{{.*}} : tensor<3xf32>) dimensions = [0]
// CHECK: tconv.kernel {{.*}} neighbours(%[[S]] : tensor<3xf32>)
#id = affine_map<(n, i, c) -> (n, i, c)>
#number = affine_map<(n, i, c) -> (0)>
func.func @number(%x: tensor<2x4x1xf32>, %w: tensor<1x3x2xf32>, %s: tensor<1xf32>)
    -> tensor<2x5x3xf32> {
  %y = tconv.conv_transpose %x, %w channels_last
      : (tensor<2x4x1xf32>, tensor<1x3x2xf32>) -> tensor<2x5x3xf32>
  %empty = tensor.empty() : tensor<2x5x3xf32>
  %r = linalg.generic
      {indexing_maps = [#id, #number, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y, %s : tensor<2x5x3xf32>, tensor<1xf32>) outs(%empty : tensor<2x5x3xf32>) {
  ^bb0(%in: f32, %scale: f32, %old: f32):
    %m = arith.mulf %in, %scale : f32
    linalg.yield %m : f32
  } -> tensor<2x5x3xf32>
  return %r : tensor<2x5x3xf32>
}

// -----

// REMARK: linalg.generic does more than arithmetic on single elements
#id = affine_map<(n, c, i) -> (n, c, i)>
func.func @reads_destination(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %ones = arith.constant dense<1.0> : tensor<1x1x5xf32>
  %r = linalg.generic
      {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y : tensor<1x1x5xf32>) outs(%ones : tensor<1x1x5xf32>) {
  ^bb0(%in: f32, %old: f32):
    %m = arith.mulf %in, %old : f32
    linalg.yield %m : f32
  } -> tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// REMARK: linalg.generic permutes or repeats the elements of an operand
#id = affine_map<(n, c, i) -> (n, c, i)>
#swap = affine_map<(n, c, i) -> (c, n, i)>
func.func @swap(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %empty = tensor.empty() : tensor<1x1x5xf32>
  %r = linalg.generic
      {indexing_maps = [#swap, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y : tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>) {
  ^bb0(%in: f32, %old: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}

// -----

// REMARK: linalg.generic permutes its result
#id = affine_map<(n, c, i) -> (n, c, i)>
#swap = affine_map<(n, c, i) -> (c, n, i)>
func.func @swap_result(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x5xf32>
  %empty = tensor.empty() : tensor<1x1x5xf32>
  %r = linalg.generic
      {indexing_maps = [#id, #swap], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y : tensor<1x1x5xf32>) outs(%empty : tensor<1x1x5xf32>) {
  ^bb0(%in: f32, %old: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x5xf32>
  return %r : tensor<1x1x5xf32>
}
