// DEFINE: %{algorithm} = auto
// DEFINE: %{stage} = decomposed
// DEFINE: %{run} = tconv-run %s --algorithm=%{algorithm} --stop-after=%{stage} > %t.mlir && tconv-run %t.mlir --algorithm=%{algorithm} | diff %t.%{algorithm} -

// Tensors of all types that the host has come into what any stage printed, and out of it, as they
// do where nothing was printed, by the same algorithm, as convolutions may become layers again:
// layers with a filter that is packed once, in either layout, and other ops, with results of static
// and of dynamic sizes.
// RUN: tconv-run %s --check --algorithm=auto > %t.auto
// RUN: %{run}
// REDEFINE: %{stage} = bufferized
// RUN: %{run}
// REDEFINE: %{stage} = loops
// RUN: %{run}
// REDEFINE: %{stage} = llvm
// RUN: %{run}
// REDEFINE: %{algorithm} = phases
// RUN: tconv-run %s --check --algorithm=phases > %t.phases
// RUN: %{run}
// REDEFINE: %{stage} = loops
// RUN: %{run}
// REDEFINE: %{stage} = tiled
// RUN: %{run}
// REDEFINE: %{algorithm} = zero-insertion
// RUN: tconv-run %s --check --algorithm=zero-insertion > %t.zero-insertion
// RUN: %{run}
// REDEFINE: %{stage} = llvm
// RUN: %{run}

// RUN: FileCheck %s < %t.auto
// CHECK-COUNT-12: {{\[ ?\[ ?}}
func.func @main(%x64: tensor<1x3x5xf64>, %w64: tensor<3x4x3xf64> {tconv.constant},
                %x32: tensor<1x5x3xf32>, %w32: tensor<3x4x3xf32> {tconv.constant},
                %x16: tensor<1x3x5xf16>, %w16: tensor<3x4x3xf16> {tconv.constant},
                %xb: tensor<1x5x3xbf16>, %wb: tensor<3x4x3xbf16> {tconv.constant},
                %x8: tensor<1x3x5xi8>, %w8: tensor<3x4x3xi8> {tconv.constant},
                %i64: tensor<2x3xi64>, %i32: tensor<2x3xi32>, %i16: tensor<2x3xi16>,
                %i1: tensor<2x3xi1>)
    -> (tensor<1x4x11xf64>, tensor<1x11x4xf32>, tensor<1x4x11xf16>, tensor<1x11x4xbf16>,
        tensor<1x4x11xi32>, tensor<?x?xi64>, tensor<?x?xi32>, tensor<2x3xi16>, tensor<?x?xi16>,
        tensor<2x3xi1>, tensor<?x?xi1>, tensor<1x?x?xf16>, tensor<1x?x?xi8>) {
  %y64 = tconv.conv_transpose %x64, %w64 stride [2] : (tensor<1x3x5xf64>, tensor<3x4x3xf64>) -> tensor<1x4x11xf64>
  %y32 = tconv.conv_transpose %x32, %w32 stride [2] channels_last : (tensor<1x5x3xf32>, tensor<3x4x3xf32>) -> tensor<1x11x4xf32>
  %y16 = tconv.conv_transpose %x16, %w16 stride [2] : (tensor<1x3x5xf16>, tensor<3x4x3xf16>) -> tensor<1x4x11xf16>
  %yb = tconv.conv_transpose %xb, %wb stride [2] channels_last : (tensor<1x5x3xbf16>, tensor<3x4x3xbf16>) -> tensor<1x11x4xbf16>
  %y8 = tconv.conv_transpose %x8, %w8 stride [2] : (tensor<1x3x5xi8>, tensor<3x4x3xi8>) -> tensor<1x4x11xi32>
  %s64 = arith.addi %i64, %i64 : tensor<2x3xi64>
  %s32 = arith.addi %i32, %i32 : tensor<2x3xi32>
  %s16 = arith.addi %i16, %i16 : tensor<2x3xi16>
  %one = arith.constant dense<true> : tensor<2x3xi1>
  %not = arith.xori %i1, %one : tensor<2x3xi1>
  %d64 = tensor.cast %s64 : tensor<2x3xi64> to tensor<?x?xi64>
  %d32 = tensor.cast %s32 : tensor<2x3xi32> to tensor<?x?xi32>
  %d16 = tensor.cast %s16 : tensor<2x3xi16> to tensor<?x?xi16>
  %d1 = tensor.cast %not : tensor<2x3xi1> to tensor<?x?xi1>
  %h = tensor.cast %y16 : tensor<1x4x11xf16> to tensor<1x?x?xf16>
  %b = tensor.cast %x8 : tensor<1x3x5xi8> to tensor<1x?x?xi8>
  return %y64, %y32, %y16, %yb, %y8, %d64, %d32, %s16, %d16, %not, %d1, %h, %b
    : tensor<1x4x11xf64>, tensor<1x11x4xf32>, tensor<1x4x11xf16>, tensor<1x11x4xbf16>,
      tensor<1x4x11xi32>, tensor<?x?xi64>, tensor<?x?xi32>, tensor<2x3xi16>, tensor<?x?xi16>,
      tensor<2x3xi1>, tensor<?x?xi1>, tensor<1x?x?xf16>, tensor<1x?x?xi8>
}
