// RUN: tconv-run %s --entry=reductions | FileCheck %s --check-prefix=REDUCTIONS
// RUN: tconv-run %s --entry=reductions --target=emulated | FileCheck %s --check-prefix=REDUCTIONS
// RUN: tconv-run %s --entry=elements | FileCheck %s --check-prefix=ELEMENTS
// RUN: tconv-run %s --entry=elements --target=emulated | FileCheck %s --check-prefix=ELEMENTS
// RUN: tconv-run %s --entry=control | FileCheck %s --check-prefix=CONTROL
// RUN: tconv-run %s --entry=control --target=emulated | FileCheck %s --check-prefix=CONTROL
// RUN: tconv-run %s --entry=slices | FileCheck %s --check-prefix=SLICES
// RUN: tconv-run %s --entry=slices --target=emulated | FileCheck %s --check-prefix=SLICES
// RUN: tconv-run %s --entry=tiles | FileCheck %s --check-prefix=TILES
// RUN: tconv-run %s --entry=tiles --target=emulated | FileCheck %s --check-prefix=TILES
// RUN: tconv-run %s --entry=products | FileCheck %s --check-prefix=PRODUCTS
// RUN: tconv-run %s --entry=products --target=emulated | FileCheck %s --check-prefix=PRODUCTS
// RUN: not tconv-run %s --entry=condition --target=emulated 2>&1 | FileCheck %s --check-prefix=CONDITION

// What stands around layers computes on a GPU what it does on the CPU.

// A reduction to a row, one to a column, and one to an element; elementwise ops and layouts.
// REDUCTIONS:      {{\[ ?}}4. 13.]
// REDUCTIONS-NEXT: {{\[ ?}}0.25 2.5 4.5 ]
// REDUCTIONS-NEXT: 17.0
func.func @reductions() -> (tensor<2xf32>, tensor<3xf32>, tensor<f32>) {
  %zero = arith.constant 0.0 : f32
  %x = arith.constant dense<[[1.0, 2.0, 1.0], [-1.0, 5.0, 9.0]]> : tensor<2x3xf32>
  %rows0 = tensor.empty() : tensor<2xf32>
  %rows1 = linalg.fill ins(%zero : f32) outs(%rows0 : tensor<2xf32>) -> tensor<2xf32>
  %rows = linalg.reduce { arith.addf } ins(%x : tensor<2x3xf32>) outs(%rows1 : tensor<2xf32>) dimensions = [1]
  %columns0 = tensor.empty() : tensor<3xf32>
  %columns1 = linalg.fill ins(%zero : f32) outs(%columns0 : tensor<3xf32>) -> tensor<3xf32>
  %columns = linalg.reduce { arith.maximumf } ins(%x : tensor<2x3xf32>) outs(%columns1 : tensor<3xf32>) dimensions = [0]
  %half = arith.constant dense<[0.25, 0.5, 0.5]> : tensor<3xf32>
  %scaled = arith.mulf %columns, %half : tensor<3xf32>
  %all0 = tensor.empty() : tensor<f32>
  %all1 = linalg.fill ins(%zero : f32) outs(%all0 : tensor<f32>) -> tensor<f32>
  %all = linalg.reduce { arith.addf } ins(%x : tensor<2x3xf32>) outs(%all1 : tensor<f32>) dimensions = [0, 1]
  return %rows, %scaled, %all : tensor<2xf32>, tensor<3xf32>, tensor<f32>
}

// Elements are read, computed with, written, and used by later loops.
// ELEMENTS:      {{\[ ?}}18. 14. 15. 16.]
// ELEMENTS-NEXT: {{\[ ?}}6. 2. 3. 4.]
func.func @elements() -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %one = arith.constant 0.0 : f32
  %x0 = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %zeros = tensor.splat %one : tensor<4xf32>
  %x = arith.addf %x0, %zeros : tensor<4xf32>
  %a = tensor.extract %x[%c1] : tensor<4xf32>
  %b = tensor.extract %x[%c2] : tensor<4xf32>
  %product = arith.mulf %a, %b : f32
  %y = tensor.insert %product into %x[%c0] : tensor<4xf32>
  %splat = tensor.splat %product : tensor<4xf32>
  %sum = arith.addf %splat, %y : tensor<4xf32>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%t = %sum) -> tensor<4xf32> {
    %v = tensor.extract %t[%i] : tensor<4xf32>
    %w = arith.addf %v, %product : f32
    %next = tensor.insert %w into %t[%i] : tensor<4xf32>
    scf.yield %next : tensor<4xf32>
  }
  return %r, %y : tensor<4xf32>, tensor<4xf32>
}

