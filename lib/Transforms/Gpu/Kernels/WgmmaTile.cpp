//===- WgmmaTile.cpp - A warpgroup's tile by wgmma ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An instruction takes rows in groups of eight, at a distance of its own choice: with several
// products of 64 rows, their groups alternate, so that each warp has all rows of a slice and the
// slices of a warp follow each other, as in the other tiles. Group g of product p of n is that of
// rows 8 (n g + p) and on; a warp has the groups 2 w and 2 w + 1 of each.
//
//===----------------------------------------------------------------------===//

#include "WgmmaTile.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr int64_t chunkBytes = 16, stepBytes = 32;

/// What the addresses of a matrix descriptor count.
constexpr int64_t descriptorUnit = 16;

NVVM::WGMMATypes multiplicandType(::tconv::GpuMath math) {
  switch (math) {
  case ::tconv::GpuMath::F16:
    return NVVM::WGMMATypes::f16;
  case ::tconv::GpuMath::Bf16:
    return NVVM::WGMMATypes::bf16;
  case ::tconv::GpuMath::Tf32:
    return NVVM::WGMMATypes::tf32;
  case ::tconv::GpuMath::I8:
    return NVVM::WGMMATypes::s8;
  case ::tconv::GpuMath::Fma:
    break;
  }
  llvm_unreachable("not a tensor core instruction");
}

/// The bits of a descriptor for rows that are swizzled in so many bytes.
int64_t swizzleBits(int64_t bytes) {
  const int64_t kind = bytes == 128 ? 1 : bytes == 64 ? 2 : bytes == 32 ? 3 : 0;
  return static_cast<int64_t>(static_cast<uint64_t>(kind) << 62);
}

/// A matrix descriptor of an address in shared memory, and distances in bytes: from one chunk of a
/// row to the next, where rows are not swizzled, and from eight rows to the next.
Value describe(KernelBuilder &b, Value address, int64_t leading, int64_t stride, int64_t swizzle) {
  auto i64 = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI64IntegerAttr(value));
  };
  constexpr int64_t addressBits = 0x3ffff;
  Value bits = LLVM::PtrToIntOp::create(b, b.getI64Type(), address);
  bits = arith::AndIOp::create(b, bits, i64(addressBits));
  bits = arith::ShRUIOp::create(b, bits, i64(4));
  const int64_t distances = leading / descriptorUnit << 16 | stride / descriptorUnit << 32;
  return arith::OrIOp::create(b, bits, i64(distances | swizzleBits(swizzle)));
}

Value advance(KernelBuilder &b, Value descriptor, int64_t bytes) {
  if (bytes == 0)
    return descriptor;
  Value units = arith::ConstantOp::create(b, b.getI64IntegerAttr(bytes / descriptorUnit));
  return arith::AddIOp::create(b, descriptor, units);
}

} // namespace

WgmmaTile::WgmmaTile(KernelBuilder &b, const GpuKernelLayer &layer) : MultiplyTile(b, layer) {
  Value warpgroup = b.div(b.threadIndex(), 128);
  inputPlace = b.mul(warpgroup, 4 * layer.schedule.warpM() * rowBytes());
}

SmallVector<Value> WgmmaTile::zeroSums(KernelBuilder &b) const {
  SmallVector<Type> types(layer.schedule.blockN / 2, layer.sum);
  Type type = LLVM::LLVMStructType::getLiteral(b.getContext(), types);
  return SmallVector<Value>(rowBlocks(), LLVM::ZeroOp::create(b, type));
}

Value WgmmaTile::multiply(KernelBuilder &b, Value input, Value filter, Value sums) const {
  const NVVM::WGMMATypes type = multiplicandType(layer.schedule.math);
  const bool integers = layer.schedule.math == ::tconv::GpuMath::I8;
  NVVM::MMAIntOverflowAttr overflow;
  if (integers)
    overflow = NVVM::MMAIntOverflowAttr::get(b.getContext(), NVVM::MMAIntOverflow::wrapped);
  auto shape = NVVM::MMAShapeAttr::get(b.getContext(), 64, static_cast<int>(layer.schedule.blockN),
                                       static_cast<int>(2 * layer.chunkElements()));
  return NVVM::WgmmaMmaAsyncOp::create(b, sums.getType(), sums, input, filter, shape, type, type,
                                       integers ? NVVM::WGMMATypes::s32 : NVVM::WGMMATypes::f32,
                                       NVVM::WGMMAScaleOut::one, NVVM::WGMMAScaleIn::one,
                                       NVVM::WGMMAScaleIn::one, NVVM::MMALayout::row,
                                       NVVM::MMALayout::col, overflow);
}

SmallVector<Value> WgmmaTile::multiply(KernelBuilder &b, Value input, Value filter,
                                       ValueRange sums) const {
  const int64_t columnBytes = layer.schedule.blockN * chunkBytes;
  Value rows =
      describe(b, b.atByte(input, inputPlace), chunkBytes, rowBlocks() * groupBytes(), rowBytes());
  Value columns = describe(b, filter, columnBytes, 8 * chunkBytes, 0);
  SmallVector<Value> results(sums);
  NVVM::WgmmaFenceAlignedOp::create(b);
  for (int64_t step = 0; step < rowBytes() / stepBytes; ++step)
    for (int64_t block = 0; block < rowBlocks(); ++block)
      results[block] = multiply(b, advance(b, rows, block * groupBytes() + step * stepBytes),
                                advance(b, columns, 2 * step * columnBytes), results[block]);
  NVVM::WgmmaGroupSyncAlignedOp::create(b);
  return results;
}

void WgmmaTile::visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const {
  Value row = b.div(lane, 4), pair = b.mul(b.rem(lane, 4), 2);
  for (int64_t half = 0; half < 2; ++half) {
    const int64_t group = 2 * slice + half, block = group % rowBlocks();
    for (int64_t column = 0; column < layer.schedule.blockN / 8; ++column) {
      SmallVector<Value> run;
      for (int64_t element = 0; element < 2; ++element)
        run.push_back(LLVM::ExtractValueOp::create(b, sums[block],
                                                   column * 4 + group / rowBlocks() * 2 + element));
      visit(b.add(row, half * 8), b.add(pair, column * 8), run);
    }
  }
}
