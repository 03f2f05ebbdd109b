//===- Division.h - Division that rounds one way ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_DIVISION_H
#define TCONV_LIB_SCHEDULE_DIVISION_H

#include <cstdint>

namespace tconv {

/// Division by a positive number, rounding down, or up.
inline int64_t floorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0); }
inline int64_t ceilDivide(int64_t a, int64_t b) { return a / b + (a % b > 0); }

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_DIVISION_H
