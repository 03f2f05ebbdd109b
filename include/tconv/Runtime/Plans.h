//===- Plans.h - Plans of layers whose sizes are dynamic --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_PLANS_H
#define TCONV_RUNTIME_PLANS_H

#include <cstdint>

extern "C" {

/// Called by compiled code: the address of the plan for a request at an address
/// (tconv/Schedule/RuntimePlan.h), which stays until it is released; or 0, and a failure, if there
/// are no such sizes or not enough memory. Plans of sizes seen lately are kept: at most 2048, and
/// of 256 MB.
int64_t tconvFindPlan(int64_t request);
void tconvReleasePlan(int64_t plan);
}

#endif // TCONV_RUNTIME_PLANS_H
