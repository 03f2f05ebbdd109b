//===- KernelFunction.cpp - Functions of a GPU module, and their launches -===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelFunction.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::tconv;

constexpr static llvm::StringLiteral sharedName = "tconv_shared";

/// PTX has no other characters in names.
static std::string toIdentifier(StringRef name) {
  std::string identifier(name);
  for (char &character : identifier)
    if (!llvm::isAlnum(character))
      character = '_';
  return identifier;
}

/// A parameter that holds a tensor map, and stays where it is.
static void markTensorMap(OpBuilder &builder, LLVM::LLVMFuncOp function, unsigned number) {
  constexpr int64_t words = 16, alignment = 64;
  Type type = LLVM::LLVMArrayType::get(builder.getI64Type(), words);
  function.setArgAttr(number, LLVM::LLVMDialect::getByValAttrName(), TypeAttr::get(type));
  function.setArgAttr(number, LLVM::LLVMDialect::getAlignAttrName(),
                      builder.getI64IntegerAttr(alignment));
  function.setArgAttr(number, NVVM::NVVMDialect::getGridConstantAttrName(), builder.getUnitAttr());
}

gpu::GPUModuleOp KernelModule::get() {
  if (kernels)
    return kernels;
  OpBuilder builder(module.getContext());
  kernels = gpu::GPUModuleOp::create(builder, module.getLoc(), "tconv_kernels");
  SymbolTable(module).insert(kernels);
  module->setAttr(gpu::GPUDialect::getContainerModuleAttrName(), builder.getUnitAttr());
  return kernels;
}

LLVM::LLVMFuncOp KernelModule::createKernel(Operation *launchSite, StringRef purpose,
                                            size_t numPointers, int64_t threads, size_t numMaps) {
  OpBuilder builder(module.getContext());
  auto host = launchSite->getParentOfType<func::FuncOp>();
  std::string name = toIdentifier((host.getSymName() + "_" + purpose).str());
  Type pointer = LLVM::LLVMPointerType::get(module.getContext(), globalMemory);
  SmallVector<Type> types(numMaps, LLVM::LLVMPointerType::get(module.getContext()));
  types.append(numPointers, pointer);
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(module.getContext()), types);
  auto function = LLVM::LLVMFuncOp::create(builder, launchSite->getLoc(), name, type);
  SymbolTable(get()).insert(function);
  for (unsigned number = 0; number < numMaps; ++number)
    markTensorMap(builder, function, number);
  for (unsigned number = numMaps; number < types.size(); ++number) {
    function.setArgAttr(number, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
    if (number + 1 < types.size())
      function.setArgAttr(number, LLVM::LLVMDialect::getReadonlyAttrName(), builder.getUnitAttr());
  }
  function->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  function->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  function->setAttr(NVVM::NVVMDialect::getMaxntidAttrName(),
                    builder.getDenseI32ArrayAttr({static_cast<int32_t>(threads)}));
  // As many registers as there are, of which a thread has a multiple of 8: without a limit ptxas
  // has been seen to spill, to fit one block more.
  const int64_t registers = std::min<int64_t>((1 << 16) / threads / 8 * 8, 255);
  function->setAttr(NVVM::NVVMDialect::getMaxnregAttrName(), builder.getI32IntegerAttr(registers));
  Block *body = function.addEntryBlock(builder);
  builder.setInsertionPointToStart(body);
  LLVM::ReturnOp::create(builder, launchSite->getLoc(), ValueRange{});
  return function;
}

Value KernelModule::getShared(KernelBuilder &b) {
  auto global = get().lookupSymbol<LLVM::GlobalOp>(sharedName);
  if (!global) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(get().getBody());
    // Aligned as the copies of later architectures need it.
    global = LLVM::GlobalOp::create(b, LLVM::LLVMArrayType::get(b.getI8Type(), 0),
                                    /*isConstant=*/false, LLVM::Linkage::External, sharedName,
                                    Attribute(), /*alignment=*/1024, sharedMemory);
  }
  return LLVM::AddressOfOp::create(b, global);
}

void mlir::tconv::createLaunch(KernelBuilder &b, LLVM::LLVMFuncOp kernel, const LaunchSizes &sizes,
                               ValueRange buffers, ValueRange maps) {
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  SmallVector<Value> arguments(maps);
  for (Value buffer : buffers) {
    Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, buffer);
    arguments.push_back(arith::IndexCastOp::create(b, b.getI64Type(), address));
  }
  auto module = kernel->getParentOfType<gpu::GPUModuleOp>();
  auto symbol = SymbolRefAttr::get(module.getSymNameAttr(),
                                   {FlatSymbolRefAttr::get(kernel.getSymNameAttr())});
  gpu::KernelDim3 grid{index(sizes.blocks), index(sizes.blocksY), index(1)};
  gpu::KernelDim3 block{index(sizes.threads), index(1), index(1)};
  gpu::LaunchFuncOp::create(b, symbol, grid, block, b.i32(sizes.sharedBytes), arguments);
}
