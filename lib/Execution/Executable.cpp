//===- Executable.cpp - A compiled entry function -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks what callers give, once in each call, and hands it to the code, which checks nothing.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Executable.h"

#include "CheckMemory.h"
#include "Compilers.h"

#include <chrono>

using namespace tconv;

Result<Executable> Executable::compile(const EntryFunction &entry, const CompileOptions &options,
                                       const DeviceOptions &device) {
  if (Status status = checkMemory(entry.function, entry.entry); !status)
    return status.error();
  CompileTimes times;
  auto start = std::chrono::steady_clock::now();
  Result<std::unique_ptr<Code>> code = options.target.kind == mlir::tconv::Target::Cpu
                                           ? compileForHost(entry, options, times)
                                           : compileForDevice(entry, options, device, times);
  if (!code)
    return code.error();
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  times.codegen = seconds.count() - times.passes;
  return Executable(entry.entry, entry.packInputs, std::move(*code), times);
}

Result<std::vector<HostTensor>> Executable::allocateOutputs() const {
  return tconv::allocateOutputs(entry);
}

Result<std::vector<HostTensor>>
Executable::packChecked(const std::vector<HostTensor> &inputs) const {
  Result<std::vector<HostTensor>> packed = allocatePacked(code->packedBytes());
  if (!packed)
    return packed;
  if (Status status = hasPacking() ? code->pack(inputs, *packed) : success(); !status)
    return status.error();
  return packed;
}

Status Executable::packAndRun(const std::vector<HostTensor> &inputs,
                              std::vector<HostTensor> &outputs) const {
  Result<std::vector<HostTensor>> packed = packChecked(inputs);
  return packed ? code->run(inputs, *packed, outputs) : Status(packed.error());
}

Result<std::vector<HostTensor>> Executable::pack(const std::vector<HostTensor> &inputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status.error();
  return packChecked(inputs);
}

Status Executable::pack(const std::vector<HostTensor> &inputs,
                        std::vector<HostTensor> &packed) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status;
  return code->pack(inputs, packed);
}

/// Checks the tensors of a run.
static Status checkRun(const EntryPoint &entry, const std::vector<HostTensor> &inputs,
                       const std::vector<HostTensor> &outputs) {
  if (Status status = checkInputs(entry, inputs); !status)
    return status;
  return entry.takesOutputs() ? checkOutputs(entry, outputs) : success();
}

Status Executable::run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
                       std::vector<HostTensor> &outputs) const {
  Status status = checkRun(entry, inputs, outputs);
  return status ? code->run(inputs, packed, outputs) : status;
}

Status Executable::run(const std::vector<HostTensor> &inputs,
                       std::vector<HostTensor> &outputs) const {
  Status status = checkRun(entry, inputs, outputs);
  return status ? packAndRun(inputs, outputs) : status;
}

Result<std::vector<HostTensor>> Executable::run(const std::vector<HostTensor> &inputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status.error();
  Result<std::vector<HostTensor>> outputs = allocateOutputs();
  if (!outputs)
    return outputs;
  if (Status status = packAndRun(inputs, *outputs); !status)
    return status.error();
  return outputs;
}

Result<std::unique_ptr<PreparedRun>>
Executable::prepare(const std::vector<HostTensor> &inputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status.error();
  return code->prepare(inputs);
}
