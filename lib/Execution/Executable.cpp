//===- Executable.cpp - A compiled entry function -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckMemory.h"
#include "Compilers.h"

#include "tconv/IR/Signature.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

using namespace tconv;

Result<EntryFunction> tconv::prepareEntry(mlir::ModuleOp module,
                                          mlir::FunctionOpInterface function) {
  Result<EntryPoint> entry = EntryPoint::of(function);
  if (!entry)
    return entry.error();
  if (Status status = makeEntry(module, function); !status)
    return status.error();
  auto constants = mlir::tconv::getConstantInputs(function);
  return EntryFunction{module, std::move(*entry), {constants.begin(), constants.end()}};
}

Result<Executable> Executable::compile(mlir::ModuleOp module, mlir::FunctionOpInterface function,
                                       const CompileOptions &options) {
  Result<EntryFunction> compiled = prepareEntry(module, function);
  if (!compiled)
    return compiled.error();
  if (Status status = checkMemory(function, compiled->entry); !status)
    return status.error();
  CompileTimes times;
  double start = now();
  bool onHost = options.platform.platform == Platform::Cpu;
  Result<std::unique_ptr<Code>> code = onHost ? compileForHost(*compiled, options, times)
                                              : compileForDevice(*compiled, options, times);
  if (!code)
    return code.error();
  times.codegen = now() - start - times.passes;
  return Executable(std::move(compiled->entry), std::move(compiled->packInputs), std::move(*code),
                    times);
}

Result<std::vector<HostTensor>> Executable::allocateOutputs() const {
  return tconv::allocateOutputs(entry);
}

Result<std::vector<HostTensor>> Executable::pack(const std::vector<HostTensor> &inputs) const {
  Result<std::vector<HostTensor>> packed = allocatePacked(code->packedBytes());
  if (!packed)
    return packed;
  if (Status status = hasPacking() ? pack(inputs, *packed) : success(); !status)
    return status.error();
  return packed;
}

Status Executable::pack(const std::vector<HostTensor> &inputs,
                        std::vector<HostTensor> &packed) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status;
  return code->pack(inputs, packed);
}

Status Executable::run(const std::vector<HostTensor> &inputs,
                       std::vector<HostTensor> &outputs) const {
  Result<std::vector<HostTensor>> packed = pack(inputs);
  if (!packed)
    return packed.error();
  return run(inputs, *packed, outputs);
}

Status Executable::run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
                       std::vector<HostTensor> &outputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status;
  Status status = entry.takesOutputs() ? checkOutputs(entry, outputs) : success();
  return status ? code->run(inputs, packed, outputs) : status;
}

Result<std::vector<HostTensor>> Executable::run(const std::vector<HostTensor> &inputs) const {
  Result<std::vector<HostTensor>> outputs = allocateOutputs();
  if (!outputs)
    return outputs;
  if (Status status = run(inputs, *outputs); !status)
    return status.error();
  return outputs;
}

Result<std::unique_ptr<PreparedRun>>
Executable::prepare(const std::vector<HostTensor> &inputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status.error();
  return code->prepare(inputs);
}
