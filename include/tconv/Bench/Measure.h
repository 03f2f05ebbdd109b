//===- Measure.h - How fast a layer is --------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_BENCH_MEASURE_H
#define TCONV_BENCH_MEASURE_H

#include "tconv/Bench/Layers.h"
#include "tconv/Bench/Machine.h"
#include "tconv/Execution/Executable.h"
#include "tconv/Problem/Problem.h"

#include <algorithm>
#include <optional>
#include <string>

namespace mlir {
class MLIRContext;
} // namespace mlir

namespace tconv::bench {

struct MeasureOptions {
  CompileOptions compile;
  /// Seconds of timed runs for each layer; there are at least `minRuns` of them.
  double budget = 1;
  static constexpr int minRuns = 5;
  /// Where x.npy, w.npy and b.npy are; empty for random numbers.
  std::string dataFolder;
  /// Where the output of the last run goes, as raw f32 with channels first; empty for
  /// nowhere.
  std::string outputFile;
  /// Compare with the scatter loop.
  bool check = false;
  /// \name Instead of what the layers say.
  /// @{
  std::optional<TensorLayout> layout;
  std::optional<ElementType> type;
  /// @}
};

struct LayerResult {
  std::string name;
  Problem problem;
  /// \name Seconds
  /// @{
  double best = 0;
  double median = 0;
  double compile = 0;
  double pack = 0;
  /// @}
  int runs = 0;
  /// What --check said; empty without it.
  std::string check;
  /// \name What the machine could do
  /// @{
  PeakRate peak;
  double peakBefore = 0; ///< Just before the layer was timed.
  double peakAfter = 0;  ///< And just after.
  double copyRate = 0;   ///< For as many bytes as the layer has; 0 if unknown.
  /// @}

  double operationsPerSecond() const { return problem.usefulOperations() / best; }
  double shareOfPeak() const { return operationsPerSecond() / peak.operationsPerSecond; }
  /// Seconds that the useful operations take at the peak, and that the bytes of x, w, b
  /// and y take at the copy rate.
  double computeTime() const { return problem.usefulOperations() / peak.operationsPerSecond; }
  double memoryTime() const { return copyRate > 0 ? problem.bytes() / copyRate : 0; }
  bool isMemoryBound() const { return memoryTime() > computeTime(); }
  double rooflineTime() const { return isMemoryBound() ? memoryTime() : computeTime(); }
  double ratio() const { return best / rooflineTime(); }
  /// Whether something else took more than 7 % of the machine just before or after, or so much
  /// of it whenever the peak was measured that the layer exceeds it.
  bool isNoisy() const {
    return std::min(peakBefore, peakAfter) < 0.93 * peak.operationsPerSecond || shareOfPeak() > 1;
  }
};

/// The problem of a layer, with its layout chosen if nobody says one.
Result<Problem> problemOf(const NamedLayer &layer, const MeasureOptions &options);

/// Compiles and times one layer.
Result<LayerResult> measureLayer(mlir::MLIRContext &context, Machine &machine,
                                 const NamedLayer &layer, const MeasureOptions &options);

/// The geometric mean of the ratios to the roofline.
double meanRatio(const std::vector<LayerResult> &results);

} // namespace tconv::bench

#endif // TCONV_BENCH_MEASURE_H
