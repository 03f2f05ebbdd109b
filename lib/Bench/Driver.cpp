//===- Driver.cpp - What tconv-bench does ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Driver.h"

#include "Text.h"
#include "tconv/Bench/Report.h"
#include "tconv/Support/File.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

using namespace tconv;
using namespace tconv::bench;

namespace {

/// Says what is going on while a list of layers is measured. The peak is not known before all of
/// them are, so that nothing is compared with it here.
class Progress {
public:
  Progress(size_t layers, llvm::raw_ostream &log) : layers(layers), log(log) {}

  void start(const std::string &name) {
    ++current;
    if (layers > 1)
      log << "[" << current << "/" << layers << "] " << name << " ";
  }
  void finish(const Result<LayerResult> &result) {
    if (layers < 2)
      return;
    if (result)
      log << significant(result->best * 1e3) << " ms, "
          << significant(result->operationsPerSecond() * 1e-9) << " GFLOP/s\n";
    else
      log << (result.error().unsupported ? "unsupported: " : "error: ") << result.message() << "\n";
  }

private:
  size_t layers;
  size_t current = 0;
  llvm::raw_ostream &log;
};

/// A layer, and what came of it.
struct Measured {
  std::string name;
  Result<LayerResult> result;
};

std::string formatLine(const Machine &machine, const Measured &layer) {
  return (layer.result ? formatJson(machine, *layer.result)
                       : formatJson(layer.name, layer.result.error())) +
         "\n";
}

/// Takes lines of JSON as soon as there are some, so that an interruption loses none.
class JsonLines {
public:
  /// Opens the file, before anything is measured for it.
  static Result<JsonLines> open(const BenchOptions &options, llvm::raw_ostream &out) {
    JsonLines lines(options, out);
    if (options.jsonFile.empty())
      return lines;
    std::error_code code;
    lines.file = std::make_unique<llvm::raw_fd_ostream>(options.jsonFile, code);
    if (code)
      return Error{options.jsonFile + ": " + code.message()};
    return lines;
  }

  void add(const std::string &line) {
    if (!options->json)
      return;
    llvm::raw_ostream &stream = file ? *file : *out;
    stream << line;
    stream.flush();
  }
  /// Writes the file once more, with the peaks that all layers together have found.
  Status rewrite(const std::string &text) {
    if (!file)
      return success();
    file->close();
    file->clear_error(); // a full disk is found again below
    return writeWhole(options->jsonFile, text);
  }

private:
  JsonLines(const BenchOptions &options, llvm::raw_ostream &out) : options(&options), out(&out) {}

  const BenchOptions *options;
  llvm::raw_ostream *out;
  std::unique_ptr<llvm::raw_fd_ostream> file;
};

std::vector<Measured> measureAll(mlir::MLIRContext &context, Machine &machine,
                                 const std::vector<NamedLayer> &layers, const BenchOptions &options,
                                 JsonLines &json, llvm::raw_ostream &log) {
  std::vector<Measured> measured;
  Progress progress(layers.size(), log);
  for (const NamedLayer &layer : layers) {
    progress.start(layer.name);
    measured.push_back({layer.name, measureLayer(context, machine, layer, options.measure)});
    json.add(formatLine(machine, measured.back()));
    progress.finish(measured.back().result); // what it says is done is in the file
  }
  // The best burst of all counts for all layers, also for those before it.
  for (Measured &layer : measured)
    if (layer.result)
      layer.result->peak = machine.peak(layer.result->problem.type);
  return measured;
}

/// The first error, with the layer's name if there are several.
Status firstError(const std::vector<Measured> &measured) {
  for (const Measured &layer : measured)
    if (!layer.result)
      return Error{(measured.size() > 1 ? layer.name + ": " : "") + layer.result.message(),
                   layer.result.error().unsupported};
  return success();
}

} // namespace

Status bench::benchmark(mlir::MLIRContext &context, const std::vector<NamedLayer> &layers,
                        const BenchOptions &options, BenchStreams streams) {
  Result<JsonLines> json = JsonLines::open(options, streams.out);
  if (!json)
    return json.error();
  Machine machine(options.measure.compile.threads);
  std::vector<Measured> measured =
      measureAll(context, machine, layers, options, *json, streams.log);
  std::vector<LayerResult> results;
  std::string lines;
  for (const Measured &layer : measured) {
    lines += formatLine(machine, layer);
    if (layer.result)
      results.push_back(*layer.result);
  }
  if (!options.json || !options.jsonFile.empty())
    streams.out << formatTable(machine, results);
  if (Status status = json->rewrite(lines); !status)
    return status;
  if (!options.svgFile.empty() && !results.empty())
    if (Status status = writeWhole(options.svgFile, plotRooflines(machine, results)); !status)
      return status;
  return firstError(measured);
}
