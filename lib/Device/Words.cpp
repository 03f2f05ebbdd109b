//===- Words.cpp - Lines and words of text --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramText.h"

#include <charconv>

using namespace tconv;

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

/// Takes a quotation, without its first mark, off the beginning of a text.
std::optional<std::string> takeQuotation(std::string_view &text) {
  std::string result;
  while (!text.empty()) {
    char character = text.front();
    text.remove_prefix(1);
    if (character == '"')
      return result;
    if (character != '\\') {
      result += character;
      continue;
    }
    if (text.size() < 2)
      return std::nullopt;
    size_t high = hexDigits.find(text[0]), low = hexDigits.find(text[1]);
    if (high == std::string_view::npos || low == std::string_view::npos)
      return std::nullopt;
    result += static_cast<char>(high * 16 + low);
    text.remove_prefix(2);
  }
  return std::nullopt;
}

template <typename Number> std::optional<Number> parseNumber(std::string_view text, int base = 10) {
  Number number;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

} // namespace

std::string tconv::quote(std::string_view text) {
  std::string result = "\"";
  for (char character : text) {
    auto byte = static_cast<unsigned char>(character);
    if (byte >= ' ' && byte < 127 && character != '"' && character != '\\') {
      result += character;
      continue;
    }
    result += '\\';
    result += hexDigits[byte / 16];
    result += hexDigits[byte % 16];
  }
  return result + "\"";
}

std::optional<Words> Words::of(std::string_view line) {
  Words result;
  for (;;) {
    size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos)
      return result;
    line.remove_prefix(begin);
    if (line.front() == '"') {
      line.remove_prefix(1);
      std::optional<std::string> text = takeQuotation(line);
      if (!text)
        return std::nullopt;
      result.words.push_back({std::move(*text), true});
      continue;
    }
    size_t end = std::min(line.find(' '), line.size());
    result.words.push_back({std::string(line.substr(0, end)), false});
    line.remove_prefix(end);
  }
}

const Words::Word *Words::take(bool quoted) {
  if (atEnd() || words[next].quoted != quoted)
    return nullptr;
  return &words[next++];
}

bool Words::consume(std::string_view word) {
  if (atEnd() || words[next].quoted || words[next].text != word)
    return false;
  ++next;
  return true;
}

std::optional<std::string> Words::takeWord() {
  const Word *word = take(false);
  return word ? std::optional(word->text) : std::nullopt;
}

std::optional<std::string> Words::takeQuoted() {
  const Word *word = take(true);
  return word ? std::optional(word->text) : std::nullopt;
}

std::optional<int64_t> Words::takeNumber() {
  if (atEnd() || words[next].quoted)
    return std::nullopt;
  std::optional<int64_t> number = parseNumber<int64_t>(words[next].text);
  next += number.has_value();
  return number;
}

std::optional<uint64_t> Words::takeHexadecimal() {
  const Word *word = take(false);
  if (!word || word->text.find_first_not_of(hexDigits) != std::string::npos)
    return std::nullopt;
  return parseNumber<uint64_t>(word->text, 16);
}

std::optional<Register> Words::takeRegister() {
  const Word *word = take(false);
  if (!word || word->text.empty() || word->text.front() != registerPrefix)
    return std::nullopt;
  return parseNumber<Register>(std::string_view(word->text).substr(1));
}

std::optional<std::string_view> Lines::take() {
  size_t end = text.find('\n', begin);
  if (end == std::string_view::npos)
    return std::nullopt;
  std::string_view line = text.substr(begin, end - begin);
  begin = end + 1;
  ++number;
  return line;
}
