//===- InputMaps.cpp - Tensor maps of x, made by the host -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %map = llvm.call @mgpuTensorMapEncodeIm2colMemref(%rank, %x, %type, %interleave, %swizzle,
//       %promotion, %fill, %lower, %upper, %channels, %pixels)
//
// which lib/CodeGen/Program/TranslateTensorMaps.cpp makes a recipe of.
//
//===----------------------------------------------------------------------===//

#include "InputMaps.h"

#include "tconv/Device/TensorMap.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::tconv;

using ::tconv::Im2colMaps;

namespace {

constexpr llvm::StringLiteral encodeFunction = "mgpuTensorMapEncodeIm2colMemref";

Value i64(KernelBuilder &b, int64_t value) {
  return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
}

Type pointerType(KernelBuilder &b) { return LLVM::LLVMPointerType::get(b.getContext()); }

void declareFunction(KernelBuilder &b, ModuleOp module) {
  if (module.lookupSymbol(encodeFunction))
    return;
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(module.getBody());
  Type number = b.getI64Type(), pointer = pointerType(b);
  auto type = LLVM::LLVMFunctionType::get(pointer, {number, pointer, number, number, number, number,
                                                    number, pointer, pointer, number, number});
  LLVM::LLVMFuncOp::create(b, encodeFunction, type);
}

/// x with its dimensions in the order of the maps, the innermost one last.
Value orderDims(KernelBuilder &b, const GpuKernelLayer &layer, const Im2colMaps &maps) {
  SmallVector<int64_t> sizes, strides;
  for (int64_t dim : llvm::reverse(maps.dims)) {
    const bool images = dim == Im2colMaps::images;
    sizes.push_back(images ? layer.problem.geometry.batch : layer.problem.geometry.dims[dim].input);
    strides.push_back(images ? layer.x.batch : layer.x.dims[dim]);
  }
  sizes.push_back(layer.problem.geometry.inputChannels);
  strides.push_back(layer.x.channel);
  auto layout = StridedLayoutAttr::get(b.getContext(), 0, strides);
  auto type = MemRefType::get(sizes, layer.element, layout);
  return memref::ReinterpretCastOp::create(b, type, KernelOp(layer.op).getInput(), 0, sizes,
                                           strides);
}

/// A pointer to a descriptor of any rank, as upstream passes it.
Value describe(KernelBuilder &b, Value tensor) {
  auto type = cast<MemRefType>(tensor.getType());
  Value unranked =
      memref::CastOp::create(b, UnrankedMemRefType::get(type.getElementType(), {}), tensor);
  Type pair = LLVM::LLVMStructType::getLiteral(b.getContext(), {b.getI64Type(), pointerType(b)});
  Value descriptor = UnrealizedConversionCastOp::create(b, pair, unranked).getResult(0);
  return LLVM::ExtractValueOp::create(b, descriptor, 1);
}

/// Numbers in memory, those of the innermost dimension last.
Value storeNumbers(KernelBuilder &b, const std::vector<int64_t> &numbers) {
  const auto count = static_cast<int64_t>(numbers.size());
  Value memory =
      LLVM::AllocaOp::create(b, pointerType(b), b.getI64Type(), i64(b, count), /*alignment=*/8);
  for (int64_t index = 0; index < count; ++index)
    b.store(i64(b, numbers[count - 1 - index]), b.at(memory, b.getI64Type(), b.i32(index)), 8);
  return memory;
}

::tconv::TensorMapType elementType(Type element) {
  if (element.isF16())
    return ::tconv::TensorMapType::F16;
  if (element.isBF16())
    return ::tconv::TensorMapType::BF16;
  return element.isF32() ? ::tconv::TensorMapType::F32 : ::tconv::TensorMapType::U8;
}

::tconv::TensorMapSwizzle swizzleOf(int64_t rowBytes) {
  if (rowBytes == 32)
    return ::tconv::TensorMapSwizzle::Bytes32;
  return rowBytes == 64 ? ::tconv::TensorMapSwizzle::Bytes64 : ::tconv::TensorMapSwizzle::Bytes128;
}

Value createMap(KernelBuilder &b, const GpuKernelLayer &layer, Value descriptor,
                const Im2colMaps::Corners &corners) {
  auto number = [&](auto value) { return i64(b, static_cast<int64_t>(value)); };
  const int64_t rowBytes = layer.schedule.blockK * layer.elementBytes();
  const auto rank = static_cast<int64_t>(layer.rank() + 2);
  SmallVector<Value> arguments{number(rank),
                               descriptor,
                               number(elementType(layer.element)),
                               number(0),
                               number(swizzleOf(rowBytes)),
                               number(::tconv::TensorMapPromotion::Bytes128),
                               number(::tconv::TensorMapFill::Zero),
                               storeNumbers(b, corners.lower),
                               storeNumbers(b, corners.upper),
                               number(layer.schedule.blockK),
                               number(layer.schedule.blockM)};
  return LLVM::CallOp::create(b, TypeRange{pointerType(b)}, encodeFunction, arguments).getResult();
}

} // namespace

SmallVector<Value> mlir::tconv::createInputMaps(KernelBuilder &b, const GpuKernelLayer &layer,
                                                const Im2colMaps &maps) {
  SmallVector<Value> results;
  if (maps.maps.empty())
    return results;
  declareFunction(b, KernelOp(layer.op)->getParentOfType<ModuleOp>());
  Value descriptor = describe(b, orderDims(b, layer, maps));
  for (const Im2colMaps::Corners &corners : maps.maps)
    results.push_back(createMap(b, layer, descriptor, corners));
  return results;
}
