//===- TimedLayer.cpp - A layer that is ready to run ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TimedLayer.h"

#include "tconv/Execution/Check.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"

#include <chrono>

using namespace tconv;
using namespace tconv::bench;

Result<TimedLayer> TimedLayer::compile(mlir::MLIRContext &context, const Problem &problem,
                                       const CompileOptions &options) {
  std::string text = moduleText(problem, /*constantWeights=*/true);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context, "layer");
  if (!module)
    return Error{"the layer is not valid"};
  Result<EntryFunction> entry = findEntry(*module, "main");
  if (!entry)
    return entry.error();
  mlir::OwningOpRef<mlir::ModuleOp> lowered;
  Result<Executable> executable = Executable::compile(entry->copyTo(lowered), options);
  if (!executable)
    return executable.error();
  return TimedLayer(std::move(module), entry->asFunc(), std::move(*executable), options);
}

Status TimedLayer::prepare(std::vector<HostTensor> operands) {
  inputs = std::move(operands);
  Result<std::vector<HostTensor>> memory = executable.allocateOutputs();
  if (!memory)
    return memory.error();
  outputs = std::move(*memory);
  auto start = std::chrono::steady_clock::now();
  Result<std::vector<HostTensor>> filters = executable.pack(inputs);
  if (!filters)
    return filters.error();
  packed = std::move(*filters);
  secondsOfPacking =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return success();
}

Status TimedLayer::run() { return executable.run(inputs, packed, outputs); }

Result<std::string> TimedLayer::check() const {
  return checkAgainstReference(function, inputs, outputs, options);
}
