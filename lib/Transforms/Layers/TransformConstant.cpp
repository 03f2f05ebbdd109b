//===- TransformConstant.cpp - Transform of a packed filter ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The transform of a filter is a product with the matrix G in each dimension (Winograd, Cook-Toom),
// dimension by dimension, for all channels alike, so that it runs over lines of them. It is
// computed in double, in the order of terms that compiled code has, and rounded once.
//
//===----------------------------------------------------------------------===//

#include "TransformConstant.h"

#include "mlir/IR/BuiltinTypes.h"

#include <array>

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// So many numbers that are transformed alike.
constexpr int64_t lineSize = 256;
using Line = std::array<double, lineSize>;

Line multiplyRow(const std::vector<::tconv::Rational> &row, ArrayRef<const Line *> lines) {
  Line sum{};
  bool isFirst = true;
  for (const ::tconv::RowTerm &term : ::tconv::orderTerms(row)) {
    const double factor = term.factor.toDouble();
    const Line &line = *lines[term.column];
    for (int64_t index = 0; index < lineSize; ++index)
      sum[index] = isFirst ? line[index] * factor : sum[index] + line[index] * factor;
    isFirst = false;
  }
  return sum;
}

/// Applies the matrix G of each dimension to lines, which stand row by row.
std::vector<Line> transform(ArrayRef<CookToom> transforms, std::vector<Line> values) {
  size_t outer = 1, inner = values.size();
  for (const CookToom &toom : transforms) {
    const size_t rows = toom.filter.size(), columns = toom.filter.front().size();
    inner /= columns;
    std::vector<Line> next(outer * rows * inner);
    for (size_t before = 0; before < outer; ++before)
      for (size_t behind = 0; behind < inner; ++behind) {
        SmallVector<const Line *> lines;
        for (size_t column = 0; column < columns; ++column)
          lines.push_back(&values[(before * columns + column) * inner + behind]);
        for (size_t row = 0; row < rows; ++row)
          next[(before * rows + row) * inner + behind] = multiplyRow(toom.filter[row], lines);
      }
    outer *= rows;
    values = std::move(next);
  }
  return values;
}

/// All taps of a phase, `tapElements` numbers each, to all products.
template <typename Element>
void transformPhase(const WinogradClass &phases, const Element *direct, Element *transformed,
                    int64_t tapElements) {
  for (int64_t first = 0; first < tapElements; first += lineSize) {
    const int64_t count = std::min(lineSize, tapElements - first);
    std::vector<Line> taps;
    for (int64_t tap = 0; tap < phases.taps(); ++tap) {
      taps.push_back(Line{});
      std::copy_n(direct + tap * tapElements + first, count, taps.back().begin());
    }
    std::vector<Line> products = transform(phases.transforms, std::move(taps));
    for (auto [number, line] : llvm::enumerate(products))
      std::transform(line.begin(), line.begin() + count,
                     transformed + static_cast<int64_t>(number) * tapElements + first,
                     [](double product) { return static_cast<Element>(product); });
  }
}

template <typename Element>
void transformBlock(const FilterPacking &packing, const Element *direct, Element *transformed,
                    int64_t lanes) {
  const int64_t tapElements = packing.inputChannels * lanes;
  for (const WinogradClass &phases : packing.transforms)
    for (const ::tconv::WinogradPhase &phase : phases.phases) {
      transformPhase(phases, direct + packing.firstTaps[phase.number] * tapElements, transformed,
                     tapElements);
      transformed += phases.products() * tapElements;
    }
}

template <typename Element> void transformAll(const FilterPacking &packing, Element *packed) {
  const Element *direct = packed;
  Element *transformed = packed + packing.directElements();
  for (int64_t group = 0; group < packing.groups; ++group)
    for (int64_t first = 0; first < packing.paddedLanes(); first += packing.blockLanes) {
      const int64_t lanes = std::min(packing.blockLanes, packing.paddedLanes() - first);
      transformBlock(packing, direct, transformed, lanes);
      direct += lanes * packing.rows();
      transformed += lanes * packing.transformedRows * packing.inputChannels;
    }
}

} // namespace

void mlir::tconv::transformConstant(const FilterPacking &packing, Type type,
                                    std::vector<char> &packed) {
  if (type.isF64())
    transformAll(packing, reinterpret_cast<double *>(packed.data()));
  else
    transformAll(packing, reinterpret_cast<float *>(packed.data()));
}
