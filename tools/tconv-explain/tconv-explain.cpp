//===- tconv-explain.cpp - How each output element comes about ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/FlagChecks.h"
#include "Flags/ToolOptions.h"
#include "Flags/Version.h"
#include "tconv/ExplainModule/LayerOfModule.h"
#include "tconv/ExplainModule/PipelineReport.h"

#include "tconv/Entry/ReadModule.h"
#include "tconv/Explain/Conventions.h"
#include "tconv/Explain/Describe.h"
#include "tconv/Explain/Page.h"
#include "tconv/Explain/Svg.h"
#include "tconv/HostTensor/Npy.h"
#include "tconv/Problem/Descriptor.h"
#include "tconv/Support/File.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

namespace cl = llvm::cl;
using tconv::Error;
using tconv::Layer;
using tconv::Result;
using tconv::Status;

namespace {

struct Flags {
  cl::OptionCategory category{"tconv-explain options"};
  cl::opt<std::string> module{cl::Positional, cl::desc("[FILE.mlir]"), cl::cat(category)};
  cl::opt<std::string> layer{"layer",
                             cl::desc("The layer, without a file: 'i4x4 k4x4 s2 p1', also "
                                      "n, ci, co, d, op and g"),
                             cl::value_desc("descriptor"), cl::cat(category)};
  cl::opt<std::string> convert{
      "convert",
      cl::desc("Say a layer of PyTorch, ONNX, TOSA, TensorFlow or StableHLO in the words of the "
               "others: 'onnx kernel_shape=3,3 strides=2,2 pads=1,1,1,1'"),
      cl::value_desc("words"), cl::cat(category)};
  cl::list<std::string> inputs{"input",
                               cl::desc("A .npy file for each argument (without any: an "
                                        "input of ones, a filter of 1, 2, 3, ...)"),
                               cl::value_desc("x.npy"), cl::cat(category)};
  cl::opt<std::string> entry{"entry", cl::desc("The function that holds the layer"),
                             cl::value_desc("name"), cl::cat(category)};
  cl::opt<std::string> at{"at",
                          cl::desc("The output element to explain: its spatial indices, or "
                                   "batch, channel and spatial indices"),
                          cl::value_desc("0,1"), cl::cat(category)};
  cl::opt<std::string> svg{"svg", cl::desc("Write a picture"), cl::value_desc("f.svg"),
                           cl::cat(category)};
  cl::opt<std::string> html{"html",
                            cl::desc("Write a page to explore the layer with, for any "
                                     "browser"),
                            cl::value_desc("f.html"), cl::cat(category)};
  cl::opt<bool> pipeline{"pipeline",
                         cl::desc("Show the IR after each stage of compilation, and "
                                  "what each pass chose"),
                         cl::cat(category)};
};

Result<std::vector<tconv::HostTensor>> readInputs(const Flags &flags) {
  std::vector<tconv::HostTensor> inputs;
  for (const std::string &path : flags.inputs) {
    Result<tconv::HostTensor> tensor = tconv::readNpy(path);
    if (!tensor)
      return tensor.error();
    inputs.push_back(std::move(*tensor));
  }
  return inputs;
}

Result<tconv::ElementIndex> chosenElement(const Flags &flags, const Layer &layer) {
  if (!flags.at.empty())
    return tconv::parseElement(flags.at, layer);
  return tconv::ElementIndex{0, 0, tconv::Position(layer.geometry.dims.size(), 0)};
}

/// The stages, printed, and as JSON for the page; nothing without --pipeline.
Result<std::string> explainPipeline(const Flags &flags, mlir::ModuleOp module) {
  if (!flags.pipeline)
    return std::string();
  Result<tconv::PipelineReport> report = tconv::reportPipeline(module);
  if (!report)
    return report.error();
  tconv::print(*report, llvm::outs());
  return tconv::toJson(*report);
}

Status explain(const Flags &flags, const Layer &layer, mlir::ModuleOp module) {
  Result<tconv::ElementIndex> at = chosenElement(flags, layer);
  if (!at)
    return at.error();
  llvm::outs() << tconv::describeLayer(layer);
  if (!flags.at.empty())
    llvm::outs() << "\n" << tconv::describeElement(layer, *at);
  Result<std::string> pipeline = explainPipeline(flags, module);
  if (!pipeline)
    return pipeline.error();
  std::string title = flags.module.empty() ? flags.layer : flags.module;
  if (!flags.svg.empty())
    if (Status status = tconv::writeWhole(flags.svg, tconv::renderSvg(layer, *at)); !status)
      return status;
  if (!flags.html.empty())
    return tconv::writeWhole(flags.html, tconv::renderPage(layer, *at, title, *pipeline));
  return tconv::success();
}

/// The module given, or one made of the descriptor.
Result<mlir::OwningOpRef<mlir::ModuleOp>> readModule(const Flags &flags,
                                                     mlir::MLIRContext &context) {
  if (flags.layer.empty())
    return tconv::readModule(context, flags.module);
  Result<tconv::ProblemDescriptor> descriptor = tconv::parseDescriptor(flags.layer);
  if (!descriptor)
    return descriptor.error();
  Result<tconv::Problem> problem = tconv::createProblem(*descriptor);
  if (!problem)
    return problem.error();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(tconv::moduleText(*problem), &context);
  if (!module)
    return Error{flags.layer + " could not be read as a layer"};
  return module;
}

Status convertConvention(const Flags &flags) {
  constexpr char needs[] = "no --convert";
  if (Status status = tconv::checkFlagUses({{flags.convert, flags.module.empty(), "no FILE.mlir"},
                                            {flags.layer, false, needs},
                                            {flags.inputs, false, needs},
                                            {flags.entry, false, needs},
                                            {flags.at, false, needs},
                                            {flags.svg, false, needs},
                                            {flags.html, false, needs},
                                            {flags.pipeline, false, needs}});
      !status)
    return status;
  Result<tconv::ConventionLayer> layer = tconv::readConvention(flags.convert.getValue());
  if (!layer)
    return Error{"--convert: " + layer.message()};
  llvm::outs() << tconv::describeConventions(*layer);
  return tconv::success();
}

Status runTool(const Flags &flags, mlir::MLIRContext &context) {
  if (flags.convert.getNumOccurrences())
    return convertConvention(flags);
  if (flags.module.empty() == flags.layer.empty())
    return Error{"expected a FILE.mlir or a --layer (see --help)"};
  std::vector<std::string> read(flags.inputs.begin(), flags.inputs.end());
  read.push_back(flags.module);
  if (Status status =
          tconv::checkOutputPaths({{flags.svg, flags.svg}, {flags.html, flags.html}}, read);
      !status)
    return status;
  llvm::SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  auto module = readModule(flags, context);
  if (!module)
    return module.error();
  auto inputs = readInputs(flags);
  if (!inputs)
    return inputs.error();
  Result<Layer> layer =
      tconv::layerOf(**module, flags.entry, *inputs, {flags.inputs.begin(), flags.inputs.end()});
  if (!layer)
    return layer.error();
  return explain(flags, *layer, **module);
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  tconv::removeCodegenOptions();
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter(tconv::printVersion);
  cl::ParseCommandLineOptions(argc, argv,
                              "tconv-explain: show how each output element comes about\n");
  std::unique_ptr<mlir::MLIRContext> context = tconv::createContext(flags.pipeline);
  return tconv::finish("tconv-explain", runTool(flags, *context));
}
