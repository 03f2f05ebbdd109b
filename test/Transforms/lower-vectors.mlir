// RUN: tconv-opt %s -tconv-lower-vectors -split-input-file | FileCheck %s --implicit-check-not="vector.{{contract|multi_reduction|outerproduct|scan|interleave|gather|insert_strided_slice}}"

// What has no counterpart in LLVM becomes what has one; how is upstream's business.
// CHECK-LABEL: @contraction
// CHECK-COUNT-4: vector.reduction <add>
func.func @contraction(%a: vector<2x4xf32>, %zero: vector<2x2xf32>) -> vector<2x2xf32> {
  %r = vector.contract {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (j, k)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %a, %a, %zero : vector<2x4xf32>, vector<2x4xf32> into vector<2x2xf32>
  return %r : vector<2x2xf32>
}

// -----

// CHECK-LABEL: @sums
// CHECK-COUNT-2: vector.reduction <add>
// CHECK: arith.mulf
// CHECK: arith.addf
func.func @sums(%a: vector<2x4xf32>, %zero: vector<2xf32>, %b: vector<2xf32>) -> (vector<2xf32>, vector<2x2xf32>, vector<2x4xf32>) {
  %r = vector.multi_reduction <add>, %a, %zero [1] : vector<2x4xf32> to vector<2xf32>
  %o = vector.outerproduct %b, %b : vector<2xf32>, vector<2xf32>
  %s, %last = vector.scan <add>, %a, %zero {inclusive = true, reduction_dim = 1 : i64} : vector<2x4xf32>, vector<2xf32>
  return %r, %o, %s : vector<2xf32>, vector<2x2xf32>, vector<2x4xf32>
}

// -----

// CHECK-LABEL: @shapes
// CHECK: vector.shuffle
func.func @shapes(%a: vector<4xf32>, %b: vector<2x2xf32>, %c: vector<4x4xf32>) -> (vector<8xf32>, vector<4x4xf32>) {
  %i = vector.interleave %a, %a : vector<4xf32> -> vector<8xf32>
  %s = vector.insert_strided_slice %b, %c {offsets = [0, 1], strides = [1, 1]} : vector<2x2xf32> into vector<4x4xf32>
  return %i, %s : vector<8xf32>, vector<4x4xf32>
}

// -----

// A mask around an op becomes its operand.
// CHECK-LABEL: @masked
// CHECK: vector.{{.*}}reduction
func.func @masked(%a: vector<4xf32>, %m: vector<4xi1>) -> f32 {
  %r = vector.mask %m { vector.reduction <add>, %a : vector<4xf32> into f32 } : vector<4xi1> -> f32
  return %r : f32
}
