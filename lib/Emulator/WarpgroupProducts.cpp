//===- WarpgroupProducts.cpp - The arithmetic of wgmma --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products of wgmma: operands come from shared memory by descriptors, in chunks of 16 bytes
// whose places swizzles permute. Types are arguments of templates, so that the loops in the
// middle ask for none.
//
//===----------------------------------------------------------------------===//

#include "Accumulators.h"
#include "MatrixElements.h"

#include <algorithm>
#include <limits>

using namespace tconv;
using namespace tconv::emulator;

namespace {

constexpr uint32_t chunkBytes = 16, depthBytes = 32;
constexpr uint32_t maxN = 256, maxK = 32;

/// What products are computed in: of integers, any sum over k fits.
template <MatrixElement type>
using Number =
    std::conditional_t<type == MatrixElement::S8 || type == MatrixElement::U8, int32_t, float>;

/// Calls `visit(mn, k, value)` for each element of an operand.
template <MatrixElement type, typename Visit>
void forEachElement(const MatrixDescriptor &operand, uint32_t size, bool isMNMajor, Visit visit) {
  constexpr uint32_t elementBytes = sizeof(typename Stored<type>::Bits);
  constexpr uint32_t perChunk = chunkBytes / elementBytes, depth = depthBytes / elementBytes;
  uint32_t stepMN = isMNMajor ? perChunk : 1, stepK = isMNMajor ? 1 : perChunk;
  for (uint32_t mn = 0; mn < size; mn += stepMN)
    for (uint32_t k = 0; k < depth; k += stepK) {
      auto *chunk = reinterpret_cast<const void *>(operand.locate(mn, k, isMNMajor, elementBytes));
      for (uint32_t i = 0; i < perChunk; ++i)
        visit(isMNMajor ? mn + i : mn, isMNMajor ? k : k + i, load<type>(chunk, i));
    }
}

template <typename T> using Columns = T[maxK][maxN];

/// Sums of floats are in the order of k, each rounded; f16 results are rounded once.
void addProduct(const float (&a)[maxK], const Columns<float> &b, uint32_t depth,
                Accumulators &result, uint32_t row) {
  float *sums = &result.floats[size_t(row) * result.shape.n];
  for (uint32_t k = 0; k < depth; ++k)
    for (uint32_t column = 0; column < result.shape.n; ++column)
      sums[column] += a[k] * b[k][column];
  if (result.shape.accumulator == MatrixElement::F16)
    for (uint32_t column = 0; column < result.shape.n; ++column)
      sums[column] = halfToFloat(floatToHalf(sums[column]));
}

void addProduct(const int32_t (&a)[maxK], const Columns<int32_t> &b, uint32_t depth,
                Accumulators &result, uint32_t row) {
  int32_t products[maxN] = {};
  for (uint32_t k = 0; k < depth; ++k)
    for (uint32_t column = 0; column < result.shape.n; ++column)
      products[column] += a[k] * b[k][column];
  using Limits = std::numeric_limits<int32_t>;
  int32_t *sums = &result.integers[size_t(row) * result.shape.n];
  for (uint32_t column = 0; column < result.shape.n; ++column) {
    int64_t sum = int64_t(sums[column]) + products[column];
    if (result.shape.saturates)
      sum = std::clamp<int64_t>(sum, Limits::min(), Limits::max());
    sums[column] = static_cast<int32_t>(sum);
  }
}

template <MatrixElement typeA, MatrixElement typeB>
void multiplyTypes(const MatrixDescriptor &descriptorA, const MatrixDescriptor &descriptorB,
                   Accumulators &result) {
  using T = Number<typeA>;
  const WarpgroupShape &shape = result.shape;
  constexpr uint32_t depth = depthBytes / sizeof(typename Stored<typeA>::Bits);
  T a[Accumulators::rows][maxK];
  Columns<T> b;
  T sign = shape.negates ? -1 : 1;
  forEachElement<typeA>(
      descriptorA, Accumulators::rows, shape.isMMajor,
      [&](uint32_t row, uint32_t k, auto value) { a[row][k] = sign * static_cast<T>(value); });
  forEachElement<typeB>(
      descriptorB, shape.n, shape.isNMajor,
      [&](uint32_t column, uint32_t k, auto value) { b[k][column] = static_cast<T>(value); });
  for (uint32_t row = 0; row < Accumulators::rows; ++row)
    addProduct(a[row], b, depth, result, row);
}

struct Variant {
  MatrixElement a, b;
  bool isKnown[3];
  void (*multiply)(const MatrixDescriptor &, const MatrixDescriptor &, Accumulators &);
};

using enum MatrixElement;

/// With sums in f32, f16 and s32.
template <MatrixElement a, MatrixElement b>
constexpr Variant variant(bool f32, bool f16, bool s32) {
  return {a, b, {f32, f16, s32}, multiplyTypes<a, b>};
}

constexpr Variant variants[] = {
    variant<F16, F16>(true, true, false),    variant<BF16, BF16>(true, false, false),
    variant<TF32, TF32>(true, false, false), variant<S8, S8>(false, false, true),
    variant<S8, U8>(false, false, true),     variant<U8, S8>(false, false, true),
    variant<U8, U8>(false, false, true),     variant<E4M3, E4M3>(true, true, false),
    variant<E4M3, E5M2>(true, true, false),  variant<E5M2, E4M3>(true, true, false),
    variant<E5M2, E5M2>(true, true, false)};

const Variant *findVariant(const WarpgroupShape &shape) {
  for (const Variant &variant : variants)
    if (variant.a == shape.a && variant.b == shape.b &&
        ((shape.accumulator == F32 && variant.isKnown[0]) ||
         (shape.accumulator == F16 && variant.isKnown[1]) ||
         (shape.accumulator == S32 && variant.isKnown[2])))
      return &variant;
  return nullptr;
}

} // namespace

void emulator::multiply(const MatrixDescriptor &a, const MatrixDescriptor &b,
                        Accumulators &result) {
  findVariant(result.shape)->multiply(a, b, result);
}

bool tconv::isKnownShape(const WarpgroupShape &shape) {
  return shape.n % 8 == 0 && shape.n != 0 && shape.n <= maxN && findVariant(shape);
}

uint64_t WarpgroupShape::pack() const {
  return n | uint64_t(a) << 16 | uint64_t(b) << 24 | uint64_t(accumulator) << 32 |
         uint64_t(isMMajor) << 40 | uint64_t(isNMajor) << 41 | uint64_t(accumulates) << 42 |
         uint64_t(negates) << 43 | uint64_t(saturates) << 44;
}

WarpgroupShape WarpgroupShape::unpack(uint64_t number) {
  auto element = [&](int bit) { return static_cast<MatrixElement>(number >> bit & 0xff); };
  auto flag = [&](int bit) { return (number >> bit & 1) != 0; };
  return {static_cast<uint16_t>(number),
          element(16),
          element(24),
          element(32),
          flag(40),
          flag(41),
          flag(42),
          flag(43),
          flag(44)};
}
