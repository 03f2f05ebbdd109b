// RUN: tconv-opt %s -tconv-lower-math | FileCheck %s
// RUN: tconv-opt %s -tconv-lower-math -convert-to-llvm | FileCheck %s --check-prefix=LLVM

// Numbers: calls of the C library, also for what upstream would approximate.
// CHECK-LABEL: @scalars
// LLVM-LABEL: @scalars
// LLVM-NOT: math.
func.func @scalars(%x: f64, %y: f32) -> (f64, f32, f32) {
  // CHECK: call @tanh(%{{.*}}) : (f64) -> f64
  %a = math.tanh %x : f64
  // CHECK: call @expf(%{{.*}}) : (f32) -> f32
  %b = math.exp %y : f32
  // CHECK: call @log1pf(%{{.*}}) : (f32) -> f32
  %c = math.log1p %y : f32
  return %a, %b, %c : f64, f32, f32
}

// Vectors of f32: polynomials for some functions, calls for each lane for others.
// CHECK-LABEL: @vectors
// CHECK-NOT: call
// CHECK-NOT: math.tanh
// CHECK-NOT: math.exp
// CHECK-NOT: math.erf
// CHECK: return
func.func @vectors(%x: vector<8xf32>) -> vector<8xf32> {
  %a = math.tanh %x : vector<8xf32>
  %b = math.exp %a : vector<8xf32>
  %c = math.erf %b : vector<8xf32>
  return %c : vector<8xf32>
}
// CHECK-LABEL: @lanes
// CHECK-COUNT-2: call @tanh(
// CHECK-COUNT-2: call @sinf(
// CHECK-COUNT-2: call @logf(
func.func @lanes(%x: vector<2xf64>, %y: vector<2xf32>) -> (vector<2xf64>, vector<2xf32>) {
  %a = math.tanh %x : vector<2xf64>
  %b = math.sin %y : vector<2xf32>
  %c = math.log %b : vector<2xf32>
  return %a, %c : vector<2xf64>, vector<2xf32>
}

// What has an instruction stays, and a clamp is two.
// CHECK-LABEL: @instructions
// CHECK-SAME: %[[X:[^:]*]]: vector<8xf32>, %[[LOW:[^:]*]]: vector<8xf32>, %[[HIGH:[^:]*]]:
// CHECK: %[[MAX:.*]] = arith.maximumf %[[X]], %[[LOW]]
// CHECK: %[[MIN:.*]] = arith.minimumf %[[MAX]], %[[HIGH]]
// CHECK: math.sqrt %[[MIN]]
func.func @instructions(%x: vector<8xf32>, %low: vector<8xf32>, %high: vector<8xf32>)
    -> vector<8xf32> {
  %a = math.clampf %x to [%low, %high] : vector<8xf32>
  %b = math.sqrt %a : vector<8xf32>
  return %b : vector<8xf32>
}
