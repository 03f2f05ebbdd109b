//===- Layers.h - Layers to measure -----------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_BENCH_LAYERS_H
#define TCONV_BENCH_LAYERS_H

#include "tconv/Problem/Descriptor.h"
#include "tconv/Support/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlir {
class MLIRContext;
} // namespace mlir

namespace tconv::bench {

struct NamedLayer {
  std::string name;
  ProblemDescriptor descriptor;
};

/// Reads one layer as a JSON object, several as an array of them, or a list with a
/// descriptor on each line, which may have a name and a colon in front ("dcgan2: ci1024
/// co512 i4x4 k4 s2 p1"); empty lines and what follows a # are left out.
///
/// An object has `ci`, `co` and, one number for each spatial dimension, `in` and `k`;
/// it may have `name`, `N`, `g`, `s`, `p`, `op`, `d`, `out`, `bias`, `type` and `layout`
/// ("channels_first" or "channels_last"). `flops_exact`, if there, must be the useful
/// operations of the layer, which shows that it was understood. Other members are left
/// unread.
///
/// An error begins with `source` and says which layer is wrong.
Result<std::vector<NamedLayer>> parseLayers(std::string_view text, const std::string &source);

/// The layers of a file ("-" for standard input).
Result<std::vector<NamedLayer>> readLayers(const std::string &path);

/// The layers of a module, each by itself, with its types and layout and named after its line:
/// "net.mlir:4". MLIR diagnostics go to the context's handler. Unsupported if a size is dynamic.
Result<std::vector<NamedLayer>> layersOfModule(mlir::MLIRContext &context, const std::string &path);

/// What stands on the command line: a file if there is one of that name or if it ends
/// with .json or .txt, else a descriptor.
Result<std::vector<NamedLayer>> layersOfArgument(const std::string &argument);

} // namespace tconv::bench

#endif // TCONV_BENCH_LAYERS_H
