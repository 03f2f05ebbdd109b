//===- MmaTile.cpp - Products by tensor cores -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A warp has warpM by warpN sums, in fragments of 16 by 8: lane l has two neighbours of row l /
// 4, and two of row l / 4 + 8. `ldmatrix` gives the four matrices of 8 rows by 16 bytes that a
// fragment of x consists of, and two fragments of w at a time; each lane says where one row of
// a matrix begins. Rows of x are swizzled as InputTile does it: the place of a chunk is the
// exclusive or of the row's key and the chunk, so that a step forward is the exclusive or with
// a constant. Fragments of the next step are loaded while those of this one are multiplied.
//
//===----------------------------------------------------------------------===//

#include "MmaTile.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr int64_t chunkBytes = 16;

NVVM::MMATypes multiplicandType(::tconv::GpuMath math) {
  switch (math) {
  case ::tconv::GpuMath::F16:
    return NVVM::MMATypes::f16;
  case ::tconv::GpuMath::Bf16:
    return NVVM::MMATypes::bf16;
  case ::tconv::GpuMath::Tf32:
    return NVVM::MMATypes::tf32;
  case ::tconv::GpuMath::I8:
    return NVVM::MMATypes::s8;
  case ::tconv::GpuMath::Fma:
    break;
  }
  llvm_unreachable("not a tensor core instruction");
}

} // namespace

MmaTile::MmaTile(KernelBuilder &b, const GpuKernelLayer &layer) : MultiplyTile(b, layer) {
  // Lanes 0 to 15 give the rows of the first chunk, the others those of the second.
  InputTile::Row row = InputTile::locateRow(b, layer, b.add(firstRow, b.rem(lane, 16)));
  Value chunk = b.mul(b.div(lane, 16), chunkBytes);
  inputPlace = b.add(row.offset, b.exclusiveOr(chunk, row.key));
  // Eight lanes each give a chunk of eight columns, first one chunk and then the other.
  Value column = b.add(b.mul(b.div(lane, 16), 8), b.rem(lane, 8));
  Value second = b.rem(b.div(lane, 8), 2);
  Value place = b.add(b.mul(second, layer.schedule.blockN), b.add(firstColumn, column));
  filterPlace = b.mul(place, chunkBytes);
}

SmallVector<Value> MmaTile::zeroSums(KernelBuilder &b) const {
  return SmallVector<Value>(rowBlocks() * columnBlocks() * 4, b.zero(layer.sum));
}

MmaTile::Fragment MmaTile::loadMatrices(KernelBuilder &b, Value address, int64_t count) const {
  SmallVector<Type> words(count, b.getI32Type());
  Type type = LLVM::LLVMStructType::getLiteral(b.getContext(), words);
  Value loaded = NVVM::LdMatrixOp::create(
      b, type, address, static_cast<uint32_t>(count), NVVM::MMALayout::row,
      NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8), NVVM::LdStMatrixEltType::B16);
  Fragment fragment;
  for (int64_t word = 0; word < count; ++word) {
    Value value = LLVM::ExtractValueOp::create(b, loaded, word);
    if (layer.schedule.math == ::tconv::GpuMath::F16)
      value = b.bitcast(value, VectorType::get({2}, b.getF16Type()));
    fragment.push_back(value);
  }
  return fragment;
}

MmaTile::Fragments MmaTile::load(KernelBuilder &b, Value input, Value filter, int64_t step) const {
  Fragments fragments;
  const int64_t rowBytes = layer.schedule.blockK * layer.elementBytes();
  // Chunks of a step are two; row blocks are 16 rows apart, which have the same keys.
  Value place = b.atByte(input, b.exclusiveOr(inputPlace, step * 2 * chunkBytes));
  for (int64_t block = 0; block < rowBlocks(); ++block)
    fragments.input.push_back(loadMatrices(b, b.atByte(place, block * 16 * rowBytes), 4));
  place = b.atByte(b.atByte(filter, filterPlace), step * 2 * layer.schedule.blockN * chunkBytes);
  for (int64_t block = 0; block < columnBlocks(); block += 2) {
    const int64_t count = std::min<int64_t>(columnBlocks() - block, 2) * 2;
    Fragment loaded = loadMatrices(b, b.atByte(place, block * 8 * chunkBytes), count);
    for (int64_t first = 0; first < count; first += 2)
      fragments.filter.push_back({loaded[first], loaded[first + 1]});
  }
  return fragments;
}

SmallVector<Value> MmaTile::multiply(KernelBuilder &b, const Fragment &input,
                                     const Fragment &filter, ValueRange sums) const {
  const int64_t depth = 2 * ::tconv::channelsPerChunk(layer.schedule.math);
  const NVVM::MMATypes type = multiplicandType(layer.schedule.math);
  std::optional<NVVM::MMAIntOverflow> overflow;
  if (layer.schedule.math == ::tconv::GpuMath::I8)
    overflow = NVVM::MMAIntOverflow::wrapped;
  SmallVector<Type> types(4, layer.sum);
  Value product =
      NVVM::MmaOp::create(b, LLVM::LLVMStructType::getLiteral(b.getContext(), types), input, filter,
                          sums, {16, 8, depth}, std::nullopt, overflow, std::array{type, type},
                          std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> results;
  for (int64_t sum = 0; sum < 4; ++sum)
    results.push_back(LLVM::ExtractValueOp::create(b, product, sum));
  return results;
}

SmallVector<Value> MmaTile::multiply(KernelBuilder &b, Value input, Value filter,
                                     ValueRange sums) const {
  SmallVector<Value> results(sums);
  Fragments fragments = load(b, input, filter, 0);
  for (int64_t step = 0; step < steps(); ++step) {
    // The next fragments arrive while these are multiplied.
    Fragments next;
    if (step + 1 < steps())
      next = load(b, input, filter, step + 1);
    for (int64_t row = 0; row < rowBlocks(); ++row)
      for (int64_t column = 0; column < columnBlocks(); ++column) {
        const int64_t first = (row * columnBlocks() + column) * 4;
        SmallVector<Value> updated = multiply(b, fragments.input[row], fragments.filter[column],
                                              ArrayRef(results).slice(first, 4));
        llvm::copy(updated, results.begin() + first);
      }
    fragments = next;
  }
  return results;
}

void MmaTile::visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const {
  Value row = b.div(lane, 4), pair = b.mul(b.rem(lane, 4), 2);
  for (int64_t half = 0; half < 2; ++half)
    for (int64_t column = 0; column < columnBlocks(); ++column)
      visit(b.add(row, half * 8), b.add(b.add(firstColumn, pair), column * 8),
            sums.slice((slice * columnBlocks() + column) * 4 + half * 2, 2));
}
