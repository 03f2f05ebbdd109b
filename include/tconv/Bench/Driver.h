//===- Driver.h - What tconv-bench does -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_BENCH_DRIVER_H
#define TCONV_BENCH_DRIVER_H

#include "tconv/Bench/Layers.h"
#include "tconv/Bench/Measure.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tconv::bench {

struct BenchOptions {
  MeasureOptions measure;
  /// One JSON object for each layer: to the output in place of the table, or to a file.
  bool json = false;
  std::string jsonFile;
  /// A picture, if not empty.
  std::string svgFile;
};

struct BenchStreams {
  llvm::raw_ostream &out;
  llvm::raw_ostream &log;
};

/// Measures layers one after the other and reports them. Those that cannot be measured
/// are logged and left out, and the first of their errors is returned in the end.
Status benchmark(mlir::MLIRContext &context, const std::vector<NamedLayer> &layers,
                 const BenchOptions &options, BenchStreams streams);

} // namespace tconv::bench

#endif // TCONV_BENCH_DRIVER_H
