//===- File.h - Files that are read and written ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The little of POSIX input and output that tensors and reports need, with messages that
// begin with the path.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_FILE_H
#define TCONV_SUPPORT_FILE_H

#include "tconv/Support/Result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

/// Writes a regular file whole, from all parts, or leaves it as it was: under another name first,
/// which then takes the place of `path`. What `path` links to, and the permissions of a file that
/// was there, are kept; a device or a FIFO is written to.
Status writeWhole(const std::string &path, std::span<const std::string_view> parts);
Status writeWhole(const std::string &path, std::string_view text);

} // namespace tconv

#endif // TCONV_SUPPORT_FILE_H
