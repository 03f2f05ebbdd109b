//===- Wmma.cpp - wmma: matrices in fragments -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The PTX ISA does not say which lane holds which element of a fragment. Here element e of a lane
// with p elements is number lane * p + e of the matrix, row by row, modulo its size: more than one
// lane has an element of the f16 operands.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"
#include "MatrixElements.h"

using namespace tconv;
using namespace tconv::emulator;

namespace {

constexpr uint32_t maxDepth = 16, maxSide = 32;

uint32_t countPerLane(MatrixElement type, bool isAccumulator, uint32_t size) {
  return type == MatrixElement::F16 && !isAccumulator ? 16 : size / warpSize;
}

/// All lanes give the same matrix.
void checkMatrix(Block &block, const Warp &warp, const Site *site) {
  const Lane &first = warp.lanes[0];
  for (uint32_t index = 1; index < warpSize; ++index) {
    const Lane &lane = warp.lanes[index];
    if (lane.address != first.address || lane.argument != first.argument)
      block.fail(site, "expected one matrix in all lanes of a warp, got " + hex(first.address) +
                           " with a stride of " + std::to_string(first.argument) +
                           " in lane 0 and " + hex(lane.address) + " with one of " +
                           std::to_string(lane.argument) + " in lane " + std::to_string(index));
  }
}

/// An access of the whole warp to the neighbours in memory that a row or column consists of.
void noteLine(Block &block, uint64_t address, uint64_t bytes, Site &site) {
  checkAccess(block, address, bytes, site);
  ++site.count;
  if (site.found != SiteSpace::Shared || !block.races().isEnabled())
    return;
  Accessor who = wholeWarp(block.thread() / warpSize);
  if (site.kind == SiteKind::Load)
    block.races().read(block, address, bytes, site, who);
  else
    block.races().write(block, address, bytes, site, who);
}

/// Calls `move` with each lane, the byte in its registers, and the address in memory, of each
/// element that it has of a matrix.
template <typename Move> void forEachElement(Block &block, Warp &warp, Site *site, Move move) {
  checkMatrix(block, warp, site);
  FragmentShape shape = FragmentShape::unpack(warp.lanes[0].value);
  uint64_t base = warp.lanes[0].address, bytes = shape.elementBytes;
  uint64_t lineBytes = warp.lanes[0].argument * bytes;
  uint32_t lines = shape.isColumnMajor ? shape.columns : shape.rows;
  for (uint32_t line = 0; line < lines; ++line)
    noteLine(block, base + line * lineBytes, site->bytes, *site);
  uint32_t perLane = shape.perLane, size = uint32_t(shape.rows) * shape.columns;
  for (uint32_t lane = 0; lane < warpSize; ++lane)
    for (uint32_t e = 0; e < perLane; ++e) {
      uint32_t number = (lane * perLane + e) % size;
      uint32_t line = number / shape.columns, within = number % shape.columns;
      if (shape.isColumnMajor)
        std::swap(line, within);
      uint64_t address = base + line * lineBytes + within * bytes;
      move(warp.lanes[lane], e * bytes, reinterpret_cast<char *>(address), bytes);
    }
}

void loadFragments(Block &block, Warp &warp, uint32_t, Site *site) {
  forEachElement(block, warp, site,
                 [](Lane &lane, uint64_t byte, const char *memory, uint64_t bytes) {
                   memcpy(static_cast<char *>(lane.output) + byte, memory, bytes);
                 });
}

void storeFragments(Block &block, Warp &warp, uint32_t, Site *site) {
  forEachElement(block, warp, site, [](Lane &lane, uint64_t byte, char *memory, uint64_t bytes) {
    memcpy(memory, static_cast<const char *>(lane.inputs[0]) + byte, bytes);
  });
}

/// The matrix of `size` elements that the lanes hold as their operand `which`.
template <MatrixElement type, typename T>
void gather(const Warp &warp, int which, bool isAccumulator, uint32_t size, T *matrix) {
  uint32_t perLane = countPerLane(type, isAccumulator, size);
  for (uint32_t lane = 0; lane < warpSize; ++lane)
    for (uint32_t e = 0; e < perLane; ++e)
      matrix[(lane * perLane + e) % size] = load<type>(warp.lanes[lane].inputs[which], e);
}

template <MatrixElement operand, MatrixElement accumulator>
void multiply(Warp &warp, const MatrixShape &shape) {
  using T = decltype(Stored<accumulator>::decode({}));
  T a[maxSide * maxDepth], b[maxDepth * maxSide], c[maxSide * maxSide];
  uint32_t m = shape.m, n = shape.n, depth = shape.k;
  gather<operand>(warp, 0, false, m * depth, a);
  gather<operand>(warp, 1, false, depth * n, b);
  gather<accumulator>(warp, 2, true, m * n, c);
  for (uint32_t row = 0; row < m; ++row)
    for (uint32_t k = 0; k < depth; ++k)
      for (uint32_t column = 0; column < n; ++column)
        c[row * n + column] += a[row * depth + k] * b[k * n + column];
  uint32_t perLane = countPerLane(accumulator, true, m * n);
  for (uint32_t lane = 0; lane < warpSize; ++lane)
    for (uint32_t e = 0; e < perLane; ++e)
      store<accumulator>(warp.lanes[lane].output, e, c[lane * perLane + e]);
}

struct Variant {
  MatrixElement operand, accumulator;
  void (*multiply)(Warp &, const MatrixShape &);
};

template <MatrixElement operand, MatrixElement accumulator> constexpr Variant variant() {
  return {operand, accumulator, multiply<operand, accumulator>};
}

using enum MatrixElement;
constexpr Variant variants[] = {variant<F16, F32>(), variant<F16, F16>(), variant<TF32, F32>(),
                                variant<S8, S32>(),  variant<U8, S32>(),  variant<F64, F64>()};

const Variant *findVariant(const MatrixShape &shape) {
  for (const Variant &variant : variants)
    if (variant.operand == shape.a && variant.operand == shape.b &&
        variant.accumulator == shape.accumulator)
      return &variant;
  return nullptr;
}

void multiplyFragments(Block &block, Warp &warp, uint32_t, Site *) {
  MatrixShape shape = MatrixShape::unpack(warp.lanes[0].value);
  ++block.counters.matrixMultiplies;
  block.counters.matrixMultiplyAdds += uint64_t(shape.m) * shape.n * shape.k;
  findVariant(shape)->multiply(warp, shape);
}

void collect(const Lane &lane, Site *site, Warps::Operation operation) {
  Block &block = Block::current();
  requireWholeWarp(block, site);
  if (block.scheduler().isOnStack(lane.address))
    block.fail(site, "expected a matrix in global or shared memory, got one of a thread");
  block.warps.collect(block, fullMask, lane, site, operation);
}

} // namespace

