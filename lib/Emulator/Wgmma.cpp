//===- Wgmma.cpp - wgmma: products of matrices by a warpgroup -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A wgmma reads its operands anywhere between where it is issued and the wait for it: here at the
// one or the other, as the option for asynchronous copies says. Results may be read after the wait.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::emulator;

namespace {

constexpr uint32_t chunkBytes = 16, depthBytes = 32;

uint32_t getElementBytes(MatrixElement type) {
  switch (type) {
  case MatrixElement::F16:
  case MatrixElement::BF16:
    return 2;
  case MatrixElement::TF32:
    return 4;
  default:
    return 1;
  }
}

/// The chunks of shared memory that an operand consists of, in bounds.
void addChunks(Block &block, const MatrixDescriptor &operand, uint32_t size, bool isMNMajor,
               MatrixElement type, Site &site, std::vector<uint64_t> &chunks) {
  uint32_t elementBytes = getElementBytes(type), perChunk = chunkBytes / elementBytes;
  uint32_t depth = depthBytes / elementBytes;
  for (uint32_t mn = 0; mn < size; mn += isMNMajor ? perChunk : 1)
    for (uint32_t k = 0; k < depth; k += isMNMajor ? 1 : perChunk) {
      uint64_t address = operand.locate(mn, k, isMNMajor, elementBytes);
      checkAccess(block, address, chunkBytes, site);
      chunks.push_back(address);
    }
}

/// All threads give the same descriptors.
void checkDescriptors(Block &block, const Warpgroup &group, const Site *site) {
  const WarpgroupThread &first = group.threads[0];
  for (uint32_t index = 1; index < warpgroupSize; ++index) {
    const WarpgroupThread &thread = group.threads[index];
    if (thread.a != first.a || thread.b != first.b)
      block.fail(site, "expected one matrix descriptor in all threads of a warpgroup, got " +
                           hex(thread.a != first.a ? first.a : first.b) + " in thread " +
                           std::to_string(group.index * warpgroupSize) + " and " +
                           hex(thread.a != first.a ? thread.a : thread.b) + " in thread " +
                           std::to_string(group.index * warpgroupSize + index));
  }
}

[[noreturn]] void failEarly(Block &block, const Accumulators &result, const Site *site) {
  block.fail(site,
             std::string("expected a wgmma.wait.group between this use of a register and the ") +
                 result.site->operation + " at " + result.site->location + " that writes it");
}

bool haveSameShape(const WarpgroupShape &a, const WarpgroupShape &b) {
  return a.n == b.n && a.a == b.a && a.b == b.b && a.accumulator == b.accumulator;
}

/// The result under way that all threads of the warpgroup go on with; null if there is none.
Accumulators *findStart(Block &block, Warpgroup &group, const WarpgroupShape &shape,
                        const Site *site) {
  Accumulators *start = nullptr;
  for (const WarpgroupThread &thread : group.threads) {
    Accumulators *found =
        group.accumulators.find(block, thread.registers[0], thread.registers[1], site);
    if (&thread == group.threads)
      start = found;
    else if (found != start && ((found && !found->landed) || (start && !start->landed)))
      failEarly(block, found && !found->landed ? *found : *start, site);
  }
  if (!start || start->landed)
    return nullptr;
  if (!haveSameShape(start->shape, shape))
    block.fail(site,
               "expected a wgmma.wait.group between wgmma of two shapes with one accumulator, "
               "got the other one at " +
                   std::string(start->site->location));
  return start;
}

/// Copies what the threads have in their registers.
void readRegisters(Block &block, Warpgroup &group, Accumulators &result, const Site *site) {
  for (uint32_t index = 0; index < warpgroupSize; ++index) {
    const uint32_t *registers = group.threads[index].registers;
    Accumulators *from = group.accumulators.find(block, registers[0], registers[1], site);
    for (uint32_t reg = 0; reg < result.countRegisters(); ++reg)
      result.setRegister(index, reg, from ? from->getRegister(index, reg) : registers[reg]);
  }
}

/// Copies the sums that the product is added to, if they are of an earlier one.
void takeStart(WarpgroupProduct &product) {
  if (!product.start)
    return;
  product.result->floats = product.start->floats;
  product.result->integers = product.start->integers;
  product.start = nullptr;
}

void compute(WarpgroupProduct &product) {
  takeStart(product);
  multiply(product.a, product.b, *product.result);
}

void issue(Block &block, Warpgroup &group, uint64_t operand, Site *site) {
  WarpgroupShape shape = WarpgroupShape::unpack(operand);
  if (!group.fenced)
    block.fail(site, "expected a wgmma.fence before the first wgmma of a warpgroup");
  checkDescriptors(block, group, site);
  WarpgroupProduct product;
  product.site = site;
  product.a = MatrixDescriptor::decode(block, group.threads[0].a, site);
  product.b = MatrixDescriptor::decode(block, group.threads[0].b, site);
  addChunks(block, product.a, Accumulators::rows, shape.isMMajor, shape.a, *site, product.chunks);
  addChunks(block, product.b, shape.n, shape.isNMajor, shape.b, *site, product.chunks);
  if (shape.accumulates)
    product.start = findStart(block, group, shape, site);
  product.result = &group.accumulators.create(shape, site);
  if (shape.accumulates && !product.start)
    readRegisters(block, group, *product.result, site);
  if (block.races().isEnabled())
    block.races().startReads(block, product.chunks, *site, group.index);
  if (block.device.options.asyncCopies == AsyncCopyTime::Early)
    compute(product);
  for (const WarpgroupThread &thread : group.threads)
    AccumulatorPool::writeHandle(*product.result, thread.registers,
                                 product.result->countRegisters());
  ++block.counters.warpgroupMultiplies;
  block.counters.matrixMultiplyAdds +=
      uint64_t(Accumulators::rows) * shape.n * (depthBytes / getElementBytes(shape.a));
  group.open.push_back(std::move(product));
}

void fence(Block &, Warpgroup &group, uint64_t, Site *) { group.fenced = true; }

void commit(Block &, Warpgroup &group, uint64_t, Site *) {
  group.committed.push_back(std::move(group.open));
  group.open.clear();
}

void land(Block &block, Warpgroup &group, WarpgroupProduct &product) {
  if (block.device.options.asyncCopies == AsyncCopyTime::Late)
    compute(product);
  product.result->landed = true;
  // The result may be forgotten from now on.
  auto finish = [&](std::vector<WarpgroupProduct> &others) {
    for (WarpgroupProduct &other : others)
      if (other.start == product.result)
        takeStart(other);
  };
  finish(group.open);
  for (std::vector<WarpgroupProduct> &others : group.committed)
    finish(others);
  if (block.races().isEnabled())
    block.races().finishReads(block, product.chunks, *product.site, group.index);
}

void wait(Block &block, Warpgroup &group, uint64_t pending, Site *) {
  for (; group.committed.size() > pending; group.committed.pop_front())
    for (WarpgroupProduct &product : group.committed.front())
      land(block, group, product);
}

void collect(const WarpgroupThread &thread, uint64_t operand, Site *site,
             Warpgroups::Operation operation) {
  Block &block = Block::current();
  block.warpgroups.collect(block, thread, operand, site, operation);
}

} // namespace

