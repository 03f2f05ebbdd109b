//===- File.cpp - A POSIX file that closes itself ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loops over read(2) and write(2), which may do less than they were asked to.
//
//===----------------------------------------------------------------------===//

#include "tconv/Support/File.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tconv {

Error systemError(const std::string &path, const std::string &action) {
  std::string reason = std::generic_category().message(errno);
  if (!reason.empty())
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return Error{path + ": cannot " + action + ": " + reason};
}

std::string fileKind(unsigned mode) {
  switch (mode & S_IFMT) {
  case S_IFREG:
    return "a regular file";
  case S_IFDIR:
    return "a directory";
  case S_IFIFO:
    return "a FIFO";
  case S_IFSOCK:
    return "a socket";
  default:
    return "a device";
  }
}

Result<File> File::open(const std::string &path, int flags, unsigned mode) {
  int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (descriptor < 0)
    return systemError(path, "open");
  return File(path, descriptor);
}

Result<File> File::openRegular(const std::string &path) {
  // Without O_NONBLOCK the opening of a FIFO waits for a writer.
  Result<File> file = open(path, O_RDONLY | O_NONBLOCK, 0);
  if (!file)
    return file;
  struct stat status;
  if (fstat(file->descriptor, &status) != 0)
    return systemError(path, "read");
  if (!S_ISREG(status.st_mode))
    return Error{path + ": expected a regular file, got " + fileKind(status.st_mode)};
  file->fileSize = static_cast<uint64_t>(status.st_size);
  return file;
}

File::File(File &&other) noexcept
    : path(std::move(other.path)), descriptor(std::exchange(other.descriptor, -1)),
      fileSize(other.fileSize) {}

File::~File() {
  if (descriptor >= 0)
    ::close(descriptor);
}

Status File::read(std::byte *into, uint64_t count) {
  while (count != 0) {
    ssize_t done = ::read(descriptor, into, std::min<uint64_t>(count, 1 << 30));
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return systemError(path, "read");
    if (done == 0)
      return Error{path + ": expected " + std::to_string(count) +
                   " bytes more, got the end of the file"};
    into += done;
    count -= static_cast<uint64_t>(done);
  }
  return success();
}

Status File::write(const std::byte *from, uint64_t count) {
  while (count != 0) {
    ssize_t done = ::write(descriptor, from, std::min<uint64_t>(count, 1 << 30));
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return systemError(path, "write");
    from += done;
    count -= static_cast<uint64_t>(done);
  }
  return success();
}

Status File::close() {
  // The descriptor is gone even if close(2) fails.
  if (::close(std::exchange(descriptor, -1)) != 0)
    return systemError(path, "write");
  return success();
}

} // namespace tconv
