//===- LayerOfModule.h - The layer that a module holds -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAINMODULE_LAYEROFMODULE_H
#define TCONV_EXPLAINMODULE_LAYEROFMODULE_H

#include "tconv/Explain/Layer.h"

#include <string>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

/// The only transposed convolution of a module's entry function (empty: the usual
/// one), with the values that these inputs give it. Without inputs, operands that
/// are arguments get sample values: x ones, w counting from 1.
/// `paths` are the files of the inputs.
Result<Layer> layerOf(mlir::ModuleOp module, const std::string &entry,
                      const std::vector<HostTensor> &inputs, const std::vector<std::string> &paths);

} // namespace tconv

#endif // TCONV_EXPLAINMODULE_LAYEROFMODULE_H
