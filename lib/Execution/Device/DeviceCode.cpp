//===- DeviceCode.cpp - A program on a device -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run copies the inputs to the device, lets the program launch its kernels, waits, and copies
// the results back. A prepared run keeps its operands on the device, so that only kernels are
// timed.
//
//===----------------------------------------------------------------------===//

#include "DeviceCode.h"

#include "tconv/Device/DeviceMemory.h"

using namespace tconv;

namespace {

/// The operands of runs, on the device.
class Operands {
public:
  explicit Operands(const LoadedProgram &program) : program(program), memory(program.device()) {}

  Status addInputs(const std::vector<HostTensor> &tensors);
  Status addPacked(const std::vector<HostTensor> &tensors);
  Status allocatePacked();
  Status allocateOutputs();
  Status pack(const std::vector<HostTensor> &all);
  Status start();
  Status run();
  Result<std::vector<HostTensor>> copyPacked();
  Status copyOutputs(std::vector<HostTensor> &results);
  /// Frees outputs that a run has allocated.
  void freeOutputs();

private:
  const Function &entry() const { return program.program().entry; }

  const LoadedProgram &program;
  DeviceMemory memory;
  std::vector<DeviceTensor> inputs, outputs;
  std::vector<DeviceAddress> packed;
};

Status Operands::addInputs(const std::vector<HostTensor> &tensors) {
  for (const HostTensor &tensor : tensors) {
    Result<DeviceTensor> copy = memory.upload(tensor);
    if (!copy)
      return copy.error();
    inputs.push_back(std::move(*copy));
  }
  return success();
}

Status Operands::addPacked(const std::vector<HostTensor> &tensors) {
  for (const HostTensor &tensor : tensors) {
    Result<DeviceTensor> copy = memory.upload(tensor);
    if (!copy)
      return copy.error();
    packed.push_back(copy->address);
  }
  return success();
}

Status Operands::allocatePacked() {
  for (int64_t bytes : entry().packedBytes) {
    Result<DeviceAddress> address = memory.allocate(static_cast<uint64_t>(bytes));
    if (!address)
      return address.error();
    packed.push_back(*address);
  }
  return success();
}

Status Operands::allocateOutputs() {
  for (const TensorSpec &spec : entry().results) {
    if (!entry().takesOutputs)
      break;
    Result<DeviceTensor> tensor = memory.allocate(spec.type, spec.shape);
    if (!tensor)
      return tensor.error();
    outputs.push_back(std::move(*tensor));
  }
  return success();
}

/// Packs the constant ones of the entry's inputs.
Status Operands::pack(const std::vector<HostTensor> &all) {
  if (!program.program().hasPacking())
    return success();
  if (Status status = allocatePacked(); !status)
    return status;
  DeviceMemory temporary(program.device());
  std::vector<DeviceTensor> filters;
  for (uint32_t input : program.program().packInputs) {
    Result<DeviceTensor> copy = temporary.upload(all[input]);
    if (!copy)
      return copy.error();
    filters.push_back(std::move(*copy));
  }
  if (Status status = program.pack(filters, packed); !status)
    return status;
  return program.device().synchronize();
}

Status Operands::start() { return program.run(inputs, packed, outputs); }

Status Operands::run() {
  if (Status status = start(); !status)
    return status;
  return program.device().synchronize();
}

Result<std::vector<HostTensor>> Operands::copyPacked() {
  std::vector<HostTensor> tensors;
  for (size_t index = 0; index < packed.size(); ++index) {
    DeviceTensor source{ElementType::I8, {entry().packedBytes[index]}, packed[index]};
    Result<HostTensor> tensor = download(program.device(), source);
    if (!tensor)
      return tensor.error();
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

Status Operands::copyOutputs(std::vector<HostTensor> &results) {
  for (size_t index = 0; index < outputs.size(); ++index) {
    if (entry().takesOutputs) {
      Status status = downloadTo(program.device(), outputs[index], results[index]);
      if (!status)
        return status;
      continue;
    }
    Result<HostTensor> tensor = download(program.device(), outputs[index]);
    if (!tensor)
      return tensor.error();
    results[index] = std::move(*tensor);
  }
  return success();
}

void Operands::freeOutputs() {
  if (entry().takesOutputs)
    return;
  for (const DeviceTensor &output : outputs)
    (void)program.device().free(output.address);
  outputs.clear();
}

/// Runs with operands that stay on the device.
class PreparedDeviceRun : public PreparedRun {
public:
  PreparedDeviceRun(DevicePlatform &platform, const LoadedProgram &program)
      : platform(platform), operands(program) {}
  Status prepare(const std::vector<HostTensor> &inputs) {
    if (Status status = operands.addInputs(inputs); !status)
      return status;
    if (Status status = operands.pack(inputs); !status)
      return status;
    return operands.allocateOutputs();
  }
  Result<double> run() override {
    Result<double> seconds = platform.time([&] { return operands.start(); });
    operands.freeOutputs();
    return seconds;
  }

private:
  DevicePlatform &platform;
  Operands operands;
};

} // namespace

Status DeviceCode::pack(const std::vector<HostTensor> &inputs,
                        std::vector<HostTensor> &packed) const {
  std::lock_guard lock(mutex);
  Operands operands(*program);
  if (Status status = operands.pack(inputs); !status)
    return describeFailure(status.error(), inputs);
  Result<std::vector<HostTensor>> copies = operands.copyPacked();
  if (!copies)
    return copies.error();
  packed = std::move(*copies);
  return success();
}

Status DeviceCode::run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
                       std::vector<HostTensor> &outputs) const {
  std::lock_guard lock(mutex);
  Operands operands(*program);
  Status status = operands.addInputs(inputs);
  if (status)
    status = operands.addPacked(packed);
  if (status)
    status = operands.allocateOutputs();
  if (status)
    status = operands.run();
  if (!status)
    return describeFailure(status.error(), inputs);
  status = operands.copyOutputs(outputs);
  operands.freeOutputs();
  if (status)
    platform->finishRun();
  return status;
}

Result<std::unique_ptr<PreparedRun>>
DeviceCode::prepare(const std::vector<HostTensor> &inputs) const {
  std::lock_guard lock(mutex);
  auto prepared = std::make_unique<PreparedDeviceRun>(*platform, *program);
  if (Status status = prepared->prepare(inputs); !status)
    return describeFailure(status.error(), inputs);
  return std::unique_ptr<PreparedRun>(std::move(prepared));
}
