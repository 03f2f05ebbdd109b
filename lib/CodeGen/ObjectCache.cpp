//===- ObjectCache.cpp - Compiled code that is kept on disk ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An entry is a file: 16 bytes that say what it is, the length of the object in 8
// bytes, a hash of the key and the object in 32, and the object. It is written under
// another name and then renamed, so that no process reads half of it.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/ObjectCache.h"

#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cstdlib>

using namespace llvm;
using tconv::ObjectCache;

namespace {

constexpr StringLiteral magic = "tconv-object-1\n\n";
constexpr size_t headerSize = magic.size() + 8 + 32;

std::string makeHeader(StringRef key, StringRef object) {
  BLAKE3 hash;
  hash.update(key);
  hash.update(object);
  BLAKE3Result<> digest = hash.final();
  char length[8];
  support::endian::write64le(length, object.size());
  return magic.str() + std::string(length, sizeof(length)) + toStringRef(digest).str();
}

/// What a directory of the environment and a name below it make, if it is set.
std::optional<std::string> below(const char *variable, StringRef name) {
  const char *root = std::getenv(variable);
  if (!root || !*root)
    return std::nullopt;
  SmallString<128> path(root);
  sys::path::append(path, name);
  return path.str().str();
}

/// Says when the entry was used last, which decides what is removed first.
void touch(const std::string &path) {
  int file;
  if (sys::fs::openFileForReadWrite(path, file, sys::fs::CD_OpenExisting, sys::fs::OF_None))
    return;
  (void)sys::fs::setLastAccessAndModificationTime(file, std::chrono::system_clock::now());
  (void)sys::Process::SafelyCloseFileDescriptor(file);
}

} // namespace

std::optional<ObjectCache> ObjectCache::ofUser() {
  if (const char *use = std::getenv("TCONV_CACHE"); use && StringRef(use) == "0")
    return std::nullopt;
  if (auto directory = below("TCONV_CACHE_DIR", ""))
    return ObjectCache(*directory);
  if (auto directory = below("XDG_CACHE_HOME", "tconv"))
    return ObjectCache(*directory);
  if (auto directory = below("HOME", ".cache/tconv"))
    return ObjectCache(*directory);
  return std::nullopt;
}

std::string ObjectCache::pathOf(StringRef key) const {
  SmallString<128> path(directory);
  sys::path::append(path, "llvmcache-" + key); // the prefix that pruneCache looks for
  return path.str().str();
}

std::unique_ptr<MemoryBuffer> ObjectCache::load(StringRef key) const {
  std::string path = pathOf(key);
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                    /*IsVolatile=*/true);
  if (!file)
    return nullptr;
  StringRef content = (*file)->getBuffer();
  StringRef object = content.drop_front(std::min(headerSize, content.size()));
  if (content.size() < headerSize || content.take_front(headerSize) != makeHeader(key, object))
    return nullptr;
  touch(path);
  return MemoryBuffer::getMemBufferCopy(object, "tconv");
}

void ObjectCache::store(StringRef key, StringRef object) const {
  std::string path = pathOf(key);
  // For the user alone: what is found here is run.
  if (sys::fs::create_directories(directory, /*IgnoreExisting=*/true, sys::fs::owner_all))
    return;
  auto file =
      sys::fs::TempFile::create(path + ".%%%%%%%%", sys::fs::owner_read | sys::fs::owner_write);
  if (!file) {
    consumeError(file.takeError());
    return;
  }
  raw_fd_ostream stream(file->FD, /*shouldClose=*/false);
  stream << makeHeader(key, object) << object;
  stream.flush();
  bool written = !stream.has_error();
  stream.clear_error();
  consumeError(written ? file->keep(path) : file->discard());
  CachePruningPolicy policy;
  policy.Interval = std::chrono::seconds(0);
  policy.Expiration = std::chrono::seconds(0);
  policy.MaxSizeBytes = limit;
  pruneCache(directory, policy);
}
