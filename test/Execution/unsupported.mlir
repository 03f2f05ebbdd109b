// RUN: not tconv-run %s --entry=gather 2>&1 | FileCheck %s --check-prefix=GATHER
// RUN: not tconv-run %s --entry=gather --target=emulated 2>&1 | FileCheck %s --check-prefix=GATHER
// RUN: not tconv-run %s --entry=printed 2>&1 | FileCheck %s --check-prefix=PRINTED
// RUN: not tconv-run %s --entry=vectors 2>&1 | FileCheck %s --check-prefix=VECTORS
// RUN: not tconv-run %s --entry=library 2>&1 | FileCheck %s --check-prefix=LIBRARY
// RUN: not tconv-run %s --entry=power --target=emulated 2>&1 | FileCheck %s --check-prefix=POWER
// RUN: not tconv-run %s --entry=assembly 2>&1 | FileCheck %s --check-prefix=ASSEMBLY
// RUN: not tconv-run %s --entry=processor 2>&1 | FileCheck %s --check-prefix=PROCESSOR
// RUN: not tconv-run %s --entry=shapes 2>&1 | FileCheck %s --check-prefix=SHAPES
// RUN: %python -c "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]) != 77)" tconv-run %s --entry=gather

// What nothing lowers is named: an op that has no form on buffers, one that upstream's passes or
// LLVM for this machine do not take, one that needs a library of upstream's, and one that kernels
// cannot have.

// GATHER: unsupported.mlir:[[#@LINE+3]]:8: error: expected ops on tensors that can be lowered to buffers, got 'tensor.gather'
// GATHER: tconv-run: unsupported:
func.func @gather(%x: tensor<4xf32>, %i: tensor<2x1xi32>) -> tensor<2x1xf32> {
  %y = tensor.gather %x[%i] gather_dims([0]) : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// PRINTED: unsupported.mlir:[[#@LINE+4]]:{{[0-9]+}}: error:
// PRINTED: tconv-run: unsupported: the module could not be compiled: there is no lowering of emitc.call_opaque
func.func @printed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = arith.constant 0.0 : f32
  emitc.call_opaque "print"(%zero) : (f32) -> ()
  return %x : tensor<4xf32>
}

// VECTORS: unsupported.mlir:[[#@LINE+3]]:8: error: expected ops that can be lowered to LLVM's, got 'llvm.intr.vscale'
// VECTORS: tconv-run: unsupported: {{.*}}: there is no lowering of vector.vscale
func.func @vectors() -> tensor<1xi64> {
  %n = vector.vscale
  %i = arith.index_cast %n : index to i64
  %y = tensor.from_elements %i : tensor<1xi64>
  return %y : tensor<1xi64>
}

// LIBRARY: unsupported.mlir:[[#@LINE+4]]:3: error: expected ops that need no library, got one that calls @printF32
// LIBRARY: tconv-run: unsupported: {{.*}}: there is no lowering of vector.print
func.func @library(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = arith.constant 0.0 : f32
  vector.print %zero : f32
  return %x : tensor<4xf32>
}

// POWER: unsupported.mlir:[[#@LINE+3]]:8: error: expected ops that can be lowered to LLVM's, got 'math.ipowi'
// POWER: tconv-run: unsupported: {{.*}}: there is no lowering of math.ipowi
func.func @power(%x: tensor<4xi32>) -> tensor<4xi32> {
  %y = math.ipowi %x, %x : tensor<4xi32>
  return %y : tensor<4xi32>
}

// ASSEMBLY: unsupported.mlir:[[#@LINE+4]]:8: error: expected ops that can be lowered to LLVM's, got 'llvm.inline_asm'
// ASSEMBLY: tconv-run: unsupported: {{.*}}: there is no lowering of llvm.inline_asm
func.func @assembly(%x: tensor<f32>) -> tensor<f32> {
  %a = tensor.extract %x[] : tensor<f32>
  %b = llvm.inline_asm "mov $0, $1", "=r,r" %a : (f32) -> f32
  %y = tensor.from_elements %b : tensor<f32>
  return %y : tensor<f32>
}

// PROCESSOR: unsupported.mlir:[[#@LINE+3]]:8: error: expected ops that all processors have, got 'amx.tile_zero'
// PROCESSOR: tconv-run: unsupported: {{.*}}: there is no lowering of amx.tile_zero
func.func @processor(%x: tensor<4xf32>) -> tensor<4xf32> {
  %t = amx.tile_zero : !amx.tile<16x16xf32>
  return %x : tensor<4xf32>
}

// SHAPES: unsupported.mlir:[[#@LINE+3]]:8: error: expected shapes as tensors of indices, got 'shape.shape_of' with another result
// SHAPES: tconv-run: unsupported: {{.*}}: there is no lowering of shape.shape_of
func.func @shapes(%x: tensor<4xf32>) -> tensor<1xi64> {
  %s = shape.shape_of %x : tensor<4xf32> -> !shape.shape
  %n = shape.num_elements %s : !shape.shape -> !shape.size
  %i = shape.size_to_index %n : !shape.size
  %j = arith.index_cast %i : index to i64
  %y = tensor.from_elements %j : tensor<1xi64>
  return %y : tensor<1xi64>
}
