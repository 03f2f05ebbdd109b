// REQUIRES: mlir-runner
// DEFINE: %{runner} = mlir-runner -entry-point-result=void -shared-libs=%runner_libraries
// RUN: tconv-opt %s --tconv-pipeline | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline='algorithm=phases parallel=true' | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline=stop-after=loops | tconv-opt --tconv-pipeline=start-after=loops \
// RUN:   | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline | %{runner} -e fails 2>&1 | FileCheck %s --check-prefix=FAILS

// What the last stage prints runs in LLVM's mlir-runner, with the shared library of the runtime, on
// several threads, and what fails says so.

func.func private @printMemrefF32(tensor<*xf32>)

func.func private @layer(%x: tensor<1x2x?xf32>, %w: tensor<2x1x2xf32>) -> tensor<1x1x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] : (tensor<1x2x?xf32>, tensor<2x1x2xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}

// CHECK: {{\[\[\[}}4, 40, 6, 60]]]
func.func @main() {
  %x = arith.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  %w = arith.constant dense<[[[1.0, 10.0]], [[1.0, 10.0]]]> : tensor<2x1x2xf32>
  %open = tensor.cast %x : tensor<1x2x2xf32> to tensor<1x2x?xf32>
  %y = call @layer(%open, %w) : (tensor<1x2x?xf32>, tensor<2x1x2xf32>) -> tensor<1x1x?xf32>
  %print = tensor.cast %y : tensor<1x1x?xf32> to tensor<*xf32>
  call @printMemrefF32(%print) : (tensor<*xf32>) -> ()
  return
}

// FAILS: tconv: error: {{.*}}'tconv.conv_transpose' op expected an input size of at least 1 in spatial dimension 0
// FAILS-NOT: data
func.func @fails() {
  %zero = arith.constant 0 : index
  %w = arith.constant dense<1.0> : tensor<2x1x2xf32>
  %x = tensor.empty(%zero) : tensor<1x2x?xf32>
  %y = call @layer(%x, %w) : (tensor<1x2x?xf32>, tensor<2x1x2xf32>) -> tensor<1x1x?xf32>
  %print = tensor.cast %y : tensor<1x1x?xf32> to tensor<*xf32>
  call @printMemrefF32(%print) : (tensor<*xf32>) -> ()
  return
}
