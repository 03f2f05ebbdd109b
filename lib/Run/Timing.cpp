//===- Timing.cpp - How long compilation and runs take --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs are timed one by one, with operands where the code wants them; the fastest and the median
// are said, as a mean would tell of other programs on the machine. Operations are those of the
// layers in the module, not of the code.
//
//===----------------------------------------------------------------------===//

#include "tconv/Run/Timing.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/Format.h"

#include <algorithm>
#include <chrono>

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

constexpr unsigned defaultRuns = 10;
/// Without a number of runs given, start no further one after this many seconds.
constexpr double patience = 2;

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<std::vector<double>> timeRuns(const Executable &executable,
                                     const std::vector<HostTensor> &inputs, unsigned runs) {
  Result<std::unique_ptr<PreparedRun>> prepared = executable.prepare(inputs);
  if (!prepared)
    return prepared.error();
  std::vector<double> seconds;
  auto begin = std::chrono::steady_clock::now();
  for (unsigned run = 0; run < (runs ? runs : defaultRuns); ++run) {
    Result<double> time = (*prepared)->run();
    if (!time)
      return time.error();
    seconds.push_back(*time);
    if (!runs && secondsSince(begin) > patience)
      break;
  }
  return seconds;
}

/// Useful floating-point (or integer) operations of the function's transposed
/// convolutions, two for each multiply-add; nothing if a size is dynamic.
std::optional<double> usefulOperations(mlir::func::FuncOp function) {
  double operations = 0;
  bool known = true;
  function.walk([&](ConvTransposeOp op) {
    known &= op.getInputType().hasStaticShape() && op.getFilterType().hasStaticShape();
    auto geometry = op.getGeometry();
    if (geometry)
      operations += 2 * geometry->usefulMultiplyAdds();
  });
  return known && operations > 0 ? std::optional(operations) : std::nullopt;
}

auto ms(double seconds) { return llvm::format("%.3f ms", seconds * 1e3); }

void logCompilation(const CompileTimes &times, llvm::raw_ostream &log) {
  log << "compile: " << ms(times.passes + times.codegen);
  if (times.cached)
    log << " (cached)\n";
  else
    log << " (passes " << ms(times.passes) << ", code generation " << ms(times.codegen) << ")\n";
}

} // namespace

Status tconv::reportTiming(const Executable &executable, mlir::func::FuncOp function,
                           const std::vector<HostTensor> &inputs, unsigned runs,
                           llvm::raw_ostream &log) {
  Result<std::vector<double>> seconds = timeRuns(executable, inputs, runs);
  if (!seconds)
    return seconds.error();
  std::sort(seconds->begin(), seconds->end());
  if (function)
    logCompilation(executable.times(), log);
  log << "run: " << ms(seconds->front()) << " (best of " << seconds->size() << ", median "
      << ms((*seconds)[seconds->size() / 2]) << ", " << executable.where();
  if (std::optional<double> operations = function ? usefulOperations(function) : std::nullopt)
    log << llvm::format(", %.2f useful GFLOP/s", *operations / seconds->front() * 1e-9);
  log << ")\n";
  return success();
}
