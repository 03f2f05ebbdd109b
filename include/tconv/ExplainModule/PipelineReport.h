//===- PipelineReport.h - The IR after each stage ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAINMODULE_PIPELINEREPORT_H
#define TCONV_EXPLAINMODULE_PIPELINEREPORT_H

#include "tconv/Support/Result.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm
namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

/// What compilation makes of a module, stage by stage.
struct PipelineReport {
  struct StageReport {
    std::string name;
    std::string sentence;
    std::string ir;
  };
  std::vector<StageReport> stages;
  /// What the passes chose, and why.
  std::vector<std::string> remarks;
};

/// Runs all stages on copies of the module. Remarks must be enabled in its context.
Result<PipelineReport> reportPipeline(mlir::ModuleOp module);

void print(const PipelineReport &report, llvm::raw_ostream &stream);

/// {"stages": [{"name", "sentence", "ir"}...], "remarks": [...]}, as JSON that can
/// stand in a script element.
std::string toJson(const PipelineReport &report);

} // namespace tconv

#endif // TCONV_EXPLAINMODULE_PIPELINEREPORT_H
