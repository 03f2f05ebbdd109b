// RUN: not tconv-run %s --threads=1 2>&1 | FileCheck %s
// RUN: not tconv-run %s --threads=2 2>&1 | FileCheck %s
// RUN: not tconv-run %s --threads=5 2>&1 | FileCheck %s

// What fails on any thread ends the run with its message.
// CHECK: error: expected anything but task 5
func.func @main(%x: tensor<8xf32>) -> tensor<8xf32> {
  %empty = tensor.empty() : tensor<8xf32>
  %y = scf.forall (%i) in (8) shared_outs(%out = %empty) -> tensor<8xf32> {
    %c5 = arith.constant 5 : index
    %ok = arith.cmpi ne, %i, %c5 : index
    cf.assert %ok, "expected anything but task 5"
    %slice = tensor.extract_slice %x[%i] [1] [1] : tensor<8xf32> to tensor<1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %slice into %out[%i] [1] [1] : tensor<1xf32> into tensor<8xf32>
    }
  }
  return %y : tensor<8xf32>
}
