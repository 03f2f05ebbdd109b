//===- Sum.cpp - The sum behind an output element -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "Sum.h"

#include "tconv/Explain/Describe.h"

using namespace tconv;
using namespace tconv::explain;

/// Appends "a" or " + a" or " - a".
static void appendNumber(std::string &sum, const std::string &number) {
  if (sum.empty())
    sum = number;
  else if (number.starts_with('-'))
    sum += " - " + number.substr(1);
  else
    sum += " + " + number;
}

static void appendWord(std::string &sum, const std::string &word) {
  sum += (sum.empty() ? "" : " + ") + word;
}

ElementType explain::resultType(const Layer &layer) { return layer.input.type(); }

SumText explain::sumText(const Layer &layer, const Contributions &contributions) {
  const ElementType type = resultType(layer);
  Names names(layer);
  SumText text;
  text.element = names.y(contributions.output);
  if (layer.bias) {
    appendWord(text.symbols, "b[" + std::to_string(contributions.output.channel) + "]");
    appendNumber(text.numbers, formatNumber(contributions.bias, type));
  }
  for (const Term &term : contributions.terms) {
    appendWord(text.symbols, names.x(term.input) + "*" + names.w(term, contributions.output));
    appendNumber(text.numbers, formatNumber(term.x * term.w, type));
  }
  if (contributions.unlisted > 0) {
    appendWord(text.symbols, "... (" + formatCount(contributions.unlisted) + " more)");
    appendWord(text.numbers, "...");
  }
  if (!layer.hasValues())
    text.numbers.clear();
  if (layer.hasValues() || contributions.count() == 0)
    text.total = formatNumber(contributions.sum(), type);
  if (contributions.count() == 0)
    text.total += " (no tap reaches it)";
  return text;
}

std::string explain::joinSum(const SumText &text) {
  std::string line = text.element;
  if (!text.symbols.empty())
    line += " = " + text.symbols;
  std::string numbers = numbersAndTotal(text);
  return numbers.empty() ? line : line + " = " + numbers;
}

std::string explain::numbersAndTotal(const SumText &text) {
  // A single number is its own sum.
  bool isSum = text.numbers.find(' ') != std::string::npos;
  return isSum ? text.numbers + " = " + text.total : text.total;
}

std::string explain::productText(const Layer &layer, const Term &term) {
  const ElementType type = resultType(layer);
  auto factor = [&](double value) {
    std::string text = formatNumber(value, type);
    return text.starts_with('-') ? "(" + text + ")" : text;
  };
  return formatNumber(term.x, type) + "*" + factor(term.w) + " = " +
         formatNumber(term.x * term.w, type);
}

std::string tconv::describeSum(const Layer &layer, const ElementIndex &output, int64_t maxTerms) {
  return joinSum(sumText(layer, contributionsTo(layer, output, maxTerms)));
}
