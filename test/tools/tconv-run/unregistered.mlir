// RUN: not tconv-run %s --output=%t.npy 2>&1 | FileCheck %s

// What no pass raises and no dialect here knows is named, with its place.
// CHECK: unregistered.mlir:[[#@LINE+3]]:8: error: expected an operation that tconv can lower, got 'stablehlo.unknown'
// CHECK: unsupported: there is no lowering of stablehlo.unknown
func.func @main(%x: tensor<1xf32>) -> tensor<1xf32> {
  %y = "stablehlo.unknown"(%x) : (tensor<1xf32>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}
