//===- TimedLayer.h - A layer that is ready to run --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that the benchmark has to do with the compiler.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_TIMEDLAYER_H
#define TCONV_LIB_BENCH_TIMEDLAYER_H

#include "tconv/Execution/Executable.h"
#include "tconv/Problem/Problem.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace tconv::bench {

class TimedLayer {
public:
  /// Compiles a layer.
  static Result<TimedLayer> compile(mlir::MLIRContext &context, const Problem &problem,
                                    const CompileOptions &options);

  /// Takes x, w and b, and does everything that need not be done in every run.
  Status prepare(std::vector<HostTensor> operands);
  /// Computes y: what is timed.
  Status run();
  /// What the last run computed.
  const HostTensor &output() const { return outputs.front(); }
  /// Compares `output` with the scatter loop: a sentence that says what agrees.
  Result<std::string> check() const;

  double compileSeconds() const { return executable.times().passes + executable.times().codegen; }
  double packSeconds() const { return secondsOfPacking; }

private:
  TimedLayer(mlir::OwningOpRef<mlir::ModuleOp> module, mlir::func::FuncOp function,
             Executable executable, const CompileOptions &options)
      : module(std::move(module)), function(function), executable(std::move(executable)),
        options(options) {}

  /// As it was before lowering.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  Executable executable;
  CompileOptions options;
  std::vector<HostTensor> inputs;
  std::vector<HostTensor> packed;
  std::vector<HostTensor> outputs;
  double secondsOfPacking = 0;
};

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_TIMEDLAYER_H
