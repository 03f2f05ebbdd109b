//===- CookToom.h - Short convolutions with few products --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// F(m, n): m outputs of a correlation with n taps,
//
//   y[i] = sum over j of g[j] * d[i + j],   i < m, j < n,
//
// by m + n - 1 products instead of m*n:
//
//   y = A (G g . B d)
//
// (Toom and Cook; Winograd, Arithmetic Complexity of Computations, 1980). The matrices are
// derived here from interpolation points, exactly, and nowhere else. Polynomials of degree
// m - 1 and n - 1 are multiplied by evaluating both at m + n - 1 points, multiplying, and
// interpolating; the transpose of that is the correlation.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_COOKTOOM_H
#define TCONV_SCHEDULE_COOKTOOM_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tconv {

/// A fraction in lowest terms with a positive denominator. Numbers must stay small.
class Rational {
public:
  Rational(int64_t numerator = 0, int64_t denominator = 1);

  int64_t numerator() const { return num; }
  int64_t denominator() const { return den; }
  double toDouble() const { return double(num) / double(den); }
  bool isZero() const { return num == 0; }

  friend Rational operator+(Rational a, Rational b) {
    return {a.num * b.den + b.num * a.den, a.den * b.den};
  }
  friend Rational operator-(Rational a, Rational b) { return a + Rational(-b.num, b.den); }
  friend Rational operator*(Rational a, Rational b) { return {a.num * b.num, a.den * b.den}; }
  friend Rational operator/(Rational a, Rational b) { return {a.num * b.den, a.den * b.num}; }
  bool operator==(const Rational &) const = default;

private:
  int64_t num;
  int64_t den;
};

/// Row by row.
using RationalMatrix = std::vector<std::vector<Rational>>;

struct CookToom {
  int64_t outputs = 1;   ///< m
  int64_t taps = 1;      ///< n
  RationalMatrix input;  ///< B: products x (m + n - 1)
  RationalMatrix filter; ///< G: products x n
  RationalMatrix output; ///< A: m x products

  /// One output, or one tap, is multiplied as it is: all matrices hold zeros and ones then.
  static CookToom create(int64_t outputs, int64_t taps);

  /// Whether there are points enough for F(m, n).
  static bool exists(int64_t outputs, int64_t taps);
  static int64_t products(int64_t outputs, int64_t taps) { return outputs + taps - 1; }

  int64_t products() const { return products(outputs, taps); }
  /// Elements of d.
  int64_t window() const { return outputs + taps - 1; }
};

/// A row of a matrix as it is multiplied: its factors but for zeros, in the order in which terms
/// are added. The first one is 1, if one is.
struct RowTerm {
  size_t column;
  Rational factor;
};
std::vector<RowTerm> orderTerms(const std::vector<Rational> &row);

} // namespace tconv

#endif // TCONV_SCHEDULE_COOKTOOM_H
