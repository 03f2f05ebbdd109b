//===- Code.cpp - Compiled code, wherever it runs -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Code.h"

using namespace tconv;

static std::string listShapes(const std::vector<HostTensor> &inputs) {
  std::string text;
  for (const HostTensor &input : inputs)
    text += (text.empty() ? "" : ", ") + input.typeString();
  return text;
}

Error tconv::describeFailure(const Error &error, const std::vector<HostTensor> &inputs) {
  return Error{error.message + (inputs.empty() ? "" : " (inputs: " + listShapes(inputs) + ")"),
               error.unsupported};
}
