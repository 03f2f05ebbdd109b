//===- NpyHeader.cpp - The header of a .npy file ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The header is a Python dictionary literal. This parser takes the part of Python's
// grammar that a writer of such files can need, and nothing executes.
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "tconv/HostTensor/Npy.h"

#include <algorithm>
#include <charconv>

namespace tconv::npy {
namespace {

struct Descr {
  std::string_view code; // without the byte order
  ElementType type;
};
constexpr Descr descrs[] = {
    {"f8", ElementType::F64}, {"f4", ElementType::F32}, {"f2", ElementType::F16},
    {"i8", ElementType::I64}, {"i4", ElementType::I32}, {"i2", ElementType::I16},
    {"i1", ElementType::I8},  {"b1", ElementType::I1},  {"u2", ElementType::BF16},
    {"u1", ElementType::I8}}; // read only: see Header::isUnsigned

constexpr std::string_view supported =
    "'<f8', '<f4', '<f2', '<i8', '<i4', '<i2', '|i1', '|u1', '|b1' or '<u2' (bfloat16), of either "
    "byte order";

std::string formatDescr(ElementType type) {
  for (const Descr &descr : descrs)
    if (descr.type == type)
      return (byteSize(type) == 1 ? "|" : "<") + std::string(descr.code);
  return {};
}

/// Reads the quoted `descr`; '=' is the order of this machine. False if it is none of ours.
bool parseDescr(std::string_view quoted, Header &header) {
  if (quoted.size() != 5)
    return false;
  char order = quoted[1];
  for (const Descr &descr : descrs) {
    bool orderFits =
        order == '<' || order == '>' || order == '=' || (order == '|' && descr.code[1] == '1');
    if (!orderFits || descr.code != quoted.substr(2, 2))
      continue;
    header.type = descr.type;
    header.bigEndian = order == '>';
    header.isUnsigned = descr.code == "u1";
    return true;
  }
  return false;
}

class Parser {
public:
  explicit Parser(std::string_view text) : text(text) {}

  Result<Header> parse();

private:
  Status parseEntry();
  Status parseValue(std::string_view key);
  Status parseType();
  Status parseOrder();
  Status parseShape();
  Status parseDimension();
  std::string_view lexeme();
  bool consume(std::string_view token);
  void skipBlanks();
  Error expected(const std::string &what);

