//===- LowerToEmulator.cpp - Kernels as calls of the emulator -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   gpu.module @kernels {
//     llvm.func @f() attributes {nvvm.kernel} {
//       nvvm.barrier0
//
// becomes
//
//   module @kernels attributes {tconv.emulator.sites = [{operation = "nvvm.barrier0", ...}]} {
//     llvm.func internal @f() {
//       llvm.call @tconvEmuBarrier(%zero, %zero, %zero, %zero, %site)
//
// Test: test/EmulatorLowering/lower-to-emulator.mlir
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"
#include "KernelTable.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/AttrTypeSubElements.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERTOEMULATORPASS
#include "tconv/EmulatorLowering/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Moves what a gpu.module holds to a module in its place.
ModuleOp replaceGpuModule(gpu::GPUModuleOp kernels) {
  OpBuilder builder(kernels);
  auto module = ModuleOp::create(builder, kernels.getLoc(), kernels.getName());
  if (Attribute layout = kernels->getAttr(DLTIDialect::kDataLayoutAttrName))
    module->setAttr(DLTIDialect::kDataLayoutAttrName, layout);
  module.getBody()->getOperations().splice(module.getBody()->end(),
                                           kernels.getBody()->getOperations());
  kernels.erase();
  return module;
}

/// Variables in shared memory become places in it.
void lowerSharedVariables(EmulatorBuilder &builder, const SharedLayout &layout) {
  SymbolTable symbols(builder.getModule());
  builder.getModule().walk([&](LLVM::AddressOfOp address) {
    auto variable = symbols.lookup<LLVM::GlobalOp>(address.getGlobalName());
    if (!variable || !SharedLayout::isShared(variable))
      return;
    builder.setInsertionPoint(address);
    Value base = builder.variable(address.getLoc(), emulatorSharedName);
    auto offset = static_cast<int32_t>(layout.getOffset(variable));
    Value place = LLVM::GEPOp::create(builder, address.getLoc(), builder.pointer,
                                      builder.getI8Type(), base, ArrayRef<LLVM::GEPArg>{offset});
    // The types of the uses change with those of all pointers.
    address.getResult().replaceAllUsesWith(place);
    address.erase();
  });
  for (auto variable : llvm::make_early_inc_range(builder.getModule().getOps<LLVM::GlobalOp>()))
    if (SharedLayout::isShared(variable))
      variable.erase();
}

LogicalResult rewriteOp(EmulatorBuilder &builder, Operation *op) {
  builder.setInsertionPoint(op);
  if (auto store = dyn_cast<LLVM::StoreOp>(op))
    resolveStoredAccumulators(builder, store);
  for (auto lower : {lowerMemoryAccess, lowerSpecialRegister, lowerBarrier, lowerMbarrier,
                     lowerAsyncCopy, lowerBulkCopy, lowerMatrixOp, lowerWmma, lowerWgmma,
                     lowerWarpOp, lowerArithmetic, lowerCall}) {
    Rewritten rewritten = lower(builder, op);
    if (rewritten != Rewritten::No)
      return success(rewritten == Rewritten::Yes);
  }
  if (isa<LLVM::LLVMDialect>(op->getDialect()) &&
      !isa<LLVM::InlineAsmOp, LLVM::CallIntrinsicOp, LLVM::InvokeOp>(op))
    return success();
  failUnknown(op);
  return failure();
}

LogicalResult rewriteOps(EmulatorBuilder &builder) {
  SmallVector<Operation *> ops;
  for (auto function : builder.getModule().getOps<LLVM::LLVMFuncOp>())
    function.getBody().walk([&](Operation *op) {
      ops.push_back(op);
      if (auto multiply = dyn_cast<NVVM::WgmmaMmaAsyncOp>(op))
        builder.accumulators.insert(multiply.getResults().getType());
    });
  LogicalResult result = success();
  for (Operation *op : ops)
    if (failed(rewriteOp(builder, op)))
      result = failure();
  return result;
}

/// What counts as one multiply-add or multiplication for each element of its result.
enum class Product { None, MultiplyAdd, Multiplication };

