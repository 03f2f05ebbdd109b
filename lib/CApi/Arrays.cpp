//===- Arrays.cpp - Tensors between C and the libraries -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"

#include <algorithm>
#include <cstdlib>

using namespace tconv;

static Result<HostTensor> viewArray(const TensorSpec &spec, const TconvArray &array,
                                    const std::string &what) {
  if (array.rank != static_cast<int>(spec.shape.size()))
    return Error{"expected " + spec.str() + " as " + what + ", got a tensor of rank " +
                 std::to_string(array.rank)};
  std::vector<int64_t> shape(array.shape, array.shape + array.rank);
  Result<int64_t> bytes = tensorByteSize(spec.type, shape);
  if (!bytes)
    return Error{what + ": " + bytes.message()};
  if (!array.data && *bytes != 0)
    return Error{"expected the address of " + what + ", got null"};
  return HostTensor::view(spec.type, std::move(shape), static_cast<std::byte *>(array.data));
}

Result<std::vector<HostTensor>> tconv::viewArrays(const std::vector<TensorSpec> &specs,
                                                  const TconvArray *arrays,
                                                  const std::string &what) {
  std::vector<HostTensor> views;
  views.reserve(specs.size());
  for (size_t index = 0; index < specs.size(); ++index) {
    Result<HostTensor> view =
        viewArray(specs[index], arrays[index], what + " " + std::to_string(index));
    if (!view)
      return view.error();
    views.push_back(std::move(*view));
  }
  return views;
}

void tconv::giveArrays(std::vector<HostTensor> tensors, TconvArray *arrays) {
  for (HostTensor &tensor : tensors) {
    arrays->rank = static_cast<int>(tensor.rank());
    std::copy(tensor.shape().begin(), tensor.shape().end(), arrays->shape);
    arrays->data = tensor.release();
    ++arrays;
  }
}

void tconvArrayFree(void *data) { std::free(data); }
