//===- Driver.h - What tconv-run does ------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUN_DRIVER_H
#define TCONV_RUN_DRIVER_H

#include "tconv/Execution/Executable.h"

#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm
namespace mlir {
class MLIRContext;
} // namespace mlir

namespace tconv {

struct RunOptions {
  CompileOptions compile;
  DeviceOptions device;
  /// The function to run; empty for the only public one, or main.
  std::string entry;
  /// Print the IR after this stage instead of running.
  std::optional<mlir::tconv::Stage> stopAfter;
  bool check = false;
  /// How many timed runs; 0 for a sensible number, nothing for no timing.
  std::optional<unsigned> timedRuns;
  uint64_t seed = 0;
};

struct RunFiles {
  std::string module;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
};

/// Where a run reports: results and IR, and everything else.
struct RunStreams {
  llvm::raw_ostream &out;
  llvm::raw_ostream &log;
};

/// Parses, compiles and runs one module. MLIR diagnostics go to the context's handler.
Status run(mlir::MLIRContext &context, const RunFiles &files, const RunOptions &options,
           RunStreams streams);

/// Runs the cases of a manifest: {"cases": [{"id", "mlir", "inputs": [...], "output",
/// "status"}]}, all paths. A case that cannot be run gets a line "error: ..." or
/// "unsupported: ..." in its file `status`. An error if the manifest is unusable.
Status runBatch(mlir::MLIRContext &context, const std::string &manifest, const RunOptions &options,
                RunStreams streams);

} // namespace tconv

#endif // TCONV_RUN_DRIVER_H
