//===- Driver.cpp - What tconv-bench does ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Driver.h"

#include "Text.h"
#include "tconv/Bench/Report.h"
#include "tconv/Run/ToolOptions.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;
using namespace tconv::bench;

namespace {

/// Says what is going on while a list of layers is measured.
class Progress {
public:
  Progress(size_t layers, llvm::raw_ostream &log) : layers(layers), log(log) {}

  void start(const NamedLayer &layer) {
    ++current;
    if (layers > 1)
      log << "[" << current << "/" << layers << "] " << layer.name << " ";
  }
  void done(const LayerResult &result) {
    if (layers > 1)
      log << significant(result.best * 1e3) << " ms, " << significant(result.ratio())
          << " times the roofline\n";
  }
  void failed(const Error &error) {
    if (layers > 1)
      log << (error.unsupported ? "unsupported: " : "error: ") << error.message << "\n";
  }

private:
  size_t layers;
  size_t current = 0;
  llvm::raw_ostream &log;
};

struct Outcome {
  std::vector<LayerResult> results;
  std::string json;
  Status status = success();
};

/// Lines of JSON for the output are written as soon as there is one.
Outcome measureAll(mlir::MLIRContext &context, Machine &machine,
                   const std::vector<NamedLayer> &layers, const BenchOptions &options,
                   BenchStreams streams) {
  Outcome outcome;
  Progress progress(layers.size(), streams.log);
  bool toOutput = options.json && options.jsonFile.empty();
  auto emit = [&](const std::string &line) {
    outcome.json += line + "\n";
    if (toOutput)
      streams.out << line << "\n";
    streams.out.flush();
  };
  for (const NamedLayer &layer : layers) {
    progress.start(layer);
    Result<LayerResult> result = measureLayer(context, machine, layer, options.measure);
    if (result) {
      progress.done(*result);
      emit(formatJson(machine, *result));
      outcome.results.push_back(std::move(*result));
      continue;
    }
    progress.failed(result.error());
    emit(formatJson(layer.name, result.error()));
    if (outcome.status)
      outcome.status =
          Error{layers.size() > 1 ? layer.name + ": " + result.message() : result.message(),
                result.error().unsupported};
  }
  // The best burst of all counts for all layers, also for those before it.
  for (LayerResult &result : outcome.results)
    result.peak = machine.peak(result.problem.type);
  return outcome;
}

Status writeFiles(const Machine &machine, const Outcome &outcome, const BenchOptions &options) {
  if (!options.jsonFile.empty())
    if (Status status = writeTextFile(options.jsonFile, outcome.json); !status)
      return status;
  if (!options.svgFile.empty() && !outcome.results.empty())
    return writeTextFile(options.svgFile, plotRooflines(machine, outcome.results));
  return success();
}

} // namespace

Status bench::benchmark(mlir::MLIRContext &context, const std::vector<NamedLayer> &layers,
                        const BenchOptions &options, BenchStreams streams) {
  Machine machine(options.measure.compile.threads);
  Outcome outcome = measureAll(context, machine, layers, options, streams);
  if (!options.json || !options.jsonFile.empty())
    streams.out << formatTable(machine, outcome.results);
  if (Status status = writeFiles(machine, outcome, options); !status)
    return status;
  return outcome.status;
}
