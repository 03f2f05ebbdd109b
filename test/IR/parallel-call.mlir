// RUN: tconv-opt %s -split-input-file -verify-diagnostics -verify-roundtrip

func.func private @body(%begin: index, %end: index)
func.func private @fill(%v: f32, %a: memref<?xf32>, %begin: index, %end: index)
func.func @valid(%v: f32, %a: memref<?xf32>, %count: index) {
  tconv.parallel_call @fill(%v, %a) tasks %count : f32, memref<?xf32>
  tconv.parallel_call @body() tasks %count
  return
}

// -----

func.func @c1_function(%count: index) {
  // expected-error @+1 {{expected a function @missing, found none}}
  tconv.parallel_call @missing() tasks %count
  return
}

// -----

memref.global @data : memref<4xf32>
func.func @c1_no_function(%count: index) {
  // expected-error @+1 {{expected a function @data, found none}}
  tconv.parallel_call @data() tasks %count
  return
}

// -----

func.func private @body(%v: f64, %begin: index, %end: index)
func.func @c2_types(%v: f32, %count: index) {
  // expected-error @+1 {{expected arguments of @body of types 'f32', 'index', 'index', got 'f64', 'index', 'index'}}
  tconv.parallel_call @body(%v) tasks %count : f32
  return
}

// -----

func.func private @body(%begin: index)
func.func @c2_range(%count: index) {
  // expected-error @+1 {{expected arguments of @body of types 'index', 'index', got 'index'}}
  tconv.parallel_call @body() tasks %count
  return
}

// -----

func.func private @body(%begin: index, %end: index) -> f32
func.func @c3_results(%count: index) {
  // expected-error @+1 {{expected no results of @body, got 1}}
  tconv.parallel_call @body() tasks %count
  return
}
