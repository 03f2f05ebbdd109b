//===- ObjectCacheTest.cpp - Tests of the cache of compiled code ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/ObjectCache.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

#include <fstream>
#include <iterator>

using namespace tconv;

namespace {

class ObjectCacheTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("tconv-cache", directory));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(directory); }

  ObjectCache cache(uint64_t limit = ObjectCache::defaultLimit) {
    return ObjectCache(directory.str().str(), limit);
  }
  std::string load(const std::string &key) {
    auto object = cache().load(key);
    return object ? object->getBuffer().str() : "none";
  }
  std::string readFile(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void writeFile(const std::string &path, const std::string &content) {
    std::ofstream(path, std::ios::binary) << content;
  }

  llvm::SmallString<128> directory;
};

TEST_F(ObjectCacheTest, KeepsObjects) {
  EXPECT_EQ(load("a"), "none");
  cache().store("a", "first");
  cache().store("b", "");
  EXPECT_EQ(load("a"), "first");
  EXPECT_EQ(load("b"), "");
  cache().store("a", "second");
  EXPECT_EQ(load("a"), "second");
}

// Whatever byte is wrong or missing, the entry is none, and is written anew.
TEST_F(ObjectCacheTest, NoticesDamage) {
  std::string path = cache().pathOf("a");
  cache().store("a", "object");
  const std::string good = readFile(path);
  for (size_t byte = 0; byte < good.size(); ++byte) {
    std::string bad = good;
    bad[byte] ^= 1;
    writeFile(path, bad);
    EXPECT_EQ(load("a"), "none") << "byte " << byte;
    writeFile(path, good.substr(0, byte));
    EXPECT_EQ(load("a"), "none") << byte << " bytes";
  }
  writeFile(path, good + "x");
  EXPECT_EQ(load("a"), "none");
  cache().store("a", "object");
  EXPECT_EQ(load("a"), "object");
}

TEST_F(ObjectCacheTest, NoticesEntriesOfOtherKeys) {
  cache().store("a", "object");
  writeFile(cache().pathOf("b"), readFile(cache().pathOf("a")));
  EXPECT_EQ(load("b"), "none");
}

// No directory can be below a file, not even for root.
TEST_F(ObjectCacheTest, DoesWithoutAPlace) {
  std::string file = (directory + "/file").str();
  writeFile(file, "");
  ObjectCache cache(file + "/cache");
  cache.store("a", "object");
  EXPECT_EQ(cache.load("a"), nullptr);
}

TEST_F(ObjectCacheTest, RemovesTheOldest) {
  cache().store("a", std::string(1000, 'a'));
  cache().store("b", std::string(1000, 'b'));
  int file;
  ASSERT_FALSE(llvm::sys::fs::openFileForReadWrite(
      cache().pathOf("a"), file, llvm::sys::fs::CD_OpenExisting, llvm::sys::fs::OF_None));
  llvm::raw_fd_ostream close(file, /*shouldClose=*/true);
  ASSERT_FALSE(llvm::sys::fs::setLastAccessAndModificationTime(
      file, std::chrono::system_clock::now() - std::chrono::hours(1)));
  cache(2500).store("c", std::string(1000, 'c'));
  EXPECT_EQ(load("a"), "none");
  EXPECT_EQ(load("b"), std::string(1000, 'b'));
  EXPECT_EQ(load("c"), std::string(1000, 'c'));
}

} // namespace
