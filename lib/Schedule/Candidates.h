//===- Candidates.h - Register tiles that a layer may have -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_CANDIDATES_H
#define TCONV_LIB_SCHEDULE_CANDIDATES_H

#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/Schedule.h"
#include "tconv/Schedule/TargetCpu.h"

namespace tconv {

/// Bytes of so many elements of x or w, as kernels read them.
int64_t factorBytes(ElementType type, DotProduct dot, int64_t elements);

/// Bytes of a row of x with all input channels of a group.
int64_t rowBytes(const Problem &problem);

/// All register tiles that fit a layer, without the sizes of blocks; unsupported, with the reason,
/// if there are none.
Result<std::vector<Schedule>> createCandidates(const Problem &problem, const TargetCpu &target);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_CANDIDATES_H