Product getProduct(Operation *op) {
  if (isa<LLVM::FMAOp, LLVM::FMulAddOp>(op))
    return Product::MultiplyAdd;
  return isa<LLVM::FMulOp>(op) ? Product::Multiplication : Product::None;
}

/// Adds the products of a block of a function to the counters each time that it is left.
void countProducts(EmulatorBuilder &builder, Block &block) {
  int64_t counts[2] = {};
  for (Operation &op : block) {
    Product product = getProduct(&op);
    if (product == Product::None)
      continue;
    auto vector = dyn_cast<VectorType>(op.getResult(0).getType());
    counts[product == Product::Multiplication] += vector ? vector.getNumElements() : 1;
  }
  Location loc = block.getTerminator()->getLoc();
  builder.setInsertionPoint(block.getTerminator());
  for (int32_t index = 0; index < 2; ++index) {
    if (counts[index] == 0)
      continue;
    Value base = builder.variable(loc, emulatorCountersName);
    Value place = LLVM::GEPOp::create(builder, loc, builder.pointer, builder.getI64Type(), base,
                                      ArrayRef<LLVM::GEPArg>{index});
    Value count = LLVM::LoadOp::create(builder, loc, builder.getI64Type(), place);
    count = LLVM::AddOp::create(builder, loc, count, builder.constant64(loc, counts[index]));
    LLVM::StoreOp::create(builder, loc, count, place);
  }
}

/// One address space, and no attributes that mean something on GPUs only or promise what checks
/// are there to find out.
void dropTarget(ModuleOp module) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](LLVM::LLVMPointerType type) -> Type {
    return LLVM::LLVMPointerType::get(type.getContext());
  });
  for (auto variable : module.getOps<LLVM::GlobalOp>())
    variable.setAddrSpace(0);
  replacer.recursivelyReplaceElementsIn(module, /*replaceAttrs=*/true, /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    for (NamedAttribute attribute : llvm::to_vector(function->getDiscardableAttrs()))
      function->removeDiscardableAttr(attribute.getName());
    function.removeArgAttrsAttr();
    function.setCConv(LLVM::CConv::C);
    function.removeTargetCpuAttr();
    function.removeTargetFeaturesAttr();
    if (!function.isExternal())
      function.setLinkage(LLVM::Linkage::Internal);
  }
  module.walk([](Operation *op) { op->removeAttr("loop_annotation"); });
}

/// Declarations of what the rewritten code no longer calls.
void eraseUnused(ModuleOp module) {
  for (auto function : llvm::make_early_inc_range(module.getOps<LLVM::LLVMFuncOp>()))
    if (function.isExternal() && SymbolTable::symbolKnownUseEmpty(function, module))
      function.erase();
}

LogicalResult lowerKernels(gpu::GPUModuleOp kernels) {
  ModuleOp module = replaceGpuModule(kernels);
  EmulatorBuilder builder(module);
  SharedLayout shared(module);
  SmallVector<std::pair<LLVM::LLVMFuncOp, KernelShared>> entries;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (isKernel(function))
      entries.push_back({function, shared.getKernel(function)});
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (failed(placeLocalVariables(function)))
      return failure();
  if (failed(rewriteOps(builder)))
    return failure();
  lowerSharedVariables(builder, shared);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    for (Block &block : function.getBody())
      countProducts(builder, block);
  SmallVector<DictionaryAttr> descriptions;
  eraseUnused(module);
  for (auto &[kernel, kernelShared] : entries)
    descriptions.push_back(describeKernel(kernel, kernelShared));
  dropTarget(module);
  for (auto [entry, description] : llvm::zip_equal(entries, descriptions))
    createEntry(entry.first, description);
  module->setAttr(sitesAttributeName, builder.getSites());
  return success();
}

struct LowerToEmulatorPass : mlir::tconv::impl::LowerToEmulatorPassBase<LowerToEmulatorPass> {
  void runOnOperation() override {
    for (auto kernels : llvm::make_early_inc_range(getOperation().getOps<gpu::GPUModuleOp>()))
      if (failed(lowerKernels(kernels)))
        return signalPassFailure();
  }
};

} // namespace
