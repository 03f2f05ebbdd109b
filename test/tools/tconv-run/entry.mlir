// RUN: tconv-run %s --entry=two | FileCheck %s --check-prefix=TWO
// RUN: not tconv-run %s 2>&1 | FileCheck %s --check-prefix=SEVERAL
// RUN: not tconv-run %s --entry=three 2>&1 | FileCheck %s --check-prefix=MISSING

// A private function can be chosen; among several public ones somebody has to choose.
// SEVERAL: error: expected an entry function, @main or one chosen by --entry, found @one, @other
func.func @one() {
  return
}
func.func @other() {
  return
}

// TWO: [2. 2. 2.]
func.func private @two() -> tensor<3xf32> {
  %two = arith.constant dense<2.0> : tensor<3xf32>
  return %two : tensor<3xf32>
}

// MISSING: error: expected a function @three with a body to run, found none
