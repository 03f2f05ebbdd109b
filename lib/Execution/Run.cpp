//===- Run.cpp - Calling compiled code -------------------------------------===//
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

#include "tconv/Execution/Compiler.h"

#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Parallel.h"

#include <cstring>
#include <set>

using namespace tconv;

namespace {

size_t numWords(size_t rank) { return 3 + 2 * rank; }

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

/// Copies a returned buffer, contiguous by the calling convention.
Result<HostTensor> copyResult(const TensorSpec &spec, const int64_t *words) {
  std::vector<int64_t> shape(words + 3, words + 3 + spec.shape.size());
  Result<HostTensor> tensor = HostTensor::allocate(spec.type, shape);
  if (!tensor || tensor->sizeInBytes() == 0)
    return tensor;
  auto *elements = reinterpret_cast<const std::byte *>(words[1]);
  std::memcpy(tensor->data(), elements + words[2] * byteSize(spec.type), tensor->sizeInBytes());
  return tensor;
}

Result<std::vector<HostTensor>> takeResults(const EntryPoint &entry, const int64_t *words) {
  ReturnedBuffers buffers;
  const int64_t *next = words;
  for (const TensorSpec &spec : entry.results) {
    buffers.add(next[0]);
    next += numWords(spec.shape.size());
  }
  std::vector<HostTensor> tensors;
  for (const TensorSpec &spec : entry.results) {
    Result<HostTensor> tensor = copyResult(spec, words);
    if (!tensor)
      return tensor.error();
    tensors.push_back(std::move(*tensor));
    words += numWords(spec.shape.size());
  }
  return tensors;
}

size_t numResultWords(const EntryPoint &entry) {
  size_t words = 0;
  for (const TensorSpec &spec : entry.results)
    words += numWords(spec.shape.size());
  return words;
}

std::string listShapes(const std::vector<HostTensor> &inputs) {
  std::string text;
  for (const HostTensor &input : inputs)
    text += (text.empty() ? "" : ", ") + input.typeString();
  return text;
}

} // namespace

Result<std::vector<HostTensor>> Executable::allocateOutputs() const {
  std::vector<HostTensor> outputs;
  for (const TensorSpec &spec : entry.results) {
    if (!entry.takesOutputs()) {
      outputs.emplace_back();
      continue;
    }
    Result<HostTensor> tensor = HostTensor::allocate(spec.type, spec.shape);
    if (!tensor)
      return tensor.error();
    outputs.push_back(std::move(*tensor));
  }
  return outputs;
}

Result<std::vector<HostTensor>> Executable::pack(const std::vector<HostTensor> &inputs) const {
  std::vector<HostTensor> packed;
  if (!hasPacking())
    return packed;
  for (int64_t bytes : packing.bytes) {
    Result<HostTensor> tensor = HostTensor::allocate(ElementType::I8, {bytes});
    if (!tensor)
      return tensor.error();
    packed.push_back(std::move(*tensor));
  }
  if (Status status = pack(inputs, packed); !status)
    return status.error();
  return packed;
}

Status Executable::pack(const std::vector<HostTensor> &inputs,
                        std::vector<HostTensor> &packed) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status;
  Descriptors descriptors;
  for (size_t input : packing.inputs)
    descriptors.add(inputs[input]);
  descriptors.add(packed);
  std::vector<void *> arguments;
  descriptors.appendTo(arguments);
  return call(packing.function, arguments, inputs);
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
  bool inPlace = entry.takesOutputs();
  if (Status status = inPlace ? checkOutputs(entry, outputs) : success(); !status)
    return status;
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
  if (Status status = call(function, arguments, inputs); !status || inPlace)
    return status;
  Result<std::vector<HostTensor>> results = takeResults(entry, returned.data());
  if (!results)
    return results.error();
  outputs = std::move(*results);
  return success();
}

Result<std::vector<HostTensor>> Executable::run(const std::vector<HostTensor> &inputs) const {
  Result<std::vector<HostTensor>> outputs = allocateOutputs();
  if (!outputs)
    return outputs;
  if (Status status = run(inputs, *outputs); !status)
    return status.error();
  return outputs;
}

/// Calls the code. Inputs are for the message only.
Status Executable::call(void *code, std::vector<void *> &arguments,
                        const std::vector<HostTensor> &inputs) const {
  setNumThreads(threads);
  takeFailure(); // one left by an earlier run is not ours
  reinterpret_cast<void (*)(void **)>(code)(arguments.data());
  if (std::optional<std::string> failure = takeFailure())
    return Error{*failure + (inputs.empty() ? "" : " (inputs: " + listShapes(inputs) + ")")};
  return success();
}
