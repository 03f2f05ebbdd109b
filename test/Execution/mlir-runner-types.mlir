// REQUIRES: mlir-runner
// DEFINE: %{runner} = mlir-runner -entry-point-result=void -shared-libs=%runner_libraries
// RUN: tconv-opt %s --tconv-pipeline | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline=algorithm=phases | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline=algorithm=zero-insertion | %{runner} | FileCheck %s
// RUN: tconv-opt %s --tconv-pipeline=stop-after=bufferized | tconv-opt --tconv-pipeline=start-after=bufferized \
// RUN:   | %{runner} | FileCheck %s

// Layers of all types run in LLVM's mlir-runner, also those whose kernels call the compiler's library
// to widen and to round.

func.func private @printMemrefF64(tensor<*xf64>)
func.func private @printMemrefF16(tensor<*xf16>)
func.func private @printMemrefBF16(tensor<*xbf16>)
func.func private @printMemrefI32(tensor<*xi32>)

func.func @main() {
  %x64 = arith.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf64>
  %w64 = arith.constant dense<[[[1.0, 10.0]], [[1.0, 10.0]]]> : tensor<2x1x2xf64>
  %x16 = arith.truncf %x64 : tensor<1x2x2xf64> to tensor<1x2x2xf16>
  %w16 = arith.truncf %w64 : tensor<2x1x2xf64> to tensor<2x1x2xf16>
  %xb = arith.truncf %x64 : tensor<1x2x2xf64> to tensor<1x2x2xbf16>
  %wb = arith.truncf %w64 : tensor<2x1x2xf64> to tensor<2x1x2xbf16>
  %x8 = arith.fptosi %x64 : tensor<1x2x2xf64> to tensor<1x2x2xi8>
  %w8 = arith.fptosi %w64 : tensor<2x1x2xf64> to tensor<2x1x2xi8>
  // CHECK: {{\[\[\[}}4, 40, 6, 60]]]
  %y64 = tconv.conv_transpose %x64, %w64 stride [2] : (tensor<1x2x2xf64>, tensor<2x1x2xf64>) -> tensor<1x1x4xf64>
  %r64 = tensor.cast %y64 : tensor<1x1x4xf64> to tensor<*xf64>
  call @printMemrefF64(%r64) : (tensor<*xf64>) -> ()
  // CHECK: {{\[\[\[}}4, 40, 6, 60]]]
  %y16 = tconv.conv_transpose %x16, %w16 stride [2] : (tensor<1x2x2xf16>, tensor<2x1x2xf16>) -> tensor<1x1x4xf16>
  %r16 = tensor.cast %y16 : tensor<1x1x4xf16> to tensor<*xf16>
  call @printMemrefF16(%r16) : (tensor<*xf16>) -> ()
  // CHECK: {{\[\[\[}}4, 40, 6, 60]]]
  %yb = tconv.conv_transpose %xb, %wb stride [2] : (tensor<1x2x2xbf16>, tensor<2x1x2xbf16>) -> tensor<1x1x4xbf16>
  %rb = tensor.cast %yb : tensor<1x1x4xbf16> to tensor<*xbf16>
  call @printMemrefBF16(%rb) : (tensor<*xbf16>) -> ()
  // CHECK: {{\[\[\[}}4, 40, 6, 60]]]
  %y8 = tconv.conv_transpose %x8, %w8 stride [2] : (tensor<1x2x2xi8>, tensor<2x1x2xi8>) -> tensor<1x1x4xi32>
  %r8 = tensor.cast %y8 : tensor<1x1x4xi32> to tensor<*xi32>
  call @printMemrefI32(%r8) : (tensor<*xi32>) -> ()
  return
}
