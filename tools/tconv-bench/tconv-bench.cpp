//===- tconv-bench.cpp - How fast layers are on this machine --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/FlagChecks.h"
#include "Flags/ToolOptions.h"
#include "Flags/Version.h"
#include "tconv/Bench/Driver.h"
#include "tconv/Runtime/Threads.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

#include <cmath>

namespace cl = llvm::cl;
using tconv::ElementType;
using tconv::Error;
using tconv::Result;
using tconv::TensorLayout;
using tconv::bench::BenchOptions;
using tconv::bench::NamedLayer;

namespace {

struct Flags {
  cl::OptionCategory category{"tconv-bench options"};
  tconv::AlgorithmFlag algorithm{category};
  cl::list<std::string> layer{cl::Positional, cl::desc("[LAYER]"), cl::cat(category)};
  cl::opt<std::string> layers{"layers",
                              cl::desc("Measure all layers of a file: a JSON array, a module, or "
                                       "a descriptor on each line"),
                              cl::value_desc("FILE"), cl::cat(category)};
  cl::opt<std::string> filter{"filter", cl::desc("Only layers with this text in their names"),
                              cl::value_desc("text"), cl::cat(category)};
  cl::opt<int> threads{"threads",
                       cl::desc("Number of threads (default: TCONV_NUM_THREADS, or the "
                                "processors available)"),
                       cl::value_desc("N"), cl::init(0), cl::cat(category)};
  cl::opt<double> budget{"budget",
                         cl::desc("Seconds of timed runs for each layer (default: 1; there are "
                                  "at least 5 runs)"),
                         cl::value_desc("seconds"), cl::init(1), cl::cat(category)};
  cl::opt<std::string> data{"data",
                            cl::desc("Take x.npy, w.npy and b.npy, f32 with channels first, "
                                     "from a folder (default: pseudo-random numbers)"),
                            cl::value_desc("folder"), cl::cat(category)};
  cl::opt<std::string> json{"json",
                            cl::desc("One JSON object for each layer, to FILE, or in place of "
                                     "the table"),
                            cl::value_desc("FILE"), cl::ValueOptional, cl::cat(category)};
  cl::opt<std::string> svg{"svg", cl::desc("Draw measured times and rooflines"),
                           cl::value_desc("plot.svg"), cl::cat(category)};
  cl::opt<bool> check{"check", cl::desc("Compare the results with the defining scatter loop"),
                      cl::cat(category)};
  cl::opt<TensorLayout> layout{
      "layout", cl::desc("Where the channels of x and y are (default: where the layer is fast)"),
      cl::values(clEnumValN(TensorLayout::ChannelsFirst, "channels_first", "as in [N, C, H, W]"),
                 clEnumValN(TensorLayout::ChannelsLast, "channels_last", "as in [N, H, W, C]")),
      cl::cat(category)};
  cl::opt<ElementType> type{
      "type", cl::desc("The element type, in place of that of the layers"),
      cl::values(clEnumValN(ElementType::F32, "f32", ""), clEnumValN(ElementType::BF16, "bf16", ""),
                 clEnumValN(ElementType::F16, "f16", ""), clEnumValN(ElementType::I8, "i8", ""),
                 clEnumValN(ElementType::F64, "f64", "")),
      cl::cat(category)};
};

constexpr char overview[] =
    "tconv-bench: measure how fast layers are, beside what the machine could do\n\n"
    "LAYER is a line such as 'n1 ci512 co256 i8x8 k4 s2 p1' (also g, d, op, b for a bias,\n"
    "cf or cl for channels first or last, and f32, f64, f16, bf16 or int8), or a file with\n"
    "such lines, with JSON, or a module (.mlir), whose layers are measured each by itself. If the "
    "environment variable TCONV_OUT names a file, the\n"
    "result of the last run goes there as raw f32 numbers, channels first.\n";

Result<BenchOptions> toOptions(const Flags &flags) {
  if (flags.threads < 0)
    return Error{"expected --threads of at least 0, got " + std::to_string(flags.threads)};
  if (!(flags.budget >= 0) || !std::isfinite(flags.budget))
    return Error{"expected a --budget of at least 0 seconds, got " + std::to_string(flags.budget)};
  BenchOptions options;
  tconv::bench::MeasureOptions &measure = options.measure;
  measure.compile.algorithm = flags.algorithm;
  measure.compile.threads = flags.threads ? flags.threads.getValue() : tconv::defaultNumThreads();
  measure.budget = flags.budget;
  measure.dataFolder = flags.data;
  measure.check = flags.check;
  if (flags.layout.getNumOccurrences())
    measure.layout = flags.layout.getValue();
  if (flags.type.getNumOccurrences())
    measure.type = flags.type.getValue();
  if (const char *path = std::getenv("TCONV_OUT"))
    measure.outputFile = path;
  options.json = flags.json.getNumOccurrences();
  options.jsonFile = flags.json;
  options.svgFile = flags.svg;
  return options;
}

/// The layers of a file, or of what stands in place of one.
Result<std::vector<NamedLayer>> findLayers(const Flags &flags, const std::string &layer,
                                           mlir::MLIRContext &context) {
  const std::string &file = layer.empty() ? flags.layers.getValue() : layer;
  if (llvm::StringRef(file).ends_with(".mlir"))
    return tconv::bench::layersOfModule(context, file);
  return layer.empty() ? tconv::bench::readLayers(file) : tconv::bench::layersOfArgument(layer);
}

Result<std::vector<NamedLayer>> readLayers(const Flags &flags, mlir::MLIRContext &context) {
  Result<std::string> layer = tconv::onlyPositional(flags.layer, {&flags.json});
  if (!layer)
    return layer.error();
  if (layer->empty() == flags.layers.empty())
    return Error{"expected a LAYER or --layers with a file (see --help)"};
  Result<std::vector<NamedLayer>> layers = findLayers(flags, *layer, context);
  if (!layers)
    return layers;
  std::erase_if(*layers, [&](const NamedLayer &layer) {
    return layer.name.find(flags.filter) == std::string::npos;
  });
  if (layers->empty())
    return Error{"expected a layer with '" + flags.filter + "' in its name, found none"};
  return layers;
}

tconv::Status runTool(const Flags &flags, mlir::MLIRContext &context) {
  if (tconv::Status status = tconv::checkEnvironment(); !status)
    return status;
  Result<BenchOptions> options = toOptions(flags);
  if (!options)
    return options.error();
  llvm::SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  Result<std::vector<NamedLayer>> layers = readLayers(flags, context);
  if (!layers)
    return layers.error();
  std::vector<tconv::OutputPath> outputs = {{flags.svg, flags.svg}};
  if (!flags.json.empty())
    outputs.push_back({flags.json, flags.json});
  if (tconv::Status status = tconv::checkOutputPaths(outputs, {flags.layers}); !status)
    return status;
  return tconv::bench::benchmark(context, *layers, *options, {llvm::outs(), llvm::errs()});
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  tconv::removeCodegenOptions();
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter(tconv::printVersion);
  cl::ParseCommandLineOptions(argc, argv, overview);
  std::unique_ptr<mlir::MLIRContext> context = tconv::createContext(/*remarks=*/false);
  return tconv::finish("tconv-bench", runTool(flags, *context));
}
