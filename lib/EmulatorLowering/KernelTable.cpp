//===- KernelTable.cpp - What a lowered module says of its kernels --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   llvm.func @f(%n: i32, %x: !llvm.ptr) attributes {nvvm.kernel}
//
// gets
//
//   llvm.func @tconvEmuKernel_f(%words: !llvm.ptr) attributes {tconv.emulator.kernel = {...}} {
//     %n = llvm.load %words : !llvm.ptr -> i32
//     %word = llvm.getelementptr %words[1] : (!llvm.ptr) -> !llvm.ptr, i64
//     %x = llvm.load %word : !llvm.ptr -> !llvm.ptr
//     llvm.call @f(%n, %x)
//
//===----------------------------------------------------------------------===//

#include "KernelTable.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;

static constexpr StringLiteral kernelAttributeName = "tconv.emulator.kernel";

std::string mlir::tconv::getEmulatedEntryName(StringRef kernel) {
  return ("tconvEmuKernel_" + kernel).str();
}

namespace {

Attribute describeShared(Builder &builder, const KernelShared &shared) {
  SmallVector<Attribute> variables;
  for (const ::tconv::EmulatedShared &variable : shared.variables)
    variables.push_back(builder.getDictionaryAttr(
        {builder.getNamedAttr("name", builder.getStringAttr(variable.name)),
         builder.getNamedAttr("offset", builder.getI64IntegerAttr(variable.offset)),
         builder.getNamedAttr("bytes", builder.getI64IntegerAttr(variable.bytes))}));
  return builder.getArrayAttr(variables);
}

/// Threads of a block in each dimension, from nvvm.maxntid or nvvm.reqntid; 0 if not given.
SmallVector<int32_t> getThreads(LLVM::LLVMFuncOp kernel, StringRef attribute) {
  SmallVector<int32_t> threads;
  if (auto given = kernel->getAttrOfType<DenseI32ArrayAttr>(attribute)) {
    threads.assign(given.asArrayRef().begin(), given.asArrayRef().end());
    threads.resize(3, 1);
  }
  threads.resize(3, 0);
  return threads;
}

bool isDefined(LLVM::GlobalOp variable) {
  return variable.getLinkage() != LLVM::Linkage::External || variable.getValueOrNull() ||
         variable.getInitializerBlock();
}

int64_t getInteger(DictionaryAttr attribute, StringRef name) {
  return attribute.getAs<IntegerAttr>(name).getInt();
}

::tconv::EmulatedKernel readKernel(DictionaryAttr attribute) {
  ::tconv::EmulatedKernel kernel;
  kernel.name = attribute.getAs<StringAttr>("name").str();
  for (int32_t bytes : attribute.getAs<DenseI32ArrayAttr>("parameters").asArrayRef())
    kernel.parameterBytes.push_back(bytes);
  for (auto shared : attribute.getAs<ArrayAttr>("shared").getAsRange<DictionaryAttr>())
    kernel.shared.push_back({shared.getAs<StringAttr>("name").str(),
                             static_cast<uint32_t>(getInteger(shared, "offset")),
                             static_cast<uint32_t>(getInteger(shared, "bytes"))});
  kernel.dynamicSharedOffset = getInteger(attribute, "dynamic_offset");
  if (int64_t threads = getInteger(attribute, "max_threads"))
    kernel.maxThreads = static_cast<uint32_t>(std::min<int64_t>(threads, kernel.maxThreads));
  auto required = attribute.getAs<DenseI32ArrayAttr>("required_threads").asArrayRef();
  llvm::copy(required, kernel.requiredThreads.begin());
  return kernel;
}

/// The texts of the site are those of the attribute, which lives as long as the context.
::tconv::Site readSite(DictionaryAttr attribute) {
  ::tconv::Site site;
  site.operation = attribute.getAs<StringAttr>("operation").data();
  site.location = attribute.getAs<StringAttr>("location").data();
  site.kind = static_cast<::tconv::SiteKind>(getInteger(attribute, "kind"));
  site.space = static_cast<::tconv::SiteSpace>(getInteger(attribute, "space"));
  site.bytes = getInteger(attribute, "bytes");
  site.alignment = getInteger(attribute, "alignment");
  return site;
}

} // namespace

