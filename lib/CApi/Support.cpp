//===- Support.cpp - What the C interfaces share --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include <algorithm>

using namespace tconv;

static thread_local std::string lastError;

int tconv::report(const Status &status) {
  if (status)
    return TCONV_OK;
  lastError = status.message();
  return status.error().unsupported ? TCONV_UNSUPPORTED : TCONV_ERROR;
}

Status tconv::describeType(const std::vector<TensorSpec> &specs, int number,
                           const std::string &what, TconvTensorType &type) {
  if (number < 0 || static_cast<size_t>(number) >= specs.size())
    return Error{"expected the number of one of " + std::to_string(specs.size()) + " " + what +
                 "s, got " + std::to_string(number)};
  const TensorSpec &spec = specs[static_cast<size_t>(number)];
  type.elementType = name(spec.type).data(); // a literal
  type.rank = static_cast<int>(spec.shape.size());
  std::transform(spec.shape.begin(), spec.shape.end(), type.shape,
                 [](int64_t size) { return std::max<int64_t>(size, -1); });
  return success();
}

const char *tconvGetVersion(void) { return TCONV_VERSION; }

const char *tconvGetError(void) { return lastError.c_str(); }
