//===- Division.h - Division that rounds one way ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_DIVISION_H
#define TCONV_SUPPORT_DIVISION_H

namespace tconv {

/// \name Division of integers by a positive one.
/// @{

/// Rounds down, also below zero.
template <typename A, typename B> constexpr auto floorDivide(A a, B b) {
  return a / b - (a % b < 0);
}
/// Rounds up.
template <typename A, typename B> constexpr auto ceilDivide(A a, B b) {
  return a / b + (a % b > 0);
}
/// The first multiple of `b` from `a` on.
template <typename A, typename B> constexpr auto roundUp(A a, B b) { return ceilDivide(a, b) * b; }

/// @}

} // namespace tconv

#endif // TCONV_SUPPORT_DIVISION_H
