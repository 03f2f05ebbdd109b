//===- EmulatorBuilder.cpp - Building calls of the emulator ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SiteKind;
using ::tconv::SiteSpace;

EmulatorBuilder::EmulatorBuilder(ModuleOp module)
    : OpBuilder(module.getContext()), pointer(LLVM::LLVMPointerType::get(module.getContext())),
      module(module) {}

Value EmulatorBuilder::constant32(Location loc, int64_t value) {
  return LLVM::ConstantOp::create(*this, loc, getI32Type(), getI32IntegerAttr(value));
}

Value EmulatorBuilder::constant64(Location loc, int64_t value) {
  return LLVM::ConstantOp::create(*this, loc, getI64Type(), getI64IntegerAttr(value));
}

Value EmulatorBuilder::address(Location loc, Value pointer) {
  return LLVM::PtrToIntOp::create(*this, loc, getI64Type(), pointer);
}

Value EmulatorBuilder::call(Location loc, StringRef name, Type result, ValueRange arguments) {
  auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (!function) {
    InsertionGuard guard(*this);
    setInsertionPointToStart(module.getBody());
    Type returned = result ? result : LLVM::LLVMVoidType::get(getContext());
    auto type = LLVM::LLVMFunctionType::get(returned, llvm::to_vector(arguments.getTypes()));
    function = LLVM::LLVMFuncOp::create(*this, module.getLoc(), name, type);
  }
  auto call = LLVM::CallOp::create(*this, loc, function, arguments);
  return result ? call.getResult() : Value();
}

Value EmulatorBuilder::variable(Location loc, StringRef name) {
  if (!module.lookupSymbol(name)) {
    InsertionGuard guard(*this);
    setInsertionPointToStart(module.getBody());
    LLVM::GlobalOp::create(*this, module.getLoc(), LLVM::LLVMArrayType::get(getI8Type(), 0),
                           /*isConstant=*/false, LLVM::Linkage::External, name, Attribute());
  }
  return LLVM::AddressOfOp::create(*this, loc, pointer, name);
}

/// What memory a pointer is to, by its address space in NVVM.
static SiteSpace getSpace(Type type) {
  auto pointer = dyn_cast_or_null<LLVM::LLVMPointerType>(type);
  switch (pointer ? pointer.getAddressSpace() : 0) {
  case 1:
    return SiteSpace::Global;
  case 3:
  case 7:
    return SiteSpace::Shared;
  case 4:
    return SiteSpace::Constant;
  case 5:
    return SiteSpace::Local;
  default:
    return SiteSpace::Generic;
  }
}

std::string mlir::tconv::describeLocation(Location loc) {
  std::string text = "unknown location";
  loc->walk([&](Location part) {
    auto file = dyn_cast<FileLineColLoc>(part);
    if (!file)
      return WalkResult::advance();
    text = (file.getFilename().getValue() + ":" + Twine(file.getLine()) + ":" +
            Twine(file.getColumn()))
               .str();
    return WalkResult::interrupt();
  });
  return text;
}

Value EmulatorBuilder::site(Operation *op, SiteKind kind, Type pointerType, uint64_t bytes,
                            uint64_t alignment) {
  Location loc = op->getLoc();
  auto index = static_cast<int32_t>(sites.size());
  sites.push_back(getDictionaryAttr(
      {getNamedAttr("operation", getStringAttr(op->getName().getStringRef())),
       getNamedAttr("location", getStringAttr(describeLocation(loc))),
       getNamedAttr("kind", getI32IntegerAttr(static_cast<int32_t>(kind))),
       getNamedAttr("space", getI32IntegerAttr(static_cast<int32_t>(getSpace(pointerType)))),
       getNamedAttr("bytes", getI64IntegerAttr(bytes)),
       getNamedAttr("alignment", getI64IntegerAttr(alignment))}));
  Value base = variable(loc, emulatorSitesName);
  auto type = LLVM::LLVMArrayType::get(getI8Type(), ::tconv::siteBytes);
  return LLVM::GEPOp::create(*this, loc, pointer, type, base, ArrayRef<LLVM::GEPArg>{index});
}

Value EmulatorBuilder::slot(Operation *op, unsigned role, uint64_t bytes) {
  auto function = op->getParentOfType<LLVM::LLVMFuncOp>();
  LLVM::AllocaOp &slot = slots[{function, role}];
  if (!slot) {
    InsertionGuard guard(*this);
    setInsertionPointToStart(&function.getBody().front());
    // As large as most operations need: fragments of an mma.
    constexpr uint64_t slotBytes = 64;
    auto type = LLVM::LLVMArrayType::get(getI8Type(), std::max(bytes, slotBytes));
    slot = LLVM::AllocaOp::create(*this, op->getLoc(), pointer, type, constant32(op->getLoc(), 1),
                                  /*alignment=*/16);
  }
  return slot;
}

Value EmulatorBuilder::spill(Operation *op, unsigned role, ValueRange values) {
  DataLayout layout(module);
  uint64_t offset = 0;
  Value memory = slot(op, role, 0);
  for (Value value : values) {
    Value place = LLVM::GEPOp::create(*this, op->getLoc(), pointer, getI8Type(), memory,
                                      ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(offset)});
    LLVM::StoreOp::create(*this, op->getLoc(), value, place);
    offset += layout.getTypeSize(value.getType());
  }
  return memory;
}

uint64_t mlir::tconv::getNaturalAlignment(Type type) {
  if (auto array = dyn_cast<LLVM::LLVMArrayType>(type))
    return getNaturalAlignment(array.getElementType());
  if (auto structure = dyn_cast<LLVM::LLVMStructType>(type)) {
    uint64_t alignment = 1;
    if (!structure.isPacked())
      for (Type member : structure.getBody())
        alignment = std::max(alignment, getNaturalAlignment(member));
    return alignment;
  }
  auto vector = dyn_cast<VectorType>(type);
  Type element = vector ? vector.getElementType() : type;
  uint64_t bits = element.isIntOrFloat() ? element.getIntOrFloatBitWidth() : 64; // or a pointer
  if (vector)
    bits *= vector.getNumElements();
  return llvm::PowerOf2Ceil(llvm::divideCeil(bits, 8));
}

Rewritten mlir::tconv::failUnknown(Operation *op, const Twine &detail) {
  op->emitError("the emulator has no operation '") << op->getName() << "'" << detail.str();
  return Rewritten::Failed;
}

Rewritten mlir::tconv::replace(Operation *op, Value value) {
  if (value)
    op->getResult(0).replaceAllUsesWith(value);
  op->erase();
  return Rewritten::Yes;
}