uint64_t FragmentShape::pack() const {
  return rows | uint64_t(columns) << 8 | uint64_t(elementBytes) << 16 | uint64_t(perLane) << 24 |
         uint64_t(isColumnMajor) << 32;
}

FragmentShape FragmentShape::unpack(uint64_t number) {
  auto byte = [&](int index) { return static_cast<uint8_t>(number >> 8 * index); };
  return {byte(0), byte(1), byte(2), byte(3), byte(4) != 0};
}

bool tconv::isKnownFragmentProduct(const MatrixShape &shape) {
  return findVariant(shape) && shape.m <= maxSide && shape.n <= maxSide && shape.k <= maxDepth;
}

void tconvEmuLoadFragment(uint64_t address, uint32_t stride, void *registers, uint64_t shape,
                          Site *site) {
  Lane lane;
  lane.output = registers;
  lane.address = address;
  lane.argument = stride;
  lane.value = shape;
  collect(lane, site, loadFragments);
}

void tconvEmuStoreFragment(uint64_t address, uint32_t stride, const void *registers, uint64_t shape,
                           Site *site) {
  Lane lane;
  lane.inputs[0] = registers;
  lane.address = address;
  lane.argument = stride;
  lane.value = shape;
  collect(lane, site, storeFragments);
}

void tconvEmuMultiplyFragments(const void *a, const void *b, void *c, uint64_t shape, Site *site) {
  Lane lane;
  lane.inputs[0] = a;
  lane.inputs[1] = b;
  lane.inputs[2] = c;
  lane.output = c;
  lane.value = shape;
  collect(lane, site, multiplyFragments);
}
