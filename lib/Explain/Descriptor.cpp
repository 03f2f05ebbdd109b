//===- Descriptor.cpp - Layers written in one line ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A token is a name and its numbers. All tokens are read first, since the number of
// spatial dimensions follows from all of them together.
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Descriptor.h"

#include "Format.h"
#include "Reach.h"

#include <algorithm>
#include <charconv>
#include <map>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr int64_t maxSpatialDims = 3;
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

constexpr Field fields[] = {
    {"n", 1, false}, {"ci", 1, false}, {"co", 1, false}, {"g", 1, false}, {"i", 1, true},
    {"k", 1, true},  {"s", 1, true},   {"d", 1, true},   {"op", 0, true}, {"p", -maxNumber, true}};

using Tokens = std::map<std::string_view, Numbers>;

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

Status readToken(std::string_view token, Tokens &tokens) {
  std::string_view name =
      token.substr(0, std::min(token.find_first_of("-0123456789"), token.size()));
  const Field *field = std::find_if(std::begin(fields), std::end(fields),
                                    [&](const Field &field) { return field.name == name; });
  if (field == std::end(fields))
    return Error{"expected n, ci, co, i, k, s, p, d, op or g with its numbers, got " +
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
  if (!tokens.emplace(name, std::move(numbers)).second)
    return Error{"expected " + std::string(name) + " once, got it again in " + quoted(token)};
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
    if (tokens.find(name) == tokens.end())
      return Error{"expected " + std::string(name) + " with the size of the " +
                   (name == "i" ? "input, as in i4x4" : "kernel, as in k3x3")};
  int64_t dims =
      std::max(tokens.find("i")->second.values.size(), tokens.find("k")->second.values.size());
  if (dims > maxSpatialDims)
    return Error{"expected 1 to " + std::to_string(maxSpatialDims) + " spatial dimensions, got " +
                 std::to_string(dims)};
  for (const Field &field : fields) {
    auto found = tokens.find(field.name);
    if (!field.spatial || found == tokens.end())
      continue;
    auto size = static_cast<int64_t>(found->second.values.size());
    if (size != 1 && size != dims)
      return Error{"expected 1 or " + std::to_string(dims) + " numbers in " +
                   std::string(field.name) + ", got " + std::to_string(size)};
  }
  return dims;
}

/// The number of a field in one dimension, if it is given.
int64_t valueOf(const Tokens &tokens, std::string_view name, size_t dim, int64_t otherwise,
                bool atEnd = false) {
  auto found = tokens.find(name);
  if (found == tokens.end())
    return otherwise;
  const std::vector<int64_t> &values = atEnd ? found->second.ends : found->second.values;
  return values.size() == 1 ? values[0] : values[dim];
}

} // namespace

Result<LayerDescription> tconv::parseDescriptor(std::string_view text) {
  Result<Tokens> tokens = readTokens(text);
  if (!tokens)
    return tokens.error();
  Result<int64_t> dims = countDims(*tokens);
  if (!dims)
    return dims.error();
  LayerDescription layer{valueOf(*tokens, "n", 0, 1),
                         valueOf(*tokens, "ci", 0, 1),
                         valueOf(*tokens, "co", 0, 1),
                         valueOf(*tokens, "g", 0, 1),
                         {},
                         {},
                         {}};
  for (int64_t dim = 0; dim < *dims; ++dim) {
    layer.input.push_back(valueOf(*tokens, "i", dim, 1));
    layer.kernel.push_back(valueOf(*tokens, "k", dim, 1));
    layer.attributes.push_back({valueOf(*tokens, "s", dim, 1), valueOf(*tokens, "p", dim, 0),
                                valueOf(*tokens, "p", dim, 0, /*atEnd=*/true),
                                valueOf(*tokens, "d", dim, 1), valueOf(*tokens, "op", dim, 0)});
  }
  return layer;
}
