//===- Library.cpp - The runtime as a shared library ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For hosts that know nothing of tconv, such as LLVM's mlir-runner: what compiled code calls, and
// failures on stderr, since nobody takes them.
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/CompilerSupport.h"
#include "tconv/Runtime/Failure.h"

#include <cstdio>

namespace {

[[maybe_unused]] const bool reports = [] {
  tconv::setFailureHook(
      [](const char *message) { std::fprintf(stderr, "tconv: error: %s\n", message); });
  return true;
}();

} // namespace

extern "C" {

// Under the names that LLVM expects, see CompilerSupport.h.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
float __truncsfbf2(float value) { return tconvTruncateFloatToBfloat16(value); }
float __truncdfbf2(double value) { return tconvTruncateDoubleToBfloat16(value); }
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
}
