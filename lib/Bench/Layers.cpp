//===- Layers.cpp - Layers to measure -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lists of descriptors, and the choice between them and JSON.
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Layers.h"

#include "JsonLayer.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace tconv;
using namespace tconv::bench;

namespace {

/// Checked as a whole, so that a list is wrong before any of it is measured.
Result<ProblemDescriptor> readDescriptor(llvm::StringRef text) {
  Result<ProblemDescriptor> descriptor = parseDescriptor({text.data(), text.size()});
  if (!descriptor)
    return descriptor;
  Result<Problem> problem = createProblem(*descriptor);
  return problem ? std::move(descriptor) : Result<ProblemDescriptor>(problem.error());
}

/// A line such as "name: i4x4 k4 s2 p1". Of the colons, that of a name comes first and
/// is followed by a blank, unlike the one in p1:2.
Result<NamedLayer> parseLine(llvm::StringRef line) {
  auto [name, rest] = line.split(": ");
  llvm::StringRef text = rest.empty() ? line : rest;
  Result<ProblemDescriptor> descriptor = readDescriptor(text);
  if (!descriptor)
    return descriptor.error();
  return NamedLayer{(rest.empty() ? text : name).trim().str(), std::move(*descriptor)};
}

Result<std::vector<NamedLayer>> parseLines(llvm::StringRef text, const std::string &source) {
  std::vector<NamedLayer> layers;
  for (int number = 1; !text.empty(); ++number) {
    auto [line, rest] = text.split('\n');
    text = rest;
    line = line.split('#').first.trim();
    if (line.empty())
      continue;
    Result<NamedLayer> layer = parseLine(line);
    if (!layer)
      return Error{source + ":" + std::to_string(number) + ": " + layer.message()};
    layers.push_back(std::move(*layer));
  }
  return layers;
}

} // namespace

Result<std::vector<NamedLayer>> bench::parseLayers(std::string_view text,
                                                   const std::string &source) {
  llvm::StringRef trimmed = llvm::StringRef(text).ltrim();
  bool isJson = trimmed.starts_with("{") || trimmed.starts_with("[");
  auto layers = isJson ? parseJsonLayers(trimmed, source) : parseLines(text, source);
  if (layers && layers->empty())
    return Error{source + ": expected at least one layer, got none"};
  return layers;
}

Result<std::vector<NamedLayer>> bench::readLayers(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
  if (!buffer)
    return Error{path + ": " + buffer.getError().message()};
  llvm::StringRef text = (*buffer)->getBuffer();
  return parseLayers({text.data(), text.size()}, path);
}

Result<std::vector<NamedLayer>> bench::layersOfArgument(const std::string &argument) {
  llvm::StringRef text = argument;
  if (text == "-" || text.ends_with(".json") || text.ends_with(".txt") ||
      llvm::sys::fs::exists(text))
    return readLayers(argument);
  Result<ProblemDescriptor> descriptor = readDescriptor(argument);
  if (!descriptor)
    return descriptor.error();
  std::vector<NamedLayer> layers;
  layers.push_back({argument, std::move(*descriptor)});
  return layers;
}
