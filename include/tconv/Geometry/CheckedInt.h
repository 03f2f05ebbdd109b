//===- CheckedInt.h - 64-bit integers that notice overflow --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An int64_t that remembers whether anything it was computed from overflowed, so
// that a formula can be written plainly and checked once, at its end.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_GEOMETRY_CHECKEDINT_H
#define TCONV_GEOMETRY_CHECKEDINT_H

#include <algorithm>
#include <cstdint>
#include <optional>

namespace tconv {

class CheckedInt {
public:
  explicit CheckedInt(int64_t value) : number(value) {}

  bool overflowed() const { return overflow; }
  /// The number, or nothing if it does not fit.
  std::optional<int64_t> value() const {
    return overflow ? std::nullopt : std::optional<int64_t>(number);
  }

  friend CheckedInt operator+(CheckedInt a, CheckedInt b) {
    bool lost = __builtin_add_overflow(a.number, b.number, &a.number);
    return a.mark(lost || b.overflow);
  }
  friend CheckedInt operator-(CheckedInt a, CheckedInt b) {
    bool lost = __builtin_sub_overflow(a.number, b.number, &a.number);
    return a.mark(lost || b.overflow);
  }
  friend CheckedInt operator*(CheckedInt a, CheckedInt b) {
    bool lost = __builtin_mul_overflow(a.number, b.number, &a.number);
    return a.mark(lost || b.overflow);
  }
  friend CheckedInt operator*(CheckedInt a, int64_t b) { return a * CheckedInt(b); }

  /// Division by a positive number, rounding down.
  friend CheckedInt floorDiv(CheckedInt a, int64_t b) {
    a.number = a.number / b - (a.number % b < 0);
    return a;
  }
  /// Division by a positive number, rounding up.
  friend CheckedInt ceilDiv(CheckedInt a, int64_t b) {
    a.number = a.number / b + (a.number % b > 0);
    return a;
  }
  /// The remainder in [0, b) of a division by a positive number.
  friend CheckedInt mod(CheckedInt a, int64_t b) {
    a.number = a.number % b + (a.number % b < 0 ? b : 0);
    return a;
  }
  friend CheckedInt min(CheckedInt a, CheckedInt b) {
    return CheckedInt(std::min(a.number, b.number)).mark(a.overflow || b.overflow);
  }
  friend CheckedInt max(CheckedInt a, CheckedInt b) {
    return CheckedInt(std::max(a.number, b.number)).mark(a.overflow || b.overflow);
  }

private:
  CheckedInt mark(bool lost) {
    overflow |= lost;
    return *this;
  }

  int64_t number;
  bool overflow = false;
};

} // namespace tconv

#endif // TCONV_GEOMETRY_CHECKEDINT_H
