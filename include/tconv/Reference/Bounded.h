//===- Bounded.h - Numbers that are known up to a bound -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How errors of inputs become errors of results. A number stands for the interval of all that
// compiled code may have in its place: value - bound to value + bound.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_REFERENCE_BOUNDED_H
#define TCONV_REFERENCE_BOUNDED_H

#include "tconv/HostTensor/ElementType.h"

#include <functional>

namespace tconv {

struct Bounded {
  double value = 0;
  /// At least 0; infinite where nothing is known.
  double bound = 0;

  double low() const { return value - bound; }
  double high() const { return value + bound; }
  bool isExact() const { return bound == 0; }
};

/// The smallest bound around `value` that lets in another interval as well.
Bounded widen(Bounded number, const Bounded &other);

/// After a rounding to a floating-point type, in which the relative error is at most `ulps` units
/// of half a last place: 1 for an operation that is rounded correctly. What may overflow
/// has an infinite bound, unless all of it does.
Bounded rounded(ElementType type, Bounded number, double ulps = 1);

using Unary = std::function<double(double)>;
using Binary = std::function<double(double, double)>;

/// \name The results of functions, not rounded
/// @{
/// Of one that only rises or only falls where it is defined.
Bounded applyMonotone(const Unary &function, const Bounded &x);
/// Of one that falls up to 0 and rises from there, or the other way round.
Bounded applyEven(const Unary &function, const Bounded &x);
/// Of one whose slope is at most 1 and whose values are within [-1, 1].
Bounded applyPeriodic(const Unary &function, const Bounded &x);
/// Of one that is monotone in each argument while the other is kept.
Bounded applyMonotone(const Binary &function, const Bounded &x, const Bounded &y);
/// Of any: nothing is known if an argument is not exact.
Bounded applyExact(const Binary &function, const Bounded &x, const Bounded &y);
Bounded divide(const Bounded &x, const Bounded &y);
/// @}

} // namespace tconv

#endif // TCONV_REFERENCE_BOUNDED_H
