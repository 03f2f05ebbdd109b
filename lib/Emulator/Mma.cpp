//===- Mma.cpp - mma: products of small matrices by a warp ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Who holds which element, for all shapes but m8n8k4: let g = lane / 4 and t = lane % 4. A row of
// A or a column of B is in the four lanes of a g, each of which holds whole registers of 32 bits:
// register j of a row has the elements from e (t + 4 j) on, where e are the elements in a register.
// A has rows g and g + 8, in alternation; C and D have columns 2 t and 2 t + 1 of these rows.
//
//===----------------------------------------------------------------------===//

#include "Block.h"
#include "MatrixElements.h"

#include <algorithm>
#include <limits>

using namespace tconv;
using namespace tconv::emulator;

namespace {

constexpr uint32_t maxM = 16, maxN = 8, maxK = 32;

/// Calls `visit(lane, index, row, column)` for each element of a matrix of which a row is in
/// four lanes, `perRegister` elements in a register.
template <typename Visit>
void forEachOperand(uint32_t numRows, uint32_t k, uint32_t perRegister, Visit visit) {
  uint32_t registersOfRow = k / (4 * perRegister), halves = (numRows + 7) / 8;
  for (uint32_t lane = 0; lane < warpSize; ++lane)
    for (uint32_t j = 0; j < registersOfRow; ++j)
      for (uint32_t half = 0; half < halves; ++half)
        for (uint32_t e = 0; e < perRegister; ++e)
          visit(lane, (j * halves + half) * perRegister + e, lane / 4 + 8 * half,
                (lane % 4 + 4 * j) * perRegister + e);
}

/// The same for C and D.
template <typename Visit> void forEachResult(uint32_t m, Visit visit) {
  for (uint32_t lane = 0; lane < warpSize; ++lane)
    for (uint32_t half = 0; half < (m + 7) / 8; ++half)
      for (uint32_t e = 0; e < 2; ++e)
        visit(lane, half * 2 + e, lane / 4 + 8 * half, lane % 4 * 2 + e);
}

/// One mma with elements of these types, on the registers of all lanes.
template <MatrixElement typeA, MatrixElement typeB, MatrixElement typeC>
void multiply(Warp &warp, const MatrixShape &shape) {
  using T = decltype(Stored<typeC>::decode({}));
  constexpr uint32_t perRegister = std::max<size_t>(1, 4 / sizeof(typename Stored<typeA>::Bits));
  T a[maxM][maxK], b[maxK][maxN], c[maxM][maxN];
  forEachOperand(shape.m, shape.k, perRegister,
                 [&](uint32_t lane, uint32_t index, uint32_t row, uint32_t k) {
                   a[row][k] = load<typeA>(warp.lanes[lane].inputs[0], index);
                 });
  forEachOperand(shape.n, shape.k, perRegister,
                 [&](uint32_t lane, uint32_t index, uint32_t column, uint32_t k) {
                   b[k][column] = load<typeB>(warp.lanes[lane].inputs[1], index);
                 });
  forEachResult(shape.m, [&](uint32_t lane, uint32_t index, uint32_t row, uint32_t column) {
    c[row][column] = load<typeC>(warp.lanes[lane].inputs[2], index);
  });
  for (uint32_t row = 0; row < shape.m; ++row)
    for (uint32_t k = 0; k < shape.k; ++k)
      for (uint32_t column = 0; column < maxN; ++column)
        c[row][column] += a[row][k] * b[k][column];
  forEachResult(shape.m, [&](uint32_t lane, uint32_t index, uint32_t row, uint32_t column) {
    T value = c[row][column];
    if constexpr (typeC == MatrixElement::S32) {
      using Limits = std::numeric_limits<int32_t>;
      if (shape.saturate)
        value = std::clamp<int64_t>(value, Limits::min(), Limits::max());
    }
    store<typeC>(warp.lanes[lane].output, index, value);
  });
}

struct Variant {
  MatrixElement a, b, accumulator;
  /// The k of the shapes 16 x 8 x k, and of 8 x 8 x k.
  std::array<uint8_t, 3> k16, k8;
  void (*multiply)(Warp &, const MatrixShape &);
};

template <MatrixElement a, MatrixElement b, MatrixElement c>
constexpr Variant variant(std::array<uint8_t, 3> k16, std::array<uint8_t, 3> k8 = {}) {
  return {a, b, c, k16, k8, multiply<a, b, c>};
}

using enum MatrixElement;
constexpr Variant variants[] = {
    variant<F16, F16, F32>({8, 16}),        variant<F16, F16, F16>({8, 16}),
    variant<BF16, BF16, F32>({8, 16}),      variant<TF32, TF32, F32>({4, 8}),
    variant<S8, S8, S32>({16, 32}, {16}),   variant<S8, U8, S32>({16, 32}, {16}),
    variant<U8, S8, S32>({16, 32}, {16}),   variant<U8, U8, S32>({16, 32}, {16}),
    variant<F64, F64, F64>({4, 8, 16}, {4})};

const Variant *findVariant(const MatrixShape &shape) {
  for (const Variant &variant : variants) {
    const auto &ks = shape.m == 16 ? variant.k16 : variant.k8;
    if (variant.a == shape.a && variant.b == shape.b && variant.accumulator == shape.accumulator &&
        (shape.m == 16 || shape.m == 8) && shape.n == 8 && shape.k != 0 &&
        std::find(ks.begin(), ks.end(), shape.k) != ks.end())
      return &variant;
  }
  return nullptr;
}

void multiplyMatrices(Block &block, Warp &warp, uint32_t mask, Site *site) {
  MatrixShape shape = MatrixShape::unpack(warp.lanes[0].value);
  ++block.counters.matrixMultiplies;
  block.counters.matrixMultiplyAdds += uint64_t(shape.m) * shape.n * shape.k;
  findVariant(shape)->multiply(warp, shape);
}

} // namespace

uint64_t MatrixShape::pack() const {
  return m | uint64_t(n) << 8 | uint64_t(k) << 16 | uint64_t(a) << 24 | uint64_t(b) << 32 |
         uint64_t(accumulator) << 40 | uint64_t(saturate) << 48;
}

MatrixShape MatrixShape::unpack(uint64_t number) {
  auto byte = [&](int index) { return static_cast<uint8_t>(number >> 8 * index); };
  return {byte(0),
          byte(1),
          byte(2),
          MatrixElement(byte(3)),
          MatrixElement(byte(4)),
          MatrixElement(byte(5)),
          byte(6) != 0};
}

bool tconv::isKnownShape(const MatrixShape &shape) { return findVariant(shape); }

void tconvEmuMultiplyMatrices(const void *a, const void *b, const void *c, void *d, uint64_t shape,
                              Site *site) {
  Block &block = Block::current();
  requireWholeWarp(block, site);
  Lane lane;
  lane.inputs[0] = a;
  lane.inputs[1] = b;
  lane.inputs[2] = c;
  lane.output = d;
  lane.value = shape;
  block.warps.collect(block, fullMask, lane, site, multiplyMatrices);
}
