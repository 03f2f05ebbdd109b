//===- Measure.cpp - How fast a layer is ----------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Best and median of the runs within a budget, after one that is not timed. The peak of multiply-
// adds is measured before and after, beside the layer: on a shared machine only their ratio says
// something. A layer above the peak shows that bursts were disturbed, which are then repeated.
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Measure.h"

#include "Burst.h"
#include "Operands.h"
#include "PreferredLayout.h"
#include "TimedLayer.h"

#include <algorithm>
#include <cmath>

using namespace tconv;
using namespace tconv::bench;

namespace {

/// Seconds of each run, after one that is not timed. It brings caches, page tables and
/// threads into the state that they have from then on.
Result<std::vector<double>> timeRuns(TimedLayer &layer, double budget) {
  if (Status status = layer.run(); !status)
    return status.error();
  std::vector<double> seconds;
  double end = now() + budget;
  while (seconds.size() < MeasureOptions::minRuns || now() < end) {
    double start = now();
    Status status = layer.run();
    seconds.push_back(now() - start);
    if (!status)
      return status.error();
  }
  return seconds;
}

Result<std::vector<HostTensor>> operandsOf(const Problem &problem, const MeasureOptions &options) {
  return options.dataFolder.empty() ? randomOperands(problem)
                                    : readOperands(problem, options.dataFolder);
}

/// What is done with the output of the last run.
Status finishRuns(const TimedLayer &layer, const MeasureOptions &options, LayerResult &result) {
  if (!options.outputFile.empty())
    if (Status status = writeRaw(result.problem, layer.output(), options.outputFile); !status)
      return status;
  if (!options.check)
    return success();
  Result<std::string> verdict = layer.check();
  if (!verdict)
    return verdict.error();
  result.check = *verdict;
  return success();
}

} // namespace

Result<Problem> bench::problemOf(const NamedLayer &layer, const MeasureOptions &options) {
  Result<Problem> problem = createProblem(layer.descriptor);
  if (!problem)
    return problem;
  if (options.type)
    problem->type = *options.type;
  std::optional<TensorLayout> layout = options.layout ? options.layout : layer.descriptor.layout;
  problem->layout = layout ? *layout : preferredLayout(*problem);
  return problem;
}

Result<LayerResult> bench::measureLayer(mlir::MLIRContext &context, Machine &machine,
                                        const NamedLayer &layer, const MeasureOptions &options) {
  LayerResult result;
  Result<Problem> problem = problemOf(layer, options);
  if (!problem)
    return problem.error();
  result.name = layer.name;
  result.problem = std::move(*problem);
  // Before compiling, since data that does not fit is found out sooner.
  Result<std::vector<HostTensor>> operands = operandsOf(result.problem, options);
  if (!operands)
    return operands.error();
  Result<TimedLayer> timed = TimedLayer::compile(context, result.problem, options.compile);
  if (!timed)
    return timed.error();
  if (Status status = timed->prepare(std::move(*operands)); !status)
    return status.error();
  machine.peak(result.problem.type); // so that the next burst has one to be compared with
  result.copyRate = machine.copyRate(result.problem.bytes());
  result.peakBefore = machine.measurePeak(result.problem.type);
  Result<std::vector<double>> seconds = timeRuns(*timed, options.budget);
  if (!seconds)
    return seconds.error();
  std::sort(seconds->begin(), seconds->end());
  result.best = seconds->front();
  result.median = (*seconds)[seconds->size() / 2];
  result.runs = static_cast<int>(seconds->size());
  result.compile = timed->compileSeconds();
  result.pack = timed->packSeconds();
  result.peakAfter = machine.measurePeak(result.problem.type);
  result.peak = machine.peak(result.problem.type);
  // No layer does more multiply-adds than the machine can: something was in the way of the bursts.
  for (int burst = 0; burst < 4 && result.shareOfPeak() > 1; ++burst) {
    machine.measurePeak(result.problem.type);
    result.peak = machine.peak(result.problem.type);
  }
  if (Status status = finishRuns(*timed, options, result); !status)
    return status.error();
  return result;
}

double bench::meanRatio(const std::vector<LayerResult> &results) {
  double sum = 0;
  for (const LayerResult &result : results)
    sum += std::log(result.ratio());
  return std::exp(sum / static_cast<double>(results.size()));
}
