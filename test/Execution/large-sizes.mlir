// RUN: tconv-run %s --check --entry=dilation --output=%t.npy
// RUN: tconv-run %s --check --entry=width --output=%t.npy
// RUN: not tconv-run %s --entry=refused 2>&1 | FileCheck %s
// RUN: not tconv-run %s --entry=refused_inside 2>&1 | FileCheck %s

// A number that is large makes neither tables nor code large.
func.func @dilation(%x: tensor<1x2x5xf32>, %w: tensor<2x2x4xf32>) -> tensor<1x2x196616xf32> {
  %y = tconv.conv_transpose %x, %w stride [3] padding [3] dilation [65536] output_padding [1]
      : (tensor<1x2x5xf32>, tensor<2x2x4xf32>) -> tensor<1x2x196616xf32>
  return %y : tensor<1x2x196616xf32>
}

// Rows of x with many zeros at both ends, which loops write.
func.func @width(%x: tensor<1x1x700xf32>, %w: tensor<1x2x4xf32>) -> tensor<1x2x8698xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [-300] dilation [2233]
      schedule <family = width, dot = plain, vector_length = 8, pixels = 2, vectors = 2, fused_phases = 1,
                block_pixels = 700, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
      : (tensor<1x1x700xf32>, tensor<1x2x4xf32>) -> tensor<1x2x8698xf32>
  return %y : tensor<1x2x8698xf32>
}

// What does not fit into memory is refused before anything is compiled.
// CHECK: error: not enough memory for a result of 1x2x422212465065992xf32: 3377699720527936 bytes needed, {{[0-9]+}} available
func.func @refused(%x: tensor<1x2x5xf32>, %w: tensor<2x2x4xf32>, %b: tensor<2xf32>) -> tensor<1x2x422212465065992xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [3] padding [3] dilation [140737488355328] output_padding [1]
      : (tensor<1x2x5xf32>, tensor<2x2x4xf32>, tensor<2xf32>) -> tensor<1x2x422212465065992xf32>
  return %y : tensor<1x2x422212465065992xf32>
}

func.func @refused_inside(%x: tensor<1x2x5xf32>, %w: tensor<2x2x4xf32>) -> tensor<1x2x4xf32> {
  %y = tconv.conv_transpose %x, %w stride [3] padding [3] dilation [140737488355328] output_padding [1]
      : (tensor<1x2x5xf32>, tensor<2x2x4xf32>) -> tensor<1x2x422212465065992xf32>
  %z = tensor.extract_slice %y[0, 0, 7] [1, 2, 4] [1, 1, 1]
      : tensor<1x2x422212465065992xf32> to tensor<1x2x4xf32>
  return %z : tensor<1x2x4xf32>
}
