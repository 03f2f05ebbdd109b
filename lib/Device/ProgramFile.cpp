//===- ProgramFile.cpp - Programs and their kernels in one file -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/ProgramFile.h"

#include "ProgramText.h"

#include "tconv/Support/Errors.h"

#include <algorithm>
#include <charconv>

using namespace tconv;

namespace {

/// All parameters of a kernel together have at most so many in CUDA.
constexpr int64_t maxParameterBytes = 4096;

constexpr std::string_view firstLine = "tconv-program 1";

/// 64-bit FNV-1a: against accidents, not against attacks.
uint64_t checksum(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char byte : bytes)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

std::string hexadecimal(uint64_t number) {
  char digits[16];
  auto [end, error] = std::to_chars(digits, digits + sizeof(digits), number, 16);
  return std::string(digits, end);
}

std::string_view asText(const std::vector<std::byte> &bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::string describeSection(std::string_view bytes) {
  return std::to_string(bytes.size()) + " " + hexadecimal(checksum(bytes)) + "\n";
}

const char *nameOf(CodeImage::Kind kind) {
  return kind == CodeImage::Kind::Cubin ? "cubin" : "ptx";
}

/// The text of a program before so many others.
std::string writeHeader(const ProgramFile &file, size_t following) {
  const Program &program = file.program;
  std::string text(firstLine);
  if (following > 0)
    text += "\nfollowing " + std::to_string(following);
  text += "\nfunction run " + quote(program.entry.name) + "\n" + printFunction(program.entry);
  if (program.hasPacking()) {
    text += "function pack " + quote(program.pack.name) + "\n" + printFunction(program.pack);
    for (uint32_t input : program.packInputs)
      text += "pack_input " + std::to_string(input) + "\n";
  }
  for (const KernelSignature &kernel : program.kernels) {
    text += "kernel " + quote(kernel.name);
    for (uint32_t bytes : kernel.parameterBytes)
      text += " " + std::to_string(bytes);
    text += "\n";
  }
  for (const TensorMapRecipe &recipe : program.tensorMaps)
    text += "tensor_map " + toString(recipe) + "\n";
  for (const DataSegment &segment : program.segments)
    text += "segment " + describeSection(asText(segment.bytes));
  for (const CodeImage &image : file.images)
    text += std::string("image ") + nameOf(image.kind) + " " + image.arch.name() + " " +
            describeSection(image.bytes);
  return text + "sections " + hexadecimal(checksum(text)) + "\n";
}

/// Reads a program of a file. Each member function reads what follows a first word, and gives false
/// if it is not as it should be.
class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes(bytes), lines(bytes) {}
  Result<ProgramFile> run();
  /// After it: how many programs follow, and all that stands behind this one.
  int64_t following = 0;
  std::string_view rest() const { return bytes; }

private:
  struct Section {
    size_t bytes;
    uint64_t sum;
  };

  Status readHeader();
  Result<bool> readLine(Words words);
  Status readFunction(Words &words);
  bool readFollowing(Words &words);
  bool readPackInput(Words &words);
  bool readKernel(Words &words);
  bool readTensorMap(Words &words);
  bool readImage(Words &words);
  std::optional<Section> readSection(Words &words);
  Status readSections();
  Result<std::string_view> take(const Section &section);

  std::string_view bytes;
  Lines lines;
  ProgramFile file;
  std::vector<Section> segments, images;
};

Result<ProgramFile> Reader::run() {
  if (Status status = readHeader(); !status)
    return status.error();
  if (Status status = readSections(); !status)
    return status.error();
  if (Status status = verify(file.program); !status)
    return status.error();
  return std::move(file);
}

Status Reader::readHeader() {
  std::optional<std::string_view> line = lines.take();
  if (!line || line->substr(0, firstLine.find(' ')) != firstLine.substr(0, firstLine.find(' ')))
    return Error{"expected a program of tconv, got another kind of file"};
  if (*line != firstLine)
    return unsupported("expected the version '" + std::string(firstLine) + "', got '" +
                       std::string(line->substr(0, 40)) + "'");
  for (;;) {
    size_t begin = lines.position();
    line = lines.take();
    std::optional<Words> words = line ? Words::of(*line) : std::nullopt;
    if (!words)
      return Error{"expected a line of sections, got the end of the text"};
    if (words->consume("sections"))
      return words->takeHexadecimal() == checksum(bytes.substr(0, begin)) && words->atEnd()
                 ? success()
                 : Error{"expected text with the checksum that the file says: it was changed"};
    Result<bool> valid = readLine(std::move(*words));
    if (!valid)
      return valid.error();
    if (!*valid)
      return Error{lines.where() + "expected a part of a program"};
  }
}

Result<bool> Reader::readLine(Words words) {
  if (words.consume("function")) {
    Status status = readFunction(words);
    return status ? Result<bool>(true) : Result<bool>(status.error());
  }
  if (words.consume("following"))
    return readFollowing(words);
  if (words.consume("pack_input"))
    return readPackInput(words);
  if (words.consume("kernel"))
    return readKernel(words);
  if (words.consume("tensor_map"))
    return readTensorMap(words);
  if (words.consume("image"))
    return readImage(words);
  if (!words.consume("segment"))
    return false;
  std::optional<Section> section = readSection(words);
  if (section)
    segments.push_back(*section);
  return section.has_value();
}

Status Reader::readFunction(Words &words) {
  bool packs = words.consume("pack");
  if (!packs && !words.consume("run"))
    return Error{lines.where() + "expected a function that runs or packs"};
  std::optional<std::string> name = words.takeQuoted();
  if (!name || !words.atEnd())
    return Error{lines.where() + "expected the name of a function"};
  Result<Function> function = parseFunction(lines, std::move(*name));
  if (!function)
    return function.error();
  (packs ? file.program.pack : file.program.entry) = std::move(*function);
  return success();
}

bool Reader::readFollowing(Words &words) {
  std::optional<int64_t> number = words.takeNumber();
  following = number.value_or(0);
  return following > 0 && words.atEnd();
}

bool Reader::readPackInput(Words &words) {
  std::optional<int64_t> number = words.takeNumber();
  if (!number || *number < 0 || *number > UINT32_MAX || !words.atEnd())
    return false;
  file.program.packInputs.push_back(static_cast<uint32_t>(*number));
  return true;
}

bool Reader::readKernel(Words &words) {
  std::optional<std::string> name = words.takeQuoted();
  if (!name)
    return false;
  KernelSignature kernel{std::move(*name), {}};
  while (!words.atEnd()) {
    std::optional<int64_t> size = words.takeNumber();
    if (!size || *size < 1 || *size > maxParameterBytes)
      return false;
    kernel.parameterBytes.push_back(static_cast<uint32_t>(*size));
  }
  file.program.kernels.push_back(std::move(kernel));
  return true;
}

bool Reader::readTensorMap(Words &words) {
  std::optional<TensorMapRecipe> recipe = parseTensorMapRecipe(words);
  if (recipe)
    file.program.tensorMaps.push_back(std::move(*recipe));
  return recipe.has_value();
}

bool Reader::readImage(Words &words) {
  bool isPTX = words.consume("ptx");
  if (!isPTX && !words.consume("cubin"))
    return false;
  std::optional<std::string> name = words.takeWord();
  Result<GpuArch> arch = GpuArch::parse(name.value_or(""));
  std::optional<Section> section = readSection(words);
  if (!arch || !section)
    return false;
  file.images.push_back({isPTX ? CodeImage::Kind::PTX : CodeImage::Kind::Cubin, *arch, ""});
  images.push_back(*section);
  return true;
}

std::optional<Reader::Section> Reader::readSection(Words &words) {
  std::optional<int64_t> size = words.takeNumber();
  std::optional<uint64_t> sum = words.takeHexadecimal();
  if (!size || *size < 0 || !sum || !words.atEnd())
    return std::nullopt;
  return Section{static_cast<size_t>(*size), *sum};
}

Status Reader::readSections() {
  bytes.remove_prefix(lines.position());
  for (const Section &section : segments) {
    Result<std::string_view> part = take(section);
    if (!part)
      return part.error();
    auto *begin = reinterpret_cast<const std::byte *>(part->data());
    file.program.segments.push_back({std::vector<std::byte>(begin, begin + part->size())});
  }
  for (size_t index = 0; index < images.size(); ++index) {
    Result<std::string_view> part = take(images[index]);
    if (!part)
      return part.error();
    file.images[index].bytes = std::string(*part);
  }
  return success();
}

Result<std::string_view> Reader::take(const Section &section) {
  if (section.bytes > bytes.size())
    return Error{"expected " + std::to_string(section.bytes) + " bytes in a section, got " +
                 std::to_string(bytes.size()) + ": the file was cut off"};
  std::string_view part = bytes.substr(0, section.bytes);
  if (checksum(part) != section.sum)
    return Error{"expected a section with the checksum that the file says: it was changed"};
  bytes.remove_prefix(section.bytes);
  return part;
}

} // namespace

std::string tconv::writeProgramFile(const std::vector<ProgramFile> &programs) {
  std::string bytes;
  for (size_t number = 0; number < programs.size(); ++number) {
    const ProgramFile &file = programs[number];
    bytes += writeHeader(file, programs.size() - 1 - number);
    for (const DataSegment &segment : file.program.segments)
      bytes += asText(segment.bytes);
    for (const CodeImage &image : file.images)
      bytes += image.bytes;
  }
  return bytes;
}

Result<std::vector<ProgramFile>> tconv::readProgramFile(std::string_view bytes) {
  std::vector<ProgramFile> programs;
  for (int64_t following = 1; following > 0;) {
    Reader reader(bytes);
    Result<ProgramFile> program = reader.run();
    if (!program)
      return program.error();
    if (!programs.empty() && reader.following != following - 1)
      return Error{"expected " + std::to_string(following - 1) + " programs to follow, got " +
                   std::to_string(reader.following)};
    programs.push_back(std::move(*program));
    following = reader.following;
    bytes = reader.rest();
  }
  if (!bytes.empty())
    return Error{"expected the end of the file, got " + std::to_string(bytes.size()) +
                 " more bytes"};
  return programs;
}
