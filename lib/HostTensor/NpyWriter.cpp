//===- NpyWriter.cpp - Writing NumPy .npy files -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reader of the destination sees the old file or the new one, never a part.
//
//===----------------------------------------------------------------------===//

#include "File.h"
#include "NpyHeader.h"
#include "tconv/HostTensor/Npy.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace tconv {
namespace {

Status writeTensor(File &file, const HostTensor &tensor) {
  std::string header = npy::formatHeader(tensor.type(), tensor.shape());
  Status written = file.write(reinterpret_cast<const std::byte *>(header.data()), header.size());
  if (written)
    written = file.write(tensor.data(), tensor.sizeInBytes());
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

Status writeAndRename(const std::string &path, const HostTensor &tensor, unsigned mode) {
  std::string target = followLinks(path);
  Result<TemporaryFile> temporary = createBeside(target, mode);
  if (!temporary)
    return Error{path + temporary.message().substr(target.size())};
  Status written = writeTensor(temporary->file, tensor);
  if (!written) // the message names the temporary file
    written = Error{path + written.message().substr(temporary->path.size())};
  else if (std::rename(temporary->path.c_str(), target.c_str()) != 0)
    written = systemError(path, "write");
  if (!written)
    unlink(temporary->path.c_str());
  return written;
}

} // namespace

Status writeNpy(const std::string &path, const HostTensor &tensor) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return writeAndRename(path, tensor, 0666);
  if (S_ISREG(status.st_mode))
    return writeAndRename(path, tensor, status.st_mode & 0777);
  if (S_ISDIR(status.st_mode))
    return Error{path + ": expected a file to write to, got a directory"};
  Result<File> file = File::open(path, O_WRONLY, 0);
  if (!file)
    return file.error();
  return writeTensor(*file, tensor);
}

} // namespace tconv
