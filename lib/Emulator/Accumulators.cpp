//===- Accumulators.cpp - Results of wgmma, and its operands --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Accumulators.h"

#include "Block.h"
#include "Halves.h"

using namespace tconv;
using namespace tconv::emulator;

// What is in the first register of a handle: a NaN that no operation makes.
static constexpr uint32_t handleMark = 0xfff5a11e;

// A thread has 255 registers: results that it holds are among the last that fit this many.
static constexpr uint32_t rememberedRegisters = 1024;

MatrixDescriptor MatrixDescriptor::decode(Block &block, uint64_t bits, const Site *site) {
  constexpr uint64_t unused =
      uint64_t(3) << 14 | uint64_t(3) << 30 | uint64_t(7) << 46 | uint64_t(0x3ff) << 52;
  if (bits & unused)
    block.fail(site, "expected a matrix descriptor with zeros in bits 14, 15, 30, 31, 46 to 48 "
                     "and 52 to 61, got " +
                         hex(bits) + "; an address in shared memory has 18 bits, mask others away");
  auto field = [&](int first) { return static_cast<uint32_t>(bits >> first & 0x3fff) * 16; };
  constexpr Swizzle kinds[] = {Swizzle::None, Swizzle::Bytes128, Swizzle::Bytes64,
                               Swizzle::Bytes32};
  MatrixDescriptor descriptor;
  descriptor.start = reinterpret_cast<uint64_t>(block.device.shared) + field(0);
  descriptor.leadingBytes = field(16);
  descriptor.strideBytes = field(32);
  descriptor.firstLine = bits >> 49 & 7;
  descriptor.kind = kinds[bits >> 62];
  return descriptor;
}

/// The canonical layouts of the PTX ISA: groups of eight lines, each as long as the swizzle.
uint64_t MatrixDescriptor::locate(uint32_t mn, uint32_t k, bool isMNMajor,
                                  uint32_t elementBytes) const {
  auto lineBytes = static_cast<uint64_t>(kind);
  uint64_t line = isMNMajor ? k : mn, along = uint64_t(isMNMajor ? mn : k) * elementBytes;
  uint64_t offset = line % 8 * lineBytes + along % lineBytes;
  // Without a swizzle, the offsets change roles between the two ways to be major.
  bool leadingAlongLines = isMNMajor && kind == Swizzle::None;
  offset += line / 8 * (leadingAlongLines ? leadingBytes : strideBytes);
  offset += along / lineBytes * (leadingAlongLines ? strideBytes : leadingBytes);
  return swizzle(start + offset, kind, firstLine);
}

uint32_t Accumulators::countRegisters() const {
  return shape.accumulator == MatrixElement::F16 ? shape.n / 4 : shape.n / 2;
}

/// The place of element `index` of a thread: those of eight columns of the result are in its
/// lanes as in the result of an mma, and warp w has rows 16 w to 16 w + 15.
static uint32_t getPlace(uint32_t thread, uint32_t index, uint32_t n) {
  uint32_t lane = thread % warpSize;
  uint32_t row = thread / warpSize * 16 + lane / 4 + index / 2 % 2 * 8;
  return row * n + index / 4 * 8 + lane % 4 * 2 + index % 2;
}

uint32_t Accumulators::getRegister(uint32_t thread, uint32_t index) const {
  if (shape.accumulator == MatrixElement::S32)
    return static_cast<uint32_t>(integers[getPlace(thread, index, shape.n)]);
  if (shape.accumulator == MatrixElement::F32)
    return std::bit_cast<uint32_t>(floats[getPlace(thread, index, shape.n)]);
  uint32_t place = getPlace(thread, 2 * index, shape.n);
  return floatToHalf(floats[place]) | uint32_t(floatToHalf(floats[place + 1])) << 16;
}

void Accumulators::setRegister(uint32_t thread, uint32_t index, uint32_t bits) {
  if (shape.accumulator == MatrixElement::S32) {
    integers[getPlace(thread, index, shape.n)] = static_cast<int32_t>(bits);
  } else if (shape.accumulator == MatrixElement::F32) {
    floats[getPlace(thread, index, shape.n)] = std::bit_cast<float>(bits);
  } else {
    uint32_t place = getPlace(thread, 2 * index, shape.n);
    floats[place] = halfToFloat(static_cast<uint16_t>(bits));
    floats[place + 1] = halfToFloat(static_cast<uint16_t>(bits >> 16));
  }
}

void AccumulatorPool::clear() {
  results.clear();
  lastCleared = lastId;
}

Accumulators &AccumulatorPool::create(const WarpgroupShape &shape, const Site *site) {
  uint32_t registers = 0;
  for (const Accumulators &result : results)
    registers += result.countRegisters();
  while (registers > rememberedRegisters && results.front().landed) {
    registers -= results.front().countRegisters();
    results.pop_front();
  }
  Accumulators &created = results.emplace_back();
  created.id = ++lastId;
  created.shape = shape;
  created.site = site;
  size_t size = size_t(Accumulators::rows) * shape.n;
  if (shape.accumulator == MatrixElement::S32)
    created.integers.resize(size);
  else
    created.floats.resize(size);
  return created;
}

Accumulators *AccumulatorPool::find(Block &block, uint32_t first, uint32_t second,
                                    const Site *site) {
  if (first != handleMark || second <= lastCleared || second > lastId)
    return nullptr;
  uint32_t oldest = lastId - static_cast<uint32_t>(results.size()) + 1;
  if (second < oldest)
    block.fail(site, "expected a result of one of the last wgmma of the warpgroup, got one that "
                     "was issued before " +
                         std::to_string(rememberedRegisters) + " registers of later results");
  return &results[second - oldest];
}

void AccumulatorPool::writeHandle(const Accumulators &accumulators, uint32_t *registers,
                                  uint32_t count) {
  std::fill_n(registers, count, 0xffffffff);
  registers[0] = handleMark;
  registers[1] = accumulators.id;
}
