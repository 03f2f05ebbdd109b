//===- BulkOperations.cpp - Entry points of bulk copies -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All addresses of a copy are checked when it is issued, as the ISA has it, and its bytes move at
// once or, with late copies, when somebody waits for them: who reads or writes them too early then
// gets wrong numbers, or a race that is found.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"
#include "TensorMaps.h"

#include "tconv/Emulator/EntryPoints.h"

using namespace tconv;
using namespace tconv::emulator;

/// Sites remember the place of accesses of one size; those of copies have any.
static void checkRange(Block &block, uint64_t address, uint64_t bytes, Site &site) {
  site.limit = 0;
  checkAccess(block, address, bytes, site);
  site.limit = 0;
}

static TensorMapDescription readMap(Block &block, const void *map, BulkShape shape,
                                    const Site *site) {
  auto address = reinterpret_cast<uint64_t>(map);
  if (!block.device.memory.find(address, sizeof(TensorMap)))
    block.fail(site, "expected a tensor map in memory of the device, got address " + hex(address) +
                         ", " + block.device.memory.describeNearest(address, sizeof(TensorMap)));
  std::optional<TensorMapDescription> description = decode(map);
  if (!description)
    block.fail(site, "expected a tensor map at address " + hex(address) + ", got other bytes");
  bool isIm2col = description->recipe.mode == TensorMapMode::Im2col;
  if (isIm2col != shape.im2col || description->recipe.rank() != shape.rank)
    block.fail(site, std::string("expected a tensor map ") +
                         (shape.im2col ? "for im2col" : "of tiles") + " of " +
                         std::to_string(shape.rank) + " dimensions, got '" +
                         toString(description->recipe) + "'");
  return std::move(*description);
}

static TensorCopy::Position readPosition(const int32_t *numbers, BulkShape shape) {
  TensorCopy::Position position;
  for (uint32_t dim = 0; dim < shape.rank; ++dim)
    position.coordinates[dim] = numbers[dim];
  for (uint32_t dim = 0; shape.im2col && shape.hasOffsets && dim + 2 < shape.rank; ++dim)
    position.offsets[dim] = static_cast<uint16_t>(numbers[shape.rank + dim]);
  return position;
}

/// A copy of a box, after all its addresses have been checked.
static BulkCopy describeBox(Block &block, uint64_t shared, const void *map, const int32_t *numbers,
                            BulkShape shape, Site *site, uint64_t &globalBytes) {
  BulkCopy copy;
  TensorMapDescription description = readMap(block, map, shape, site);
  copy.tensor.emplace(std::move(description), readPosition(numbers, shape), shared);
  copy.shared = shared;
  copy.bytes = copy.tensor->sharedBytes();
  copy.site = site;
  checkRange(block, shared, copy.bytes, *site);
  copy.tensor->forEachRange([&](uint64_t address, uint64_t bytes) {
    if (!block.device.memory.find(address, bytes))
      block.fail(site, "expected the tensor of the map to be in memory that is allocated, got " +
                           std::to_string(bytes) + " bytes at " + hex(address) + ", " +
                           block.device.memory.describeNearest(address, bytes));
    globalBytes += bytes;
  });
  return copy;
}

static BulkCopy describeRange(Block &block, uint64_t shared, uint64_t global, uint32_t bytes,
                              Site *sharedSite, Site *globalSite) {
  if (bytes % 16 != 0)
    block.fail(sharedSite, "expected a multiple of 16 bytes to copy, got " + std::to_string(bytes));
  if (bytes > 0) {
    checkRange(block, shared, bytes, *sharedSite);
    checkRange(block, global, bytes, *globalSite);
  }
  BulkCopy copy;
  copy.shared = shared;
  copy.global = global;
  copy.bytes = bytes;
  copy.site = sharedSite;
  return copy;
}

static void load(Block &block, BulkCopy copy, uint64_t counted, uint64_t mbarrier,
                 Site *mbarrierSite) {
  ++mbarrierSite->count;
  checkAccess(block, mbarrier, mbarrierSite->bytes, *mbarrierSite);
  ++block.counters.bulkCopies;
  BulkLoad load;
  load.copy = std::move(copy);
  load.counted = counted;
  block.mbarriers.load(block, mbarrier, std::move(load), mbarrierSite);
}

void tconvEmuTensorLoad(uint64_t to, const void *map, uint64_t mbarrier, const int32_t *numbers,
                        uint32_t shape, uint32_t predicate, Site *store, Site *mbarrierSite) {
  if (!predicate)
    return;
  Block &block = Block::current();
  BulkCopy copy = describeBox(block, to, map, numbers, BulkShape::unpack(shape), store,
                              block.counters.bulkLoadBytes);
  uint64_t counted = decode(map)->recipe.bytes();
  load(block, std::move(copy), counted, mbarrier, mbarrierSite);
}

void tconvEmuTensorStore(const void *map, uint64_t from, const int32_t *numbers, uint32_t shape,
                         uint32_t predicate, Site *site) {
  if (!predicate)
    return;
  Block &block = Block::current();
  ++block.counters.bulkCopies;
  block.bulkStores.issue(block, describeBox(block, from, map, numbers, BulkShape::unpack(shape),
                                            site, block.counters.bulkStoreBytes));
}

void tconvEmuBulkLoad(uint64_t to, uint64_t from, uint64_t mbarrier, uint32_t bytes, Site *store,
                      Site *loadSite, Site *mbarrierSite) {
  Block &block = Block::current();
  BulkCopy copy = describeRange(block, to, from, bytes, store, loadSite);
  block.counters.bulkLoadBytes += bytes;
  load(block, std::move(copy), bytes, mbarrier, mbarrierSite);
}

void tconvEmuBulkStore(uint64_t to, uint64_t from, uint32_t bytes, Site *store, Site *loadSite) {
  Block &block = Block::current();
  BulkCopy copy = describeRange(block, from, to, bytes, loadSite, store);
  ++block.counters.bulkCopies;
  block.counters.bulkStoreBytes += bytes;
  block.bulkStores.issue(block, std::move(copy));
}

void tconvEmuBulkCommit() {
  Block &block = Block::current();
  block.bulkStores.commit(block);
}

void tconvEmuBulkWait(uint32_t pending, uint32_t readOnly) {
  Block &block = Block::current();
  block.bulkStores.wait(block, pending, readOnly);
}
