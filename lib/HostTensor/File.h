//===- File.h - A POSIX file that closes itself -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The little of POSIX input and output that the .npy files need, with messages that
// begin with the path.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_HOSTTENSOR_FILE_H
#define TCONV_LIB_HOSTTENSOR_FILE_H

#include "tconv/Support/Result.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tconv {

/// "x.npy: cannot open: no such file or directory" from `errno`.
Error systemError(const std::string &path, const std::string &action);

/// "a directory", "a FIFO", ... for an `st_mode`.
std::string fileKind(unsigned mode);

/// An open file.
class File {
public:
  /// Opens a regular file for reading; another kind is an error.
  static Result<File> openRegular(const std::string &path);
  /// Opens with the flags and mode of open(2).
  static Result<File> open(const std::string &path, int flags, unsigned mode);

  File(File &&other) noexcept;
  File &operator=(File &&) = delete;
  ~File();

  /// The size in bytes at the time of `openRegular`.
  uint64_t size() const { return fileSize; }

  /// Reads or writes exactly `count` bytes at the current position.
  Status read(std::byte *into, uint64_t count);
  Status write(const std::byte *from, uint64_t count);
  /// Closes and says whether the system had a delayed error.
  Status close();

private:
  File(std::string path, int descriptor) : path(std::move(path)), descriptor(descriptor) {}

  std::string path;
  int descriptor;
  uint64_t fileSize = 0;
};

} // namespace tconv

#endif // TCONV_LIB_HOSTTENSOR_FILE_H
