// DEFINE: %{algorithm} = auto
// DEFINE: %{stage} = input
// DEFINE: %{run} = tconv-run %s --algorithm=%{algorithm} --stop-after=%{stage} > %t.mlir && tconv-run %t.mlir | FileCheck %s

// What tconv-run prints after any stage, it runs.
// RUN: %{run}
// REDEFINE: %{stage} = decomposed
// RUN: %{run}
// REDEFINE: %{stage} = tiled
// RUN: %{run}
// REDEFINE: %{stage} = bufferized
// RUN: %{run}
// REDEFINE: %{stage} = loops
// RUN: %{run}
// REDEFINE: %{stage} = llvm
// RUN: %{run}
// REDEFINE: %{algorithm} = phases
// RUN: %{run}
// REDEFINE: %{stage} = loops
// RUN: %{run}
// REDEFINE: %{algorithm} = zero-insertion
// RUN: %{run}

// From several threads' code, for another stage, or on another target.
// RUN: tconv-run %s --threads=2 --algorithm=phases --stop-after=loops | tconv-run - | FileCheck %s
// RUN: tconv-run %s --stop-after=bufferized | tconv-run - --stop-after=llvm | tconv-run - | FileCheck %s
// RUN: tconv-run %s --algorithm=phases --stop-after=bufferized | tconv-run - --target=emulated | FileCheck %s
// RUN: tconv-run %s --target=emulated --stop-after=bufferized | tconv-run - --target=emulated | FileCheck %s
// RUN: tconv-run %s --stop-after=loops | not tconv-run - --check 2>&1 | FileCheck %s --check-prefix=LOWERED
// RUN: tconv-run %s --stop-after=llvm > %t.llvm.mlir
// RUN: not tconv-compile %t.llvm.mlir -o %t.o 2>&1 | FileCheck %s --check-prefix=FUNCTION
// FUNCTION: expected @main as a func.func, got one that is lowered to llvm.func
// LOWERED: --check takes functions on tensors, got one that has passed a stage

// A filter that is packed once, results of static sizes and one of a dynamic size, and constants.
// CHECK:      {{\[ ?\[ ?\[ ?}}1. 2. 2. 4. 3. 6.]]]
// CHECK-NEXT: {{\[ ?\[ ?\[ ?}}1. 2. 3.]]]
func.func @main() -> (tensor<1x1x6xf32>, tensor<1x1x?xf32>) {
  %x = arith.constant dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %y = tconv.conv_transpose %x, %w stride [2] : (tensor<1x1x3xf32>, tensor<1x1x2xf32>) -> tensor<1x1x6xf32>
  %r = tensor.cast %x : tensor<1x1x3xf32> to tensor<1x1x?xf32>
  return %y, %r : tensor<1x1x6xf32>, tensor<1x1x?xf32>
}
