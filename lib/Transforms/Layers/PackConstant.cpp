//===- PackConstant.cpp - Packing of a filter at compile time -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The packing says for each packed element where it comes from (FilterPacking::sources), or that it
// is padding; elements are converted on the way, exactly. For kernels that multiply x + 128 in
// place of signed bytes, corrections of -128 times the sums of the filter's columns follow each
// block; transformed filters follow the direct one.
//
//===----------------------------------------------------------------------===//

#include "PackConstant.h"

#include "TransformConstant.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The bytes of a constant, row by row, or of its only element if it is a splat.
ArrayRef<char> getBytes(Attribute constant, bool &isSplat) {
  isSplat = false;
  if (auto dense = dyn_cast<DenseElementsAttr>(constant)) {
    isSplat = dense.isSplat();
    return dense.getRawData();
  }
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      return blob->getData();
  return {};
}

/// Bytes of an element in another type: a wider float, or a sign-extended integer less a zero
/// point.
class ElementConversion {
public:
  ElementConversion(Type from, Type to, int64_t zeroPoint)
      : from(from), to(to), zeroPoint(zeroPoint), fromBytes(from.getIntOrFloatBitWidth() / 8),
        toBytes(to.getIntOrFloatBitWidth() / 8) {}

  size_t sourceBytes() const { return fromBytes; }
  size_t resultBytes() const { return toBytes; }

  void convert(const char *source, char *result) const {
    if (from == to) {
      std::memcpy(result, source, toBytes);
      return;
    }
    uint64_t bits = 0;
    std::memcpy(&bits, source, fromBytes);
    bits = isa<FloatType>(from) ? widen(bits) : llvm::SignExtend64(bits, 8 * fromBytes) - zeroPoint;
    std::memcpy(result, &bits, toBytes);
  }

private:
  uint64_t widen(uint64_t bits) const {
    llvm::APFloat number(cast<FloatType>(from).getFloatSemantics(),
                         llvm::APInt(8 * fromBytes, bits));
    bool losesInfo = false;
    number.convert(cast<FloatType>(to).getFloatSemantics(), llvm::APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number.bitcastToAPInt().getZExtValue();
  }

  Type from, to;
  int64_t zeroPoint;
  size_t fromBytes, toBytes;
};

/// Writes the corrections behind the steps of each lane block, for inputs that have `offset` as
/// their zero point.
void correct(const FilterPacking &packing, int64_t offset, std::vector<char> &packed) {
  const int64_t perStep = packing.channelsPerStep;
  char *block = packed.data();
  for (int64_t group = 0; group < packing.groups; ++group)
    for (int64_t first = 0; first < packing.paddedLanes(); first += packing.blockLanes) {
      const int64_t lanes = std::min(packing.blockLanes, packing.paddedLanes() - first);
      const int64_t tapElements = packing.stepsPerTap * lanes * perStep;
      char *correction = block + packing.steps() * lanes * perStep;
      for (size_t tap = 0; tap < packing.tapOrder.size(); ++tap)
        for (int64_t lane = 0; lane < lanes; ++lane, correction += perStep) {
          uint32_t sum = 0;
          const char *step = block + static_cast<int64_t>(tap) * tapElements + lane * perStep;
          for (int64_t number = 0; number < packing.stepsPerTap; ++number, step += lanes * perStep)
            sum += std::accumulate(reinterpret_cast<const int8_t *>(step),
                                   reinterpret_cast<const int8_t *>(step + perStep), 0);
          sum *= static_cast<uint32_t>(-offset);
          std::memcpy(correction, &sum, sizeof(sum));
        }
      block = correction;
    }
}

} // namespace

DenseElementsAttr mlir::tconv::packConstant(Attribute filter, const FilterPacking &packing,
                                            Type type, const ::tconv::ZeroPoints &zeroPoints) {
  bool isSplat = false;
  ArrayRef<char> bytes = getBytes(filter, isSplat);
  ElementConversion conversion(cast<ElementsAttr>(filter).getElementType(), type,
                               zeroPoints.filter);
  const size_t elements =
      packing.groups * packing.inputChannels * packing.outputChannels * packing.kernelElements;
  if (bytes.size() != (isSplat ? 1 : elements) * conversion.sourceBytes())
    return nullptr;
  // Constants become part of the code; larger ones are packed at run time.
  constexpr int64_t mostBytes = 1 << 30;
  if (packing.elements() > mostBytes / static_cast<int64_t>(conversion.resultBytes()))
    return nullptr;
  std::vector<char> packed(packing.elements() * conversion.resultBytes(), 0);
  char *next = packed.data();
  for (int64_t source : packing.sources()) {
    if (source >= 0)
      conversion.convert(bytes.data() + (isSplat ? 0 : source * conversion.sourceBytes()), next);
    next += conversion.resultBytes();
  }
  if (packing.hasCorrections)
    correct(packing, zeroPoints.unsignedInput(), packed);
  if (packing.transformedRows > 0)
    transformConstant(packing, type, packed);
  return DenseElementsAttr::getFromRawBuffer(RankedTensorType::get({packing.elements()}, type),
                                             packed);
}