void tconvEmuWarpgroupMultiply(uint64_t a, uint64_t b, uint32_t *accumulators, uint64_t shape,
                               Site *site) {
  collect({accumulators, a, b}, shape, site, issue);
}

void tconvEmuWarpgroupFence(Site *site) { collect({}, 0, site, fence); }
void tconvEmuWarpgroupCommit(Site *site) { collect({}, 0, site, commit); }
void tconvEmuWarpgroupWait(uint32_t pending, Site *site) { collect({}, pending, site, wait); }

/// The result that a register is of, which somebody waited for; null if it is of none.
static Accumulators *findResult(Block &block, uint32_t first, uint32_t second, Site *site) {
  Accumulators *result =
      block.warpgroups.find(block.thread()).accumulators.find(block, first, second, site);
  if (result && !result->landed)
    failEarly(block, *result, site);
  return result;
}

uint32_t tconvEmuAccumulator(uint32_t first, uint32_t second, uint32_t value, uint32_t index,
                             Site *site) {
  Block &block = Block::current();
  const Accumulators *result = findResult(block, first, second, site);
  return result ? result->getRegister(block.thread() % warpgroupSize, index) : value;
}

void tconvEmuAccumulators(uint32_t *registers, uint32_t count, Site *site) {
  Block &block = Block::current();
  const Accumulators *result = findResult(block, registers[0], registers[1], site);
  for (uint32_t index = 0; result && index < count; ++index)
    registers[index] = result->getRegister(block.thread() % warpgroupSize, index);
}