  std::string_view text; // what is left
  Header header;
  bool seenType = false, seenOrder = false, seenShape = false;
};

void Parser::skipBlanks() {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

bool Parser::consume(std::string_view token) {
  skipBlanks();
  if (text.substr(0, token.size()) != token)
    return false;
  text.remove_prefix(token.size());
  return true;
}

/// Takes a quoted string, a bracketed value or a word, as it is written.
std::string_view Parser::lexeme() {
  skipBlanks();
  size_t size = 0, depth = 0;
  char quote = 0;
  for (; size != text.size(); ++size) {
    char c = text[size];
    if (quote) {
      quote = c == quote ? 0 : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '(' || c == '{') {
      ++depth;
    } else if (depth != 0) {
      depth -= c == ']' || c == ')' || c == '}';
    } else if (std::string_view(",:]}) \t\r\n").find(c) != std::string_view::npos) {
      break;
    }
  }
  std::string_view taken = text.substr(0, size);
  text.remove_prefix(size);
  return taken;
}

Error Parser::expected(const std::string &what) {
  std::string_view got = lexeme();
  if (got.empty() && !text.empty())
    got = text.substr(0, 1); // a punctuation mark
  if (got.empty())
    return Error{"expected " + what + ", got the end of the header"};
  std::string shown(got.substr(0, 60));
  std::replace_if(shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return Error{"expected " + what + ", got " + shown + (got.size() > 60 ? "..." : "")};
}

Result<Header> Parser::parse() {
  if (!consume("{"))
    return expected("a header that is a dictionary");
  while (!consume("}")) {
    if (Status entry = parseEntry(); !entry)
      return entry.error();
    if (consume(","))
      continue;
    if (consume("}"))
      break;
    return expected("',' or '}' in the header");
  }
  skipBlanks();
  if (!text.empty())
    return expected("nothing behind the header's dictionary");
  if (!seenType || !seenOrder || !seenShape)
    return Error{"expected a header with the keys 'descr', 'fortran_order' and 'shape'"};
  return header;
}

Status Parser::parseEntry() {
  Parser atKey = *this; // for the message
  std::string_view key = lexeme();
  bool quoted = key.size() >= 2 && (key[0] == '\'' || key[0] == '"') && key.back() == key[0];
  std::string_view inner = quoted ? key.substr(1, key.size() - 2) : std::string_view();
  bool *seen = inner == "descr"           ? &seenType
               : inner == "fortran_order" ? &seenOrder
               : inner == "shape"         ? &seenShape
                                          : nullptr;
  if (!seen)
    return atKey.expected("one of the keys 'descr', 'fortran_order' and 'shape'");
  if (*seen)
    return Error{"expected the key " + std::string(key) + " once, got it again"};
  *seen = true;
  if (!consume(":"))
    return expected("':' after the key " + std::string(key));
  return parseValue(inner);
}

Status Parser::parseValue(std::string_view key) {
  if (key == "descr")
    return parseType();
  return key == "shape" ? parseShape() : parseOrder();
}

Status Parser::parseType() {
  Parser atValue = *this; // for the message
  std::string_view value = lexeme();
  bool quoted =
      value.size() >= 2 && (value[0] == '\'' || value[0] == '"') && value.back() == value[0];
  if (!quoted || !parseDescr(value, header))
    return Error{atValue.expected("the descr " + std::string(supported)).message +
                 "; of an array a, numpy makes one by a.astype('float32')"};
  return success();
}

Status Parser::parseOrder() {
  header.fortranOrder = consume("True");
  if (!header.fortranOrder && !consume("False"))
    return expected("True or False for 'fortran_order'");
  return success();
}

Status Parser::parseShape() {
  if (!consume("("))
    return expected("a tuple for 'shape'");
  bool comma = true;
  while (!consume(")")) {
    if (!comma)
      return expected("',' or ')' in 'shape'");
    if (Status dimension = parseDimension(); !dimension)
      return dimension;
    comma = consume(",");
  }
  // Python reads "(3)" as a number.
  if (header.shape.size() == 1 && !comma)
    return Error{"expected a tuple for 'shape', got (" + std::to_string(header.shape[0]) + ")"};
  return success();
}

Status Parser::parseDimension() {
  skipBlanks();
  int64_t dimension = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), dimension);
  if (error != std::errc() || dimension < 0)
    return expected("a dimension from 0 to 2^63-1");
  text.remove_prefix(end - text.data());
  header.shape.push_back(dimension);
  return success();
}

} // namespace

} // namespace tconv::npy

std::string tconv::numpyCast(ElementType type) {
  switch (type) {
  case ElementType::F64:
    return "a.astype('float64')";
  case ElementType::F32:
    return "a.astype('float32')";
  case ElementType::F16:
    return "a.astype('float16')";
  case ElementType::BF16:
    return "a.astype(ml_dtypes.bfloat16).view('uint16')";
  case ElementType::I64:
    return "a.astype('int64')";
  case ElementType::I32:
    return "a.astype('int32')";
  case ElementType::I16:
    return "a.astype('int16')";
  case ElementType::I8:
    return "a.astype('int8')";
  case ElementType::I1:
    return "a.astype('bool')";
  }
  __builtin_unreachable();
}

namespace tconv::npy {

Result<Header> parseHeader(std::string_view text) { return Parser(text).parse(); }

std::string formatHeader(ElementType type, const std::vector<int64_t> &shape) {
  std::string tuple;
  for (size_t axis = 0; axis != shape.size(); ++axis)
    tuple += (axis ? ", " : "") + std::to_string(shape[axis]);
  if (shape.size() == 1)
    tuple += ",";
  std::string text =
      "{'descr': '" + formatDescr(type) + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
  // NumPy leaves room for the first dimension to grow to 21 digits in place.
  if (!shape.empty())
    text.append(21 - std::to_string(shape[0]).size(), ' ');
  // Blanks and a newline align the data to 64 bytes; at least one blank.
  size_t prefix = magic.size() + 4;
  text.append(64 - (prefix + text.size() + 1) % 64, ' ');
  text += '\n';
  std::string bytes(magic);
  bytes += {1, 0, static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
  return bytes + text;
}

} // namespace tconv::npy
