// RUN: not tconv-run %s --check --output=%t.npy 2>&1 | FileCheck %s

// The reference evaluates what stands in one block; branches are beyond it, and said to be.
// CHECK: unsupported: --check takes functions of a single block
func.func @main() -> tensor<1xf32> {
  %x = arith.constant dense<1.0> : tensor<1xf32>
  cf.br ^end
^end:
  return %x : tensor<1xf32>
}
