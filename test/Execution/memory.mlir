// RUN: not tconv-run %s --entry=static 2>&1 | FileCheck %s
// RUN: not tconv-run %s --entry=dynamic 2>&1 | FileCheck %s
// RUN: not tconv-run %s --entry=dynamic --algorithm=zero-insertion --threads=2 2>&1 | FileCheck %s

// What does not fit into memory is refused before it is allocated.
// CHECK: error: not enough memory for {{.*}}: {{[0-9]+}} bytes needed, {{[0-9]+}} available
func.func @static(%x: tensor<1x1x2xf32>, %w: tensor<1x1x1xf32>)
    -> tensor<1x1x1000000000000001xf32> {
  %y = tconv.conv_transpose %x, %w stride [1000000000000000]
      : (tensor<1x1x2xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1000000000000001xf32>
  return %y : tensor<1x1x1000000000000001xf32>
}

func.func @dynamic(%x: tensor<1x1x2xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x?xf32> {
  %u = tensor.cast %x : tensor<1x1x2xf32> to tensor<1x1x?xf32>
  %y = tconv.conv_transpose %u, %w stride [1000000000000000]
      : (tensor<1x1x?xf32>, tensor<1x1x1xf32>) -> tensor<1x1x?xf32>
  return %y : tensor<1x1x?xf32>
}
