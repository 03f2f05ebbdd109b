//===- ProgramParser.cpp - Functions from lines of text -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One line is one property or one instruction, read word by word, without looking ahead; the
// language is that of tconv/Device/Program.h. What is read has the right form; whether it makes
// sense is for VerifyProgram.cpp.
//
//===----------------------------------------------------------------------===//

#include "ProgramText.h"

#include <charconv>

using namespace tconv;

namespace {

/// Reads "1x?x4xf32".
std::optional<TensorSpec> parseSpec(std::string_view text) {
  TensorSpec spec;
  for (size_t end; (end = text.find('x')) != std::string_view::npos;) {
    std::string_view size = text.substr(0, end);
    int64_t number = -1;
    if (size != "?") {
      auto [rest, error] = std::from_chars(size.data(), size.data() + size.size(), number);
      if (error != std::errc() || rest != size.data() + size.size() || number < 0)
        return std::nullopt;
    }
    spec.shape.push_back(number);
    text.remove_prefix(end + 1);
  }
  std::optional<ElementType> type = parseElementType(text);
  if (!type || spec.shape.size() > HostTensor::maxRank)
    return std::nullopt;
  spec.type = *type;
  return spec;
}

std::optional<Opcode> parseOpcode(std::string_view text) {
  for (int number = 0; number <= static_cast<int>(Opcode::Return); ++number)
    if (text == name(static_cast<Opcode>(number)))
      return static_cast<Opcode>(number);
  return std::nullopt;
}

/// Takes a word that says what the operands behind it are.
bool takeTitle(Opcode opcode, Words &words) {
  if (opcode == Opcode::Launch)
    return words.consume("grid") || words.consume("block") || words.consume("shared") ||
           words.consume("arguments");
  return opcode == Opcode::MapTensor &&
         (words.consume("address") || words.consume("sizes") || words.consume("strides"));
}

/// Reads "r5 = add r3 r4"; whether the operands fit is for `verify` to say.
std::optional<Instruction> parseInstruction(Words words) {
  Instruction instruction{Opcode::Return, 0, {}, 0, ""};
  std::optional<std::string> word = words.takeWord();
  if (!word)
    return std::nullopt;
  bool writes = words.consume("=");
  if (writes) {
    std::optional<Words> target = Words::of(*word);
    std::optional<Register> result = target ? target->takeRegister() : std::nullopt;
    word = words.takeWord();
    if (!result || !word)
      return std::nullopt;
    instruction.result = *result;
  }
  std::optional<Opcode> opcode = parseOpcode(*word);
  if (!opcode || hasResult(*opcode) != writes)
    return std::nullopt;
  instruction.opcode = *opcode;
  if (hasImmediate(*opcode)) {
    std::optional<int64_t> number = words.takeNumber();
    if (!number)
      return std::nullopt;
    instruction.immediate = *number;
  }
  while (!words.atEnd()) {
    if (std::optional<std::string> text = words.takeQuoted()) {
      instruction.text = std::move(*text);
      continue;
    }
    bool names = takeTitle(*opcode, words);
    std::optional<Register> operand = words.takeRegister();
    if (!operand)
      return names && words.atEnd() ? std::optional(instruction) : std::nullopt;
    instruction.operands.push_back(*operand);
  }
  return instruction;
}

/// Reads a line that says something of the whole function.
bool parseProperty(Function &function, const std::string &key, Words &words) {
  if (key == "input" || key == "result") {
    std::optional<std::string> text = words.takeWord();
    std::optional<TensorSpec> spec = text ? parseSpec(*text) : std::nullopt;
    if (spec)
      (key == "input" ? function.inputs : function.results).push_back(std::move(*spec));
    return spec && words.atEnd();
  }
  if (key == "results") {
    function.takesOutputs = words.consume("given");
    return (function.takesOutputs || words.consume("returned")) && words.atEnd();
  }
  std::optional<int64_t> number = words.takeNumber();
  if (!number || *number < 0 || !words.atEnd())
    return false;
  if (key == "packed") {
    function.packedBytes.push_back(*number);
    return true;
  }
  uint32_t &count = key == "registers" ? function.numRegisters : function.numArguments;
  count = static_cast<uint32_t>(*number);
  return *number <= UINT32_MAX;
}

bool isProperty(const std::string &word) {
  return word == "input" || word == "result" || word == "results" || word == "packed" ||
         word == "registers" || word == "arguments";
}

} // namespace

Result<Function> tconv::parseFunction(Lines &lines, std::string name) {
  Function function;
  function.name = std::move(name);
  for (;;) {
    std::optional<std::string_view> line = lines.take();
    if (!line)
      return Error{"expected an end of function " + function.name};
    std::optional<Words> words = Words::of(*line);
    if (!words)
      return Error{lines.where() + "expected quotations with an end"};
    if (words->consume("end"))
      return function;
    Words property = *words;
    std::optional<std::string> key = property.takeWord();
    if (key && isProperty(*key)) {
      if (!parseProperty(function, *key, property))
        return Error{lines.where() + "expected a valid " + *key};
      continue;
    }
    std::optional<Instruction> instruction = parseInstruction(std::move(*words));
    if (!instruction)
      return Error{lines.where() + "expected an instruction"};
    function.code.push_back(std::move(*instruction));
  }
}
