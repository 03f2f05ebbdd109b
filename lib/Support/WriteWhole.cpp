//===- WriteWhole.cpp - Writing a file whole or not at all ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reader of the destination sees the old file or the new one, never a part.
//
//===----------------------------------------------------------------------===//

#include "tconv/Support/File.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace tconv {
namespace {

Status writeParts(File &file, std::span<const std::string_view> parts) {
  Status written = success();
  for (std::string_view part : parts)
    if (written)
      written = file.write(reinterpret_cast<const std::byte *>(part.data()), part.size());
  Status closed = file.close();
  return written ? closed : written;
}

/// The file that `path` leads to, so that a link stays a link.
std::string followLinks(const std::string &path) {
  std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), std::free);
  return real ? std::string(real.get()) : path;
}

struct TemporaryFile {
  std::string path;
  File file;
};

/// Creates a file of a new name in the directory of `target`.
Result<TemporaryFile> createBeside(const std::string &target, unsigned mode) {
  size_t slash = target.rfind('/');
  std::string directory = slash == std::string::npos ? "" : target.substr(0, slash + 1);
  std::string prefix = directory + ".tconv-" + std::to_string(getpid()) + "-";
  for (int attempt = 0;; ++attempt) {
    std::string path = prefix + std::to_string(attempt) + ".tmp";
    errno = 0;
    Result<File> file = File::open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (file)
      return TemporaryFile{path, std::move(*file)};
    if (errno != EEXIST || attempt == 1000)
      return systemError(target, "create a file beside it");
  }
}

Status writeAndRename(const std::string &path, std::span<const std::string_view> parts,
                      unsigned mode) {
  std::string target = followLinks(path);
  Result<TemporaryFile> temporary = createBeside(target, mode);
  if (!temporary)
    return Error{path + temporary.message().substr(target.size())};
  Status written = writeParts(temporary->file, parts);
  if (!written) // the message names the temporary file
    written = Error{path + written.message().substr(temporary->path.size())};
  else if (std::rename(temporary->path.c_str(), target.c_str()) != 0)
    written = systemError(path, "write");
  if (!written)
    unlink(temporary->path.c_str());
  return written;
}

} // namespace

Status writeWhole(const std::string &path, std::span<const std::string_view> parts) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return writeAndRename(path, parts, 0666);
  if (S_ISREG(status.st_mode))
    return writeAndRename(path, parts, status.st_mode & 0777);
  if (S_ISDIR(status.st_mode))
    return Error{path + ": expected a file to write to, got a directory"};
  Result<File> file = File::open(path, O_WRONLY, 0);
  if (!file)
    return file.error();
  return writeParts(*file, parts);
}

Status writeWhole(const std::string &path, std::string_view text) {
  return writeWhole(path, std::span(&text, 1));
}

} // namespace tconv
