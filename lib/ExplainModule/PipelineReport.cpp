//===- PipelineReport.cpp - The IR after each stage -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/ExplainModule/PipelineReport.h"

#include "tconv/CodeGen/Compiler.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;

namespace {

/// Keeps remarks while it lives; other diagnostics go to the handler before it.
class RemarkCollector {
public:
  explicit RemarkCollector(mlir::MLIRContext *context)
      : handler(context, [this](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Remark)
            return mlir::failure();
          remarks.push_back(diagnostic.str());
          return mlir::success();
        }) {}

  std::vector<std::string> remarks;

private:
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace

Result<PipelineReport> tconv::reportPipeline(mlir::ModuleOp module) {
  PipelineReport report;
  // In upstream's ops, which show more than a kernel's schedule does.
  CompileOptions options;
  options.algorithm = mlir::tconv::Algorithm::Phases;
  for (const mlir::tconv::StageInfo &info : mlir::tconv::getStages()) {
    RemarkCollector collector(module.getContext());
    mlir::OwningOpRef<mlir::ModuleOp> copy = module.clone();
    if (Status status = runPasses(*copy, options, info.stage); !status)
      return status.error();
    std::string ir;
    llvm::raw_string_ostream stream(ir);
    copy->print(stream);
    report.stages.push_back({info.name.str(), info.sentence.str(), std::move(ir)});
    report.remarks = std::move(collector.remarks);
  }
  return report;
}

void tconv::print(const PipelineReport &report, llvm::raw_ostream &stream) {
  stream << "\nremarks:\n";
  for (const std::string &remark : report.remarks)
    stream << "  " << remark << "\n";
  for (const PipelineReport::StageReport &stage : report.stages)
    stream << "\n" << stage.name << ": " << stage.sentence << "\n\n" << stage.ir;
}

std::string tconv::toJson(const PipelineReport &report) {
  llvm::json::Array stages;
  for (const PipelineReport::StageReport &stage : report.stages)
    stages.push_back(llvm::json::Object{
        {"name", stage.name}, {"sentence", stage.sentence}, {"ir", llvm::json::fixUTF8(stage.ir)}});
  llvm::json::Value json =
      llvm::json::Object{{"stages", std::move(stages)}, {"remarks", report.remarks}};
  std::string text, escaped;
  llvm::raw_string_ostream(text) << json;
  for (char c : text) // so that no text ends the element
    escaped += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return escaped;
}
