//===- Descriptor.cpp - Layers written in one line ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A token is a name and its numbers, or a word. All tokens are read first, since the
// number of spatial dimensions follows from all of them together.
//
//===----------------------------------------------------------------------===//

#include "tconv/Problem/Descriptor.h"

#include <algorithm>
#include <charconv>
#include <map>

using namespace tconv;

namespace {

/// MLIR's name of the type, i8, is an input of 8 elements.
constexpr std::string_view int8Word = "int8", unsignedWord = "uint8";

constexpr size_t maxSpatialDims = 3;
/// Larger numbers cannot be meant, and their products would overflow.
constexpr int64_t maxNumber = (int64_t(1) << 31) - 1;

/// The numbers of a token; `ends` is equal to `values` but where a token says p1:2.
struct Numbers {
  std::vector<int64_t> values;
  std::vector<int64_t> ends;
};

/// What a name stands for.
struct Field {
  std::string_view name;
  int64_t minimum;
  bool spatial;
};

constexpr Field fields[] = {{"n", 1, false},    {"ci", 1, false},        {"co", 1, false},
                            {"g", 1, false},    {"i", 1, true},          {"o", 1, true},
                            {"k", 1, true},     {"s", 1, true},          {"d", 1, true},
                            {"op", 0, true},    {"p", -maxNumber, true}, {"zx", -128, false},
                            {"zw", -128, false}};

/// All tokens of a descriptor: those with numbers by their names, and the words.
struct Tokens {
  std::map<std::string_view, Numbers> numbers;
  bool bias = false;
  std::optional<TensorLayout> layout;
  std::optional<ElementType> type;
  bool inputUnsigned = false;

  bool has(std::string_view name) const { return numbers.find(name) != numbers.end(); }
};

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

/// Takes a number off the front of `text`.
bool takeNumber(std::string_view &text, int64_t &number) {
  std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(end.ptr - text.data());
  return end.ec == std::errc();
}

/// Reads "8x16" or "1:2x0"; false if it is something else.
bool readNumbers(std::string_view text, bool mayHaveEnds, Numbers &numbers) {
  while (true) {
    int64_t value = 0;
    if (!takeNumber(text, value))
      return false;
    numbers.values.push_back(value);
    if (mayHaveEnds && text.starts_with(':')) {
      text.remove_prefix(1);
      if (!takeNumber(text, value))
        return false;
    }
    numbers.ends.push_back(value);
    if (text.empty())
      return true;
    if (!text.starts_with('x'))
      return false;
    text.remove_prefix(1);
  }
}

Status checkRange(std::string_view token, const Field &field, const std::vector<int64_t> &values) {
  for (int64_t value : values)
    if (value < field.minimum || value > maxNumber)
      return Error{"expected a number from " + std::to_string(field.minimum) + " to " +
                   std::to_string(maxNumber) + " in " + quoted(token) + ", got " +
                   std::to_string(value)};
  return success();
}

Error repeated(std::string_view what, std::string_view token) {
  return Error{"expected " + std::string(what) + " once, got it again in " + quoted(token)};
}

/// Reads a token without numbers; false if it is none.
Result<bool> readWord(std::string_view token, Tokens &tokens) {
  if (token == "b")
    return tokens.bias ? Result<bool>(repeated("b", token)) : Result<bool>(tokens.bias = true);
  if (token == "cf" || token == "cl") {
    if (tokens.layout)
      return repeated("a layout", token);
    tokens.layout = token == "cl" ? TensorLayout::ChannelsLast : TensorLayout::ChannelsFirst;
    return true;
  }
  const bool isByte = token == int8Word || token == unsignedWord;
  std::optional<ElementType> type = isByte ? ElementType::I8 : parseElementType(token);
  if (!type || !(isFloat(*type) || isByte))
    return false;
  if (tokens.type)
    return repeated("an element type", token);
  tokens.type = type;
  tokens.inputUnsigned = token == unsignedWord;
  return true;
}

Status readToken(std::string_view token, Tokens &tokens) {
  Result<bool> isWord = readWord(token, tokens);
  if (!isWord)
    return isWord.error();
  if (*isWord)
    return success();
  std::string_view name =
      token.substr(0, std::min(token.find_first_of("-0123456789"), token.size()));
  const Field *field = std::find_if(std::begin(fields), std::end(fields),
                                    [&](const Field &field) { return field.name == name; });
  if (field == std::end(fields))
    return Error{
        "expected n, ci, co, g, i, o, k, s, p, d, op, zx or zw with its numbers, b, cf, cl "
        "or an element type (f64, f32, f16, bf16, int8, uint8), got " +
        quoted(token)};
  Numbers numbers;
  if (!readNumbers(token.substr(name.size()), name == "p", numbers))
    return Error{
        "expected " + std::string(name) +
        (!field->spatial ? " and a number, as in " + std::string(name) + "2"
         : name == "p"
             ? std::string(" and numbers, as in p1, p1x0 or p1:2 for begin and end")
             : " and numbers, as in " + std::string(name) + "2 or " + std::string(name) + "2x3") +
        ", got " + quoted(token)};
  if (!field->spatial && numbers.values.size() != 1)
    return Error{"expected one number in " + quoted(token)};
  for (const std::vector<int64_t> *values : {&numbers.values, &numbers.ends})
    if (Status status = checkRange(token, *field, *values); !status)
      return status.error();
  if (!tokens.numbers.emplace(name, std::move(numbers)).second)
    return repeated(name, token);
  return success();
}

Result<Tokens> readTokens(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  Tokens tokens;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (text.empty())
      return tokens;
    std::string_view token = text.substr(0, text.find_first_of(blanks));
    if (Status status = readToken(token, tokens); !status)
      return status.error();
    text.remove_prefix(token.size());
  }
}

