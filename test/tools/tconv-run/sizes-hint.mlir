// RUN: %python -c "import numpy; numpy.save('%t.x.npy', numpy.ones((2, 1, 4), 'f')); numpy.save('%t.w.npy', numpy.ones((1, 1, 2), 'f'))"
// RUN: tconv-run %s --remarks --input=%t.x.npy --input=%t.w.npy --check 2>&1 | FileCheck %s --check-prefixes=ONE,DONE
// RUN: tconv-run %s --remarks --input=%t.x.npy --input=%t.w.npy --check --sizes-hint=5 2>&1 | FileCheck %s --check-prefixes=FIVE,DONE
// RUN: not tconv-run %s --sizes-hint=0 2>&1 | FileCheck %s --check-prefix=LOW
// REQUIRES: numpy

// A schedule is chosen for the sizes of the hint, and right for others.
// ONE: for sizes of n1 i4"
// FIVE: for sizes of n5 i4"
// DONE: check: 10 elements agree
// LOW: error: expected --sizes-hint of at least 1, got 0
func.func @main(%x: tensor<?x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<?x1x5xf32> {
  %y = tconv.conv_transpose %x, %w : (tensor<?x1x4xf32>, tensor<1x1x2xf32>) -> tensor<?x1x5xf32>
  return %y : tensor<?x1x5xf32>
}
