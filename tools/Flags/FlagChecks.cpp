//===- FlagChecks.cpp - Whether the flags of a tool go together -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlagChecks.h"

#include "tconv/Runtime/Threads.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cstdlib>

using namespace tconv;

namespace {

std::string nameOf(const llvm::cl::Option &flag) {
  return (flag.ArgStr.size() == 1 ? "-" : "--") + flag.ArgStr.str();
}

/// The path without links and dots, as far as it exists.
std::string canonical(const std::string &path) {
  llvm::SmallString<128> real;
  if (!llvm::sys::fs::real_path(path, real))
    return real.str().str();
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  if (llvm::sys::fs::real_path(folder.empty() ? "." : folder, real))
    return path;
  llvm::sys::path::append(real, llvm::sys::path::filename(path));
  return real.str().str();
}

/// Whether writing to both would lose something. Devices take what they are given.
bool isSameFile(const std::string &a, const std::string &b) {
  llvm::sys::fs::file_status status;
  bool isOther =
      !llvm::sys::fs::status(a, status) && status.type() != llvm::sys::fs::file_type::regular_file;
  return !isOther && canonical(a) == canonical(b);
}

Status checkDistinct(const std::vector<OutputPath> &outputs, size_t index,
                     const std::vector<std::string> &inputs) {
  const OutputPath &output = outputs[index];
  for (const std::string &input : inputs)
    if (isSameFile(output.path, input))
      return Error{"expected another file after " + nameOf(output.flag) +
                   " than the one that is read, got '" + output.path + "'"};
  for (size_t other = 0; other < index; ++other)
    if (!outputs[other].path.empty() && isSameFile(output.path, outputs[other].path))
      return Error{"expected different files after " + nameOf(outputs[other].flag) + " and " +
                   nameOf(output.flag) + ", got '" + output.path + "' for both"};
  return success();
}

} // namespace

Status tconv::checkFlagUses(std::initializer_list<FlagUse> uses) {
  for (const FlagUse &use : uses)
    if (use.flag.getNumOccurrences() != 0 && !use.used)
      return Error{"expected " + std::string(use.needs) + " with " + nameOf(use.flag)};
  return success();
}

Status tconv::checkOutputPaths(const std::vector<OutputPath> &outputs,
                               const std::vector<std::string> &inputs) {
  for (auto [index, output] : llvm::enumerate(outputs)) {
    if (output.flag.getNumOccurrences() == 0)
      continue;
    if (output.path.empty() || output.path == "-")
      return Error{"expected a file to write after " + nameOf(output.flag) + ", got '" +
                   output.path + "'"};
    if (Status status = checkDistinct(outputs, index, inputs); !status)
      return status;
  }
  return success();
}

Result<std::string>
tconv::onlyPositional(const llvm::cl::list<std::string> &positional,
                      std::initializer_list<const llvm::cl::Option *> withEqualsSign) {
  if (positional.size() < 2)
    return positional.empty() ? std::string() : positional.front();
  std::string text;
  for (const std::string &argument : positional)
    text += (text.empty() ? "'" : ", '") + argument + "'";
  text = "expected one argument without a flag, got " + text;
  for (const llvm::cl::Option *flag : withEqualsSign)
    if (flag->getNumOccurrences() != 0)
      text += " (a value of " + nameOf(*flag) + " follows an equals sign: " + nameOf(*flag) + "=" +
              flag->ValueStr.str() + ")";
  return Error{text};
}

Status tconv::checkEnvironment() {
  if (const char *threads = invalidNumThreads())
    return Error{"expected a number of at least 1 in TCONV_NUM_THREADS, got '" +
                 std::string(threads) + "'"};
  const char *cache = std::getenv("TCONV_CACHE");
  if (cache && !llvm::is_contained({"", "0", "1"}, llvm::StringRef(cache)))
    return Error{"expected 0 or 1 in TCONV_CACHE, got '" + std::string(cache) + "'"};
  const char *folder = std::getenv("TCONV_CACHE_DIR");
  if (folder && llvm::sys::fs::exists(folder) && !llvm::sys::fs::is_directory(folder))
    return Error{"expected a folder in TCONV_CACHE_DIR, got '" + std::string(folder) + "'"};
  return success();
}
