//===- LoadedProgram.cpp - A program on a device --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are looked up and constants copied to the device once, when a program is loaded. A run
// then turns tensors into the words of their descriptors, checks them against the program's, and
// interprets its function.
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/LoadedProgram.h"

#include "Descriptors.h"

#include <algorithm>

using namespace tconv;

namespace {

Status checkTensors(const Function &function, const std::string &what,
                    const std::vector<TensorSpec> &specs,
                    const std::vector<DeviceTensor> &tensors) {
  if (tensors.size() != specs.size())
    return Error{"expected " + std::to_string(specs.size()) + " " + what + "s of " + function.name +
                 ", got " + std::to_string(tensors.size())};
  for (size_t index = 0; index < specs.size(); ++index) {
    const DeviceTensor &tensor = tensors[index];
    if (!specs[index].accepts(tensor.type, tensor.shape))
      return Error{"expected " + specs[index].str() + " as " + what + " " + std::to_string(index) +
                   " of " + function.name + ", got " + typeString(tensor.type, tensor.shape)};
    if (Result<int64_t> bytes = tensorByteSize(tensor.type, tensor.shape); !bytes)
      return bytes.error();
  }
  return success();
}

Status checkPacked(const Function &entry, const std::vector<DeviceAddress> &packed) {
  if (packed.size() == entry.packedBytes.size())
    return success();
  return Error{"expected " + std::to_string(entry.packedBytes.size()) + " packed filters of " +
               entry.name + ", got " + std::to_string(packed.size())};
}

void appendPacked(std::vector<uint64_t> &words, const Function &entry,
                  const std::vector<DeviceAddress> &packed) {
  for (size_t index = 0; index < packed.size(); ++index)
    appendDescriptor(words, packed[index], entry.packedBytes[index]);
}

} // namespace

Result<std::unique_ptr<LoadedProgram>> LoadedProgram::load(Program program, Device &device,
                                                           std::unique_ptr<DeviceModule> module) {
  if (Status status = verify(program); !status)
    return status.error();
  std::unique_ptr<LoadedProgram> loaded(
      new LoadedProgram(std::move(program), device, std::move(module)));
  if (Status status = loaded->loadSegments(); !status)
    return status.error();
  return loaded;
}

LoadedProgram::~LoadedProgram() {
  for (DeviceAddress segment : segments)
    (void)target.free(segment);
}

Status LoadedProgram::loadSegments() {
  for (const DataSegment &segment : code.segments) {
    Result<DeviceAddress> address = target.allocate(std::max<uint64_t>(segment.bytes.size(), 1));
    if (!address)
      return address.error();
    segments.push_back(*address);
    if (segment.bytes.empty())
      continue;
    Status status = target.copyToDevice(*address, segment.bytes.data(), segment.bytes.size());
    if (!status)
      return status;
  }
  return success();
}

Status LoadedProgram::pack(const std::vector<DeviceTensor> &inputs,
                           const std::vector<DeviceAddress> &packed) const {
  if (!code.hasPacking())
    return success();
  if (Status status = checkTensors(code.pack, "input", code.pack.inputs, inputs); !status)
    return status;
  if (Status status = checkPacked(code.entry, packed); !status)
    return status;
  std::vector<uint64_t> words;
  for (const DeviceTensor &input : inputs)
    appendDescriptor(words, input);
  appendPacked(words, code.entry, packed);
  Result<Returned> returned = interpret(context(), code.pack, words);
  return returned ? success() : Status(returned.error());
}

Status LoadedProgram::run(const std::vector<DeviceTensor> &inputs,
                          const std::vector<DeviceAddress> &packed,
                          std::vector<DeviceTensor> &outputs) const {
  const Function &entry = code.entry;
  if (Status status = checkTensors(entry, "input", entry.inputs, inputs); !status)
    return status;
  if (Status status = checkPacked(entry, packed); !status)
    return status;
  std::vector<uint64_t> words;
  for (const DeviceTensor &input : inputs)
    appendDescriptor(words, input);
  appendPacked(words, entry, packed);
  if (entry.takesOutputs) {
    if (Status status = checkTensors(entry, "output", entry.results, outputs); !status)
      return status;
    for (const DeviceTensor &output : outputs)
      appendDescriptor(words, output);
  }
  Result<Returned> returned = interpret(context(), entry, words);
  if (!returned)
    return returned.error();
  if (entry.takesOutputs)
    return success();
  Result<std::vector<DeviceTensor>> tensors = takeTensors(target, entry, std::move(*returned));
  if (!tensors)
    return tensors.error();
  outputs = std::move(*tensors);
  return success();
}
