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
#include "tconv/Runtime/Threads.h"

#include <cstring>

using namespace tconv;

// Of LLVM's OpenMP runtime, whose header is not installed with it everywhere.
extern "C" void omp_set_num_threads(int);

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

/// Frees a buffer that compiled code allocated, at the end of its scope.
struct Freed {
  void *memory;
  ~Freed() { tconvFree(memory); }
};

/// Copies a returned buffer, contiguous by the calling convention, and frees it.
Result<HostTensor> takeResult(const TensorSpec &spec, const int64_t *words) {
  Freed allocation{reinterpret_cast<void *>(words[0])};
  std::vector<int64_t> shape(words + 3, words + 3 + spec.shape.size());
  Result<HostTensor> tensor = HostTensor::allocate(spec.type, shape);
  if (!tensor || tensor->sizeInBytes() == 0)
    return tensor;
  auto *elements = reinterpret_cast<const std::byte *>(words[1]);
  std::memcpy(tensor->data(), elements + words[2] * byteSize(spec.type), tensor->sizeInBytes());
  return tensor;
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

  if (threads != 1)
    omp_set_num_threads(threads > 0 ? threads : defaultNumThreads());
  takeFailure(); // one left by an earlier run is not ours
  reinterpret_cast<void (*)(void **)>(function)(arguments.data());
  if (std::optional<std::string> failure = takeFailure())
    return Error{*failure + (inputs.empty() ? "" : " (inputs: " + listShapes(inputs) + ")")};

  std::vector<HostTensor> tensors;
  std::optional<Error> error;
  const int64_t *words = results.data();
  for (const TensorSpec &spec : entry.results) {
    Result<HostTensor> tensor = takeResult(spec, words);
    words += numWords(spec.shape.size());
    if (tensor)
      tensors.push_back(std::move(*tensor));
    else
      error = tensor.error();
  }
  if (error)
    return *error;
  return tensors;
}
