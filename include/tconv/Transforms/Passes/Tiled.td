//===- Tiled.td - Passes of the stage tiled ----------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def TileConvolutionsPass : Pass<"tconv-tile-convolutions", "func::FuncOp"> {
  let summary = "Tile convolutions into a parallel loop over rows or channel planes";
  let description = [{
    Splits each linalg convolution into an `scf.forall` over the batch and the next
    parallel dimension (output channels if channels come first, rows otherwise), and
    moves the dimension that is contiguous in memory innermost, so that the loops
    that follow vectorise without reassociating any sum: every number of threads
    gives the same bits.

    Requires: linalg on tensors.

    Guarantees: the convolutions are linalg.generic ops inside of scf.forall.

    ```mlir
    %y = linalg.conv_2d_nchw_fchw ins(%x, %w : ...) outs(%init : tensor<1x32x8x8xf32>) ...
    ```

    becomes

    ```mlir
    %y = scf.forall (%n, %co) in (1, 32) shared_outs(%out = %init) -> (tensor<1x32x8x8xf32>) {
      %x_tile = tensor.extract_slice %x[%n, 0, 0, 0] ...
      %w_tile = tensor.extract_slice %w[%co, 0, 0, 0] ...
      %tile = linalg.generic {iterator_types = [... "reduction", "parallel"]} ...
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %tile into %out[%n, %co, 0, 0] ...
      }
    }
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "linalg::LinalgDialect", "scf::SCFDialect",
                           "tensor::TensorDialect"];
}