Result<int64_t> countDims(const Tokens &tokens) {
  for (std::string_view name : {"i", "k"})
    if (!tokens.has(name))
      return Error{"expected " + std::string(name) + " with the size of the " +
                   (name == "i" ? "input, as in i4x4" : "kernel, as in k3x3")};
  size_t dims = 0;
  for (std::string_view name : {"i", "o", "k"})
    if (tokens.has(name))
      dims = std::max(dims, tokens.numbers.at(name).values.size());
  if (dims > maxSpatialDims)
    return Error{"expected 1 to " + std::to_string(maxSpatialDims) + " spatial dimensions, got " +
                 std::to_string(dims)};
  for (const auto &[name, numbers] : tokens.numbers) {
    size_t size = numbers.values.size();
    if (size != 1 && size != dims)
      return Error{"expected 1 or " + std::to_string(dims) + " numbers in " + std::string(name) +
                   ", got " + std::to_string(size)};
  }
  return static_cast<int64_t>(dims);
}

/// The number of a field in one dimension, if it is given.
int64_t valueOf(const Tokens &tokens, std::string_view name, size_t dim, int64_t otherwise,
                bool atEnd = false) {
  if (!tokens.has(name))
    return otherwise;
  const Numbers &numbers = tokens.numbers.at(name);
  const std::vector<int64_t> &values = atEnd ? numbers.ends : numbers.values;
  return values.size() == 1 ? values[0] : values[dim];
}

} // namespace

Result<ProblemDescriptor> tconv::parseDescriptor(std::string_view text) {
  Result<Tokens> tokens = readTokens(text);
  if (!tokens)
    return tokens.error();
  Result<int64_t> dims = countDims(*tokens);
  if (!dims)
    return dims.error();
  ProblemDescriptor layer;
  layer.batch = valueOf(*tokens, "n", 0, 1);
  layer.inputChannels = valueOf(*tokens, "ci", 0, 1);
  layer.outputChannels = valueOf(*tokens, "co", 0, 1);
  layer.groups = valueOf(*tokens, "g", 0, 1);
  layer.bias = tokens->bias;
  layer.layout = tokens->layout;
  layer.type = tokens->type.value_or(ElementType::F32);
  layer.zeroPoints = {valueOf(*tokens, "zx", 0, 0), valueOf(*tokens, "zw", 0, 0),
                      tokens->inputUnsigned};
  for (int64_t dim = 0; dim < *dims; ++dim) {
    layer.input.push_back(valueOf(*tokens, "i", dim, 1));
    layer.kernel.push_back(valueOf(*tokens, "k", dim, 1));
    layer.attributes.push_back({valueOf(*tokens, "s", dim, 1), valueOf(*tokens, "p", dim, 0),
                                valueOf(*tokens, "p", dim, 0, /*atEnd=*/true),
                                valueOf(*tokens, "d", dim, 1), valueOf(*tokens, "op", dim, 0)});
    if (tokens->has("o"))
      layer.output.push_back(valueOf(*tokens, "o", dim, 1));
  }
  return layer;
}
