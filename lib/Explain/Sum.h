//===- Sum.h - The sum behind an output element -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products and sums as text.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_SUM_H
#define TCONV_LIB_EXPLAIN_SUM_H

#include "Format.h"
#include "tconv/Explain/Layer.h"

#include <string>
#include <vector>

namespace tconv::explain {

/// The parts of "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12". The second and
/// third are empty where there is nothing to add up, numbers where there are none.
struct SumText {
  std::string element;
  std::string symbols;
  std::string numbers;
  std::string total;
};

/// What is listed of `contributions` in words; the total is of all.
SumText sumText(const Layer &layer, const Contributions &contributions);

/// The whole equation in one line.
std::string joinSum(const SumText &text);

/// "7 + 5 = 12".
std::string numbersAndTotal(const SumText &text);

/// "1*7 = 7".
std::string productText(const Layer &layer, const Term &term);

/// The type to write results in: integers for integers, else the operands' type.
ElementType resultType(const Layer &layer);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_SUM_H