// Loops and branches around layers, whose buffers change from one iteration to the next.
// CONTROL: {{\[ ?}}1. 0. 0. 0. 2. 0. 0. 0. 3.]
func.func @control() -> tensor<1x1x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %x = arith.constant dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0]]]> : tensor<1x1x1xf32>
  %start = tensor.cast %x : tensor<1x1x3xf32> to tensor<1x1x?xf32>
  %y = scf.for %i = %c0 to %c2 step %c1 iter_args(%t = %start) -> tensor<1x1x?xf32> {
    %z = tconv.conv_transpose %t, %w stride [2]
        : (tensor<1x1x?xf32>, tensor<1x1x1xf32>) -> tensor<1x1x?xf32>
    scf.yield %z : tensor<1x1x?xf32>
  }
  %size = tensor.dim %y, %c2 : tensor<1x1x?xf32>
  %large = arith.cmpi sgt, %size, %c4 : index
  %r = scf.if %large -> tensor<1x1x?xf32> {
    %z = tconv.conv_transpose %y, %w
        : (tensor<1x1x?xf32>, tensor<1x1x1xf32>) -> tensor<1x1x?xf32>
    scf.yield %z : tensor<1x1x?xf32>
  } else {
    scf.yield %y : tensor<1x1x?xf32>
  }
  return %r : tensor<1x1x?xf32>
}

// Slices, concatenation, transposition, and elements made from their indices.
// SLICES:      {{\[ ?\[ ?}}1. 2. 5.]
// SLICES-NEXT: {{\[ ?}}3. 4. 6.]]
// SLICES:      {{\[ ?\[ ?}}1. 3.]
// SLICES-NEXT: {{\[ ?}}5. 6.]]
// SLICES:      {{\[ ?\[ ?}}0. 1.]
// SLICES-NEXT: {{\[ ?}}10. 11.]]
func.func @slices() -> (tensor<2x3xf32>, tensor<2x2xf32>, tensor<2x2xf32>) {
  %x = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %y = arith.constant dense<[[5.0], [6.0]]> : tensor<2x1xf32>
  %both = tensor.concat dim(1) %x, %y : (tensor<2x2xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  %every = tensor.extract_slice %both[0, 0] [2, 2] [1, 2] : tensor<2x3xf32> to tensor<2x2xf32>
  %empty = tensor.empty() : tensor<2x2xf32>
  %turned = linalg.transpose ins(%every : tensor<2x2xf32>) outs(%empty : tensor<2x2xf32>) permutation = [1, 0]
  %ten = arith.constant 10 : index
  %indices = tensor.generate {
  ^bb0(%i: index, %j: index):
    %tens = arith.muli %i, %ten : index
    %number = arith.addi %tens, %j : index
    %integer = arith.index_cast %number : index to i32
    %float = arith.sitofp %integer : i32 to f32
    tensor.yield %float : f32
  } : tensor<2x2xf32>
  return %both, %turned, %indices : tensor<2x3xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}

// A loop over tiles that are computed on their own.
// TILES:      {{\[ ?\[ ?}}2. 4. 6. 8.]
// TILES-NEXT: {{\[ ?}}10. 12. 14. 16.]]
func.func @tiles() -> tensor<2x4xf32> {
  %x = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>
  %empty = tensor.empty() : tensor<2x4xf32>
  %y = scf.forall (%i, %j) in (2, 2) shared_outs(%out = %empty) -> tensor<2x4xf32> {
    %column = affine.apply affine_map<(d0) -> (2 * d0)>(%j)
    %tile = tensor.extract_slice %x[%i, %column] [1, 2] [1, 1] : tensor<2x4xf32> to tensor<1x2xf32>
    %double = arith.addf %tile, %tile : tensor<1x2xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %double into %out[%i, %column] [1, 2] [1, 1]
          : tensor<1x2xf32> into tensor<2x4xf32>
    }
  }
  return %y : tensor<2x4xf32>
}

// A matrix multiplication is tiled as a convolution is; sums of narrow numbers are wide.
// PRODUCTS:      {{\[ ?\[ ?}}22. 28.]
// PRODUCTS-NEXT: {{\[ ?}}49. 64.]]
func.func @products() -> tensor<2x2xf32> {
  %zero = arith.constant 0.0 : f32
  %x = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf16>
  %w = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf16>
  %empty = tensor.empty() : tensor<2x2xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x2xf32>) -> tensor<2x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<2x3xf16>, tensor<3x2xf16>) outs(%zeros : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// The host cannot decide by an element of a tensor.
// CONDITION: gpu-surroundings.mlir:[[#@LINE+10]]:{{[0-9]+}}: error: expected no use of an element of a tensor outside of kernels
func.func @condition() -> tensor<1x1x3xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %x = arith.constant dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>
  %w = arith.constant dense<[[[1.0]]]> : tensor<1x1x1xf32>
  %y = tconv.conv_transpose %x, %w : (tensor<1x1x3xf32>, tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
  %first = tensor.extract %y[%c0, %c0, %c0] : tensor<1x1x3xf32>
  %positive = arith.cmpf ogt, %first, %zero : f32
  // The place of the error.
  %r = scf.if %positive -> tensor<1x1x3xf32> {
    %z = tconv.conv_transpose %y, %w : (tensor<1x1x3xf32>, tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
    scf.yield %z : tensor<1x1x3xf32>
  } else {
    scf.yield %y : tensor<1x1x3xf32>
  }
  return %r : tensor<1x1x3xf32>
}
