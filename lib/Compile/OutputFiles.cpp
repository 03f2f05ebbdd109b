//===- OutputFiles.cpp - Files written all or none ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputFiles.h"

#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using tconv::OutputFiles;

namespace {

tconv::Error toError(const std::string &path, llvm::Error error) {
  return tconv::Error{path + ": " + toString(std::move(error))};
}

tconv::Status write(const std::string &path, raw_fd_ostream &stream, StringRef contents) {
  stream << contents;
  stream.flush();
  std::error_code code = stream.error();
  stream.clear_error();
  if (code)
    return tconv::Error{path + ": " + code.message()};
  return tconv::success();
}

} // namespace

OutputFiles::~OutputFiles() {
  for (File &file : files)
    consumeError(file.temporary.discard());
}

tconv::Status OutputFiles::add(const std::string &path, StringRef contents) {
  sys::fs::file_status existing;
  // A pipe or a device is written to; taking its place would be something else.
  if (!sys::fs::status(path, existing) && existing.type() != sys::fs::file_type::regular_file) {
    std::error_code code;
    raw_fd_ostream stream(path, code);
    return code ? tconv::Error{path + ": " + code.message()} : write(path, stream, contents);
  }
  auto mode = static_cast<unsigned>(sys::fs::all_read | sys::fs::all_write);
  Expected<sys::fs::TempFile> temporary = sys::fs::TempFile::create(path + ".%%%%%%", mode);
  if (!temporary)
    return toError(path, temporary.takeError());
  files.push_back({path, std::move(*temporary)});
  raw_fd_ostream stream(files.back().temporary.FD, /*shouldClose=*/false);
  return write(path, stream, contents);
}

tconv::Status OutputFiles::keep() {
  while (!files.empty()) {
    File file = std::move(files.back());
    files.pop_back();
    if (llvm::Error error = file.temporary.keep(file.path))
      return toError(file.path, std::move(error));
  }
  return success();
}
