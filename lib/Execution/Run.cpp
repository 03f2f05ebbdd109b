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

std::vector<int64_t> describe(const HostTensor &tensor) {
  auto address = reinterpret_cast<int64_t>(tensor.data());
  std::vector<int64_t> words{address, address, 0};
  words.insert(words.end(), tensor.shape().begin(), tensor.shape().end());
  std::vector<int64_t> strides(tensor.shape().size(), 1);
  for (size_t dim = strides.size(); dim-- > 1;)
    strides[dim - 1] = strides[dim] * tensor.shape()[dim];
  words.insert(words.end(), strides.begin(), strides.end());
  return words;
}

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

std::string listShapes(const std::vector<HostTensor> &inputs) {
  std::string text;
  for (const HostTensor &input : inputs)
    text += (text.empty() ? "" : ", ") + input.typeString();
  return text;
}

} // namespace

Result<std::vector<HostTensor>> Executable::run(const std::vector<HostTensor> &inputs) const {
  if (Status status = checkInputs(entry, inputs); !status)
    return status.error();
  size_t resultWords = 0;
  for (const TensorSpec &spec : entry.results)
    resultWords += numWords(spec.shape.size());
  std::vector<int64_t> results(resultWords);
  std::vector<std::vector<int64_t>> descriptors;
  std::vector<void *> arguments;
  if (!entry.results.empty())
    arguments.push_back(results.data());
  for (const HostTensor &input : inputs)
    descriptors.push_back(describe(input));
  for (std::vector<int64_t> &descriptor : descriptors)
    arguments.push_back(descriptor.data());

  setNumThreads(threads);
  takeFailure(); // one left by an earlier run is not ours
  reinterpret_cast<void (*)(void **)>(function)(arguments.data());
  if (std::optional<std::string> failure = takeFailure())
    return Error{*failure + (inputs.empty() ? "" : " (inputs: " + listShapes(inputs) + ")")};

  return takeResults(entry, results.data());
}
