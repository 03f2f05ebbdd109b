//===- ProgramText.h - Programs as lines of text -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_DEVICE_PROGRAMTEXT_H
#define TCONV_LIB_DEVICE_PROGRAMTEXT_H

#include "tconv/Device/ProgramFile.h"

#include <optional>

namespace tconv {

/// Text in quotes, as it can stand in a line.
std::string quote(std::string_view text);

/// A function, as lines.
std::string printFunction(const Function &function);

/// A name to be put before the number of a register.
inline constexpr char registerPrefix = 'r';

/// The words of a line: separated by spaces, or quoted.
class Words {
public:
  /// Nothing if a quotation has no end or a wrong escape.
  static std::optional<Words> of(std::string_view line);

  bool atEnd() const { return next == words.size(); }
  /// Takes the next word if it is this one.
  bool consume(std::string_view word);
  /// Takes the next word of a kind; nothing if there is none, or another kind.
  std::optional<std::string> takeWord();
  std::optional<std::string> takeQuoted();
  std::optional<int64_t> takeNumber();
  std::optional<uint64_t> takeHexadecimal();
  std::optional<Register> takeRegister();

private:
  struct Word {
    std::string text;
    bool quoted;
  };
  const Word *take(bool quoted);

  std::vector<Word> words;
  size_t next = 0;
};

/// Lines of text, one after the other.
class Lines {
public:
  explicit Lines(std::string_view text) : text(text) {}

  /// The next line without its end; nothing if there is no further one with an end.
  std::optional<std::string_view> take();
  /// Bytes before the next line.
  size_t position() const { return begin; }
  /// "line 3: ", of the line taken last.
  std::string where() const { return "line " + std::to_string(number) + ": "; }

private:
  std::string_view text;
  size_t begin = 0;
  size_t number = 0;
};

/// Reads all the words of a recipe, as `toString` writes it; whether its values fit is for `verify`
/// to say.
std::optional<TensorMapRecipe> parseTensorMapRecipe(Words &words);

/// Reads the lines of a function up to its "end". The first one has been taken, but for the name.
Result<Function> parseFunction(Lines &lines, std::string name);

} // namespace tconv

#endif // TCONV_LIB_DEVICE_PROGRAMTEXT_H
