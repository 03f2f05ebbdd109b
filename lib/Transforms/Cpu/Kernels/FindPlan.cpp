//===- FindPlan.cpp - The plan of a layer of dynamic sizes ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The request is on the stack: what is known of the layer, and its sizes. The runtime gives an
// address, which becomes a buffer by a cast from the structure that buffers are in the end.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "FindPlan.h"

#include "tconv/Schedule/RuntimePlan.h"
#include "tconv/Transforms/RuntimeFunctions.h"

using namespace mlir;
using namespace mlir::tconv;

static Value emitRequest(Emitter &b, const KernelLayer &layer) {
  std::vector<int64_t> words = ::tconv::PlanRequest::encode(layer.geometry, layer.schedule);
  auto type = MemRefType::get({static_cast<int64_t>(words.size())}, b.getI64Type());
  Value request = memref::AllocaOp::create(b, type);
  SmallVector<Value> sizes{layer.batch};
  sizes.append(layer.inputs);
  const size_t known = words.size() - sizes.size();
  for (auto [index, word] : llvm::enumerate(words)) {
    Value value = index < known
                      ? Value(arith::ConstantOp::create(b, b.getI64IntegerAttr(word)))
                      : b.createOrFold<arith::IndexCastOp>(b.getI64Type(), sizes[index - known]);
    b.store(value, request, b.index(static_cast<int64_t>(index)));
  }
  return request;
}

/// The numbers from an address on.
static Value createBuffer(Emitter &b, Value address) {
  Type pointerType = LLVM::LLVMPointerType::get(b.getContext()), word = b.getI64Type();
  Type list = LLVM::LLVMArrayType::get(word, 1);
  auto structure = LLVM::LLVMStructType::getLiteral(b.getContext(),
                                                    {pointerType, pointerType, word, list, list});
  auto number = [&](int64_t value) -> Value {
    return LLVM::ConstantOp::create(b, word, b.getI64IntegerAttr(value));
  };
  Value pointer = LLVM::IntToPtrOp::create(b, pointerType, address);
  Value descriptor = LLVM::PoisonOp::create(b, structure);
  auto insert = [&](Value value, ArrayRef<int64_t> position) {
    descriptor = LLVM::InsertValueOp::create(b, descriptor, value, position);
  };
  constexpr int64_t unbounded = int64_t(1) << 48;
  insert(pointer, {0});
  insert(pointer, {1});
  insert(number(0), {2});
  insert(number(unbounded), {3, 0});
  insert(number(1), {4, 0});
  auto type = MemRefType::get({ShapedType::kDynamic}, word);
  return UnrealizedConversionCastOp::create(b, type, descriptor).getResult(0);
}

void mlir::tconv::emitWithPlan(Emitter &b, const KernelLayer &layer,
                               llvm::function_ref<void(Value)> emit) {
  auto module = layer.op->getParentOfType<ModuleOp>();
  LLVM::LLVMFuncOp find = getOrDeclare(module, RuntimeFunction::FindPlan);
  LLVM::LLVMFuncOp release = getOrDeclare(module, RuntimeFunction::ReleasePlan);
  // A kernel may stand in a loop: without this, each run would take its own part of the stack.
  auto pointer = LLVM::LLVMPointerType::get(b.getContext());
  Value stack = LLVM::StackSaveOp::create(b, pointer);
  Value request = emitRequest(b, layer);
  Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, request);
  Value word = arith::IndexCastOp::create(b, b.getI64Type(), address);
  Value plan = LLVM::CallOp::create(b, find, ValueRange{word}).getResult();
  LLVM::StackRestoreOp::create(b, stack);
  emit(createBuffer(b, plan));
  LLVM::CallOp::create(b, release, ValueRange{plan});
}
