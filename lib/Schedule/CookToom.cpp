//===- CookToom.cpp - Short convolutions with few products ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: unittests/Schedule/CookToomTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/CookToom.h"

#include <algorithm>
#include <numeric>

using namespace tconv;

Rational::Rational(int64_t numerator, int64_t denominator) : num(numerator), den(denominator) {
  const int64_t divisor = std::gcd(num, den) * (den < 0 ? -1 : 1);
  num /= divisor;
  den /= divisor;
}

namespace {

/// Where polynomials are evaluated, the most harmless points last but for infinity, which
/// always belongs to them: a pair p, -p shares its sums. With up to four points, denominators
/// are powers of two.
using Points = std::vector<Rational>;

Points choosePoints(int64_t count) {
  const Rational half(1, 2);
  switch (count) {
  case 2:
    return {0};
  case 3:
    return {1, 0};
  case 4:
    return {1, -1, 0};
  case 5:
    return {1, -1, half, 0};
  default:
    return {1, -1, half, -2, 0};
  }
}

using Polynomial = std::vector<Rational>; ///< the constant term first

/// The product of x - p over all points but one; over all, if `but` is none of them.
Polynomial productWithout(const Points &points, size_t but) {
  Polynomial product{1};
  for (size_t index = 0; index < points.size(); ++index) {
    if (index == but)
      continue;
    Polynomial next(product.size() + 1);
    for (size_t power = 0; power < product.size(); ++power) {
      next[power + 1] = next[power + 1] + product[power];
      next[power] = next[power] - points[index] * product[power];
    }
    product = next;
  }
  return product;
}

Rational evaluate(const Polynomial &polynomial, Rational at) {
  Rational value;
  for (size_t power = polynomial.size(); power-- > 0;)
    value = value * at + polynomial[power];
  return value;
}

/// 1, p, p^2, ...
std::vector<Rational> powers(Rational point, int64_t count) {
  std::vector<Rational> result{1};
  while (static_cast<int64_t>(result.size()) < count)
    result.push_back(result.back() * point);
  return result;
}

std::vector<Rational> unit(int64_t size, int64_t one) {
  std::vector<Rational> row(static_cast<size_t>(size));
  row[static_cast<size_t>(one)] = 1;
  return row;
}

/// Products of what is there: one output is the sum of all, one tap meets each output.
CookToom createPlain(int64_t outputs, int64_t taps) {
  CookToom plain{outputs, taps, {}, {}, {}};
  const int64_t products = plain.products();
  for (int64_t product = 0; product < products; ++product) {
    plain.input.push_back(unit(products, product));
    plain.filter.push_back(unit(taps, taps == 1 ? 0 : product));
  }
  for (int64_t output = 0; output < outputs; ++output)
    plain.output.push_back(outputs == 1 ? std::vector<Rational>(products, 1)
                                        : unit(products, output));
  return plain;
}

} // namespace

bool CookToom::exists(int64_t outputs, int64_t taps) {
  constexpr int64_t mostProducts = 6;
  return outputs == 1 || taps == 1 || products(outputs, taps) <= mostProducts;
}

std::vector<RowTerm> tconv::orderTerms(const std::vector<Rational> &row) {
  std::vector<RowTerm> terms;
  for (size_t column = 0; column < row.size(); ++column)
    if (!row[column].isZero())
      terms.push_back({column, row[column]});
  auto first = std::find_if(terms.begin(), terms.end(),
                            [](const RowTerm &term) { return term.factor == Rational(1); });
  if (first != terms.end())
    std::rotate(terms.begin(), first, first + 1);
  return terms;
}

CookToom CookToom::create(int64_t outputs, int64_t taps) {
  if (outputs == 1 || taps == 1)
    return createPlain(outputs, taps);
  CookToom toom{outputs, taps, {}, {}, {}};
  const Points points = choosePoints(toom.products());
  for (size_t index = 0; index < points.size(); ++index) {
    // Row `index` of the interpolation, with its denominator among the factors of g.
    Polynomial basis = productWithout(points, index);
    Rational scale = evaluate(basis, points[index]);
    const bool negative = scale.numerator() < 0;
    scale = negative ? Rational(0) - scale : scale;
    for (Rational &coefficient : basis)
      coefficient = negative ? Rational(0) - coefficient : coefficient;
    basis.resize(static_cast<size_t>(toom.window()));
    toom.input.push_back(basis);
    toom.filter.push_back(powers(points[index], taps));
    for (Rational &factor : toom.filter.back())
      factor = factor / scale;
  }
  toom.input.push_back(productWithout(points, points.size()));
  toom.filter.push_back(unit(taps, taps - 1));
  for (int64_t output = 0; output < outputs; ++output) {
    std::vector<Rational> row;
    for (Rational point : points)
      row.push_back(powers(point, outputs)[static_cast<size_t>(output)]);
    row.emplace_back(output + 1 == outputs ? 1 : 0);
    toom.output.push_back(row);
  }
  return toom;
}