DictionaryAttr mlir::tconv::describeKernel(LLVM::LLVMFuncOp kernel, const KernelShared &shared) {
  Builder builder(kernel.getContext());
  DataLayout layout = DataLayout::closest(kernel);
  SmallVector<int32_t> sizes;
  SmallVector<bool> byValue;
  for (auto [number, type] : llvm::enumerate(kernel.getArgumentTypes())) {
    auto value = kernel.getArgAttrOfType<TypeAttr>(number, LLVM::LLVMDialect::getByValAttrName());
    byValue.push_back(value != nullptr);
    llvm::TypeSize bytes = layout.getTypeSize(value ? value.getValue() : type);
    sizes.push_back(static_cast<int32_t>(bytes.getFixedValue()));
  }
  SmallVector<int32_t> most = getThreads(kernel, NVVM::NVVMDialect::getMaxntidAttrName());
  int64_t maxThreads = int64_t(most[0]) * most[1] * most[2];
  return builder.getDictionaryAttr(
      {builder.getNamedAttr("name", builder.getStringAttr(kernel.getName())),
       builder.getNamedAttr("parameters", builder.getDenseI32ArrayAttr(sizes)),
       builder.getNamedAttr("by_value", builder.getDenseBoolArrayAttr(byValue)),
       builder.getNamedAttr("shared", describeShared(builder, shared)),
       builder.getNamedAttr("dynamic_offset", builder.getI64IntegerAttr(shared.dynamicOffset)),
       builder.getNamedAttr("max_threads", builder.getI64IntegerAttr(maxThreads)),
       builder.getNamedAttr("required_threads",
                            builder.getDenseI32ArrayAttr(
                                getThreads(kernel, NVVM::NVVMDialect::getReqntidAttrName())))});
}

void mlir::tconv::createEntry(LLVM::LLVMFuncOp kernel, DictionaryAttr description) {
  OpBuilder builder(kernel.getContext());
  builder.setInsertionPointAfter(kernel);
  Location loc = kernel.getLoc();
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()), pointer);
  auto entry = LLVM::LLVMFuncOp::create(builder, loc, getEmulatedEntryName(kernel.getName()), type);
  entry->setAttr(kernelAttributeName, description);
  builder.setInsertionPointToStart(entry.addEntryBlock(builder));
  Value words = entry.getArgument(0);
  SmallVector<Value> arguments;
  auto sizes = description.getAs<DenseI32ArrayAttr>("parameters").asArrayRef();
  auto byValue = description.getAs<DenseBoolArrayAttr>("by_value").asArrayRef();
  uint32_t first = 0;
  for (auto [type, bytes, isHere] : llvm::zip(kernel.getArgumentTypes(), sizes, byValue)) {
    Value word = LLVM::GEPOp::create(builder, loc, pointer, builder.getI64Type(), words,
                                     ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(first)});
    arguments.push_back(isHere ? word : LLVM::LoadOp::create(builder, loc, type, word).getResult());
    first += ::tconv::wordsOf(bytes);
  }
  LLVM::CallOp::create(builder, loc, kernel, arguments);
  LLVM::ReturnOp::create(builder, loc, ValueRange());
}

::tconv::EmulatedCode mlir::tconv::readEmulatedCode(ModuleOp module) {
  ::tconv::EmulatedCode code;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (auto kernel = function->getAttrOfType<DictionaryAttr>(kernelAttributeName))
      code.kernels.push_back(readKernel(kernel));
  DataLayout layout(module);
  for (auto variable : module.getOps<LLVM::GlobalOp>())
    if (isDefined(variable))
      code.variables.push_back(
          {variable.getName().str(), nullptr, layout.getTypeSize(variable.getType())});
  if (auto sites = module->getAttrOfType<ArrayAttr>(sitesAttributeName))
    for (auto site : sites.getAsRange<DictionaryAttr>())
      code.sites.push_back(readSite(site));
  return code;
}
