//===- ObjectCache.h - Compiled code that is kept on disk ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_OBJECTCACHE_H
#define TCONV_CODEGEN_OBJECTCACHE_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace llvm {
class MemoryBuffer;
} // namespace llvm

namespace tconv {

/// A directory of object files by key, shared by any number of processes. It only saves
/// time: what cannot be read is a miss, and what cannot be written is not kept.
class ObjectCache {
public:
  static constexpr uint64_t defaultLimit = uint64_t(512) << 20;

  /// The user's cache: TCONV_CACHE_DIR, else tconv in XDG_CACHE_HOME, else ~/.cache/tconv.
  /// None if TCONV_CACHE is 0, or there is no place.
  static std::optional<ObjectCache> ofUser();

  /// A cache that removes what was not used for longest when it exceeds `limit` bytes.
  explicit ObjectCache(std::string directory, uint64_t limit = defaultLimit)
      : directory(std::move(directory)), limit(limit) {}

  /// The object kept for a key; null if there is none, or it is damaged.
  std::unique_ptr<llvm::MemoryBuffer> load(llvm::StringRef key) const;

  /// Keeps an object, in place of any other of the same key.
  void store(llvm::StringRef key, llvm::StringRef object) const;

  /// The file of a key, a name of letters and digits.
  std::string pathOf(llvm::StringRef key) const;

private:
  std::string directory;
  uint64_t limit;
};

} // namespace tconv

#endif // TCONV_CODEGEN_OBJECTCACHE_H
