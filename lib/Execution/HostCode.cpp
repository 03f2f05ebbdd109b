//===- HostCode.cpp - Machine code of this process ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Passes tensors to compiled code as MLIR's memref descriptors: {allocated pointer,
// aligned pointer, offset, sizes..., strides...}, all of them 64-bit words.
//
//===----------------------------------------------------------------------===//

#include "HostCode.h"

#include "tconv/Device/Program.h"
#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Parallel.h"
#include "tconv/Runtime/ResultMemory.h"
#include "tconv/Runtime/Threads.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <set>

using namespace tconv;

namespace {

/// Descriptors of tensors, one after the other, and the address of each.
class Descriptors {
public:
  void add(const HostTensor &tensor) {
    starts.push_back(words.size());
    auto address = reinterpret_cast<int64_t>(tensor.data());
    words.insert(words.end(), {address, address, 0});
    const std::vector<int64_t> &shape = tensor.shape();
    words.insert(words.end(), shape.begin(), shape.end());
    words.resize(words.size() + shape.size(), 1);
    for (size_t dim = shape.size(), last = words.size() - 1; dim-- > 1; --last)
      words[last - 1] = words[last] * shape[dim];
  }
  void add(const std::vector<HostTensor> &tensors) {
    for (const HostTensor &tensor : tensors)
      add(tensor);
  }
  void appendTo(std::vector<void *> &arguments) {
    for (size_t start : starts)
      arguments.push_back(words.data() + start);
  }

private:
  std::vector<int64_t> words;
  std::vector<size_t> starts;
};

/// Frees what compiled code returned. Results may share a buffer.
class ReturnedBuffers {
public:
  void add(int64_t address) { buffers.insert(address); }
  ~ReturnedBuffers() {
    for (int64_t address : buffers)
      tconvFree(reinterpret_cast<void *>(address));
  }

private:
  std::set<int64_t> buffers;
};

/// The memory of earlier results, for those of a run that does not read it.
std::vector<ResultMemory::Block> reusableBlocks(const std::vector<HostTensor> &inputs,
                                                std::vector<HostTensor> &outputs) {
  std::vector<ResultMemory::Block> blocks;
  for (HostTensor &output : outputs) {
    const std::byte *begin = output.data(), *end = begin + output.sizeInBytes();
    const bool isAligned = reinterpret_cast<uintptr_t>(begin) % HostTensor::alignment == 0;
    const bool isRead = std::any_of(inputs.begin(), inputs.end(), [&](const HostTensor &input) {
      return input.data() < end && begin < input.data() + input.sizeInBytes();
    });
    if (begin && isAligned && !isRead)
      blocks.push_back({output.data(), output.sizeInBytes()});
  }
  return blocks;
}

/// A returned buffer, contiguous by the calling convention: that of a former result, or a copy.
Result<HostTensor> takeResult(const TensorSpec &spec, const int64_t *words,
                              std::vector<HostTensor> &former) {
  std::vector<int64_t> shape(words + 3, words + 3 + spec.shape.size());
  const int64_t address = words[1] + words[2] * byteSize(spec.type);
  for (HostTensor &tensor : former)
    if (tensor.data() == reinterpret_cast<std::byte *>(address) && tensor.type() == spec.type &&
        tensor.shape() == shape)
      return std::move(tensor);
  Result<HostTensor> tensor = HostTensor::allocate(spec.type, shape);
  if (!tensor || tensor->sizeInBytes() == 0)
    return tensor;
  std::memcpy(tensor->data(), reinterpret_cast<const std::byte *>(address), tensor->sizeInBytes());
  return tensor;
}

Result<std::vector<HostTensor>> takeResults(const EntryPoint &entry, const int64_t *words,
                                            std::vector<HostTensor> &former) {
  ReturnedBuffers buffers;
  const int64_t *next = words;
  for (const TensorSpec &spec : entry.results) {
    buffers.add(next[0]);
    next += numDescriptorWords(spec.shape.size());
  }
  std::vector<HostTensor> tensors;
  for (const TensorSpec &spec : entry.results) {
    Result<HostTensor> tensor = takeResult(spec, words, former);
    if (!tensor)
      return tensor.error();
    tensors.push_back(std::move(*tensor));
    words += numDescriptorWords(spec.shape.size());
  }
  return tensors;
}

size_t numResultWords(const EntryPoint &entry) {
  size_t words = 0;
  for (const TensorSpec &spec : entry.results)
    words += numDescriptorWords(spec.shape.size());
  return words;
}

/// A run from and to tensors that stay where they are.
class PreparedHostRun : public PreparedRun {
public:
  PreparedHostRun(const HostCode &code, const std::vector<HostTensor> &inputs,
                  std::vector<HostTensor> packed, std::vector<HostTensor> outputs)
      : code(code), inputs(inputs), packed(std::move(packed)), outputs(std::move(outputs)) {}
  Result<double> run() override {
    auto start = std::chrono::steady_clock::now();
    if (Status status = code.run(inputs, packed, outputs); !status)
      return status.error();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

private:
  const HostCode &code;
  const std::vector<HostTensor> &inputs;
  std::vector<HostTensor> packed, outputs;
};

} // namespace

Status HostCode::pack(const std::vector<HostTensor> &inputs,
                      std::vector<HostTensor> &packed) const {
  Descriptors descriptors;
  for (uint32_t input : packing.inputs)
    descriptors.add(inputs[input]);
  descriptors.add(packed);
  std::vector<void *> arguments;
  descriptors.appendTo(arguments);
  return call(packing.function, arguments, inputs);
}

Status HostCode::run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
                     std::vector<HostTensor> &outputs) const {
  bool inPlace = entry.takesOutputs();
  Descriptors descriptors;
  descriptors.add(inputs);
  descriptors.add(packed);
  std::vector<int64_t> returned;
  std::vector<void *> arguments;
  if (inPlace)
    descriptors.add(outputs);
  else
    returned.resize(numResultWords(entry));
  if (!returned.empty())
    arguments.push_back(returned.data());
  descriptors.appendTo(arguments);
  ResultMemory memory(inPlace ? std::vector<ResultMemory::Block>()
                              : reusableBlocks(inputs, outputs));
  if (Status status = call(function, arguments, inputs); !status || inPlace)
    return status;
  Result<std::vector<HostTensor>> results = takeResults(entry, returned.data(), outputs);
  if (!results)
    return results.error();
  outputs = std::move(*results);
  return success();
}

Result<std::unique_ptr<PreparedRun>>
HostCode::prepare(const std::vector<HostTensor> &inputs) const {
  Result<std::vector<HostTensor>> packed = allocatePacked(packing.bytes);
  if (!packed)
    return packed.error();
  if (Status status = packing.bytes.empty() ? success() : pack(inputs, *packed); !status)
    return status.error();
  Result<std::vector<HostTensor>> outputs = allocateOutputs(entry);
  if (!outputs)
    return outputs.error();
  return std::unique_ptr<PreparedRun>(
      std::make_unique<PreparedHostRun>(*this, inputs, std::move(*packed), std::move(*outputs)));
}

std::string HostCode::where() const {
  int number = threads ? threads : defaultNumThreads();
  return std::to_string(number) + (number == 1 ? " thread" : " threads");
}

/// Calls the code. Inputs are for the message only.
Status HostCode::call(void *code, std::vector<void *> &arguments,
                      const std::vector<HostTensor> &inputs) const {
  setNumThreads(threads);
  takeFailure(); // one left by an earlier run is not ours
  reinterpret_cast<void (*)(void **)>(code)(arguments.data());
  if (std::optional<std::string> failure = takeFailure())
    return describeFailure(Error{*failure}, inputs);
  return success();
}
