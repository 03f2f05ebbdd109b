//===- PropagateFailures.cpp - Early returns on failure -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ends a function of the LLVM dialect where a check, an allocation or a callee
// failed, and takes memory from the runtime:
//
//   %p = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
//
// becomes
//
//     %p = llvm.call @tconvAllocate(%size) : (i64) -> !llvm.ptr
//     %none = llvm.icmp "eq" %p, %null : !llvm.ptr
//     llvm.cond_br %none, ^failure, ^bb1
//   ...
//   ^failure:
//     llvm.return %poison
//
// Test: test/Transforms/propagate-failures.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"
#include "tconv/Transforms/RuntimeFunctions.h"

#include "llvm/ADT/SetVector.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_PROPAGATEFAILURESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

class FailurePropagation {
public:
  explicit FailurePropagation(ModuleOp module) : module(module), builder(module.getContext()) {}

  void run() {
    redirect("malloc", RuntimeFunction::Allocate);
    redirect("free", RuntimeFunction::Free);
    collectFallible();
    SmallVector<LLVM::CallOp> calls;
    module.walk([&](LLVM::CallOp call) {
      if (canFail(call))
        calls.push_back(call);
    });
    for (LLVM::CallOp call : calls)
      returnOnFailure(call);
  }

private:
  void redirect(StringRef name, RuntimeFunction replacement);
  void collectFallible();
  bool canFail(LLVM::CallOp call);
  void returnOnFailure(LLVM::CallOp call);
  Value emitFailedCondition(LLVM::CallOp call);
  Block *getFailureBlock(LLVM::LLVMFuncOp function);

  ModuleOp module;
  OpBuilder builder;
  /// The functions that may return early.
  llvm::SetVector<StringRef> fallible;
  DenseMap<LLVM::LLVMFuncOp, Block *> failureBlocks;
};

/// Calls a function of the runtime in place of one of the C library. A function of the
/// module that has the same name is another one.
void FailurePropagation::redirect(StringRef name, RuntimeFunction replacement) {
  auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (!function || !function.isExternal() ||
      function.getFunctionType() != getFunctionType(module.getContext(), replacement))
    return;
  auto symbol = FlatSymbolRefAttr::get(getOrDeclare(module, replacement).getSymNameAttr());
  module.walk([&](LLVM::CallOp call) {
    if (call.getCallee() == name)
      call.setCalleeAttr(symbol);
  });
  if (function.symbolKnownUseEmpty(module))
    function.erase();
}

/// The function that a call runs, be it on other threads; nothing if it is not known.
static std::optional<StringRef> getRunFunction(LLVM::CallOp call) {
  if (call.getCallee() != getName(RuntimeFunction::ParallelFor))
    return call.getCallee();
  auto body = call.getArgOperands().front().getDefiningOp<LLVM::AddressOfOp>();
  return body ? std::optional(body.getGlobalName()) : std::nullopt;
}

/// Whether a call can fail. What stands in a region, like one of OpenMP's, cannot return
/// early.
bool FailurePropagation::canFail(LLVM::CallOp call) {
  std::optional<StringRef> function = getRunFunction(call);
  return function && fallible.contains(*function) && isa<LLVM::LLVMFuncOp>(call->getParentOp());
}

void FailurePropagation::collectFallible() {
  fallible.insert(getName(RuntimeFunction::Check));
  fallible.insert(getName(RuntimeFunction::Allocate));
  fallible.insert(getName(RuntimeFunction::FindPlan));
  size_t known;
  do {
    known = fallible.size();
    module.walk([&](LLVM::CallOp call) {
      if (canFail(call))
        fallible.insert(call->getParentOfType<LLVM::LLVMFuncOp>().getSymName());
    });
  } while (fallible.size() != known);
}

/// The block of a function that returns meaningless values.
Block *FailurePropagation::getFailureBlock(LLVM::LLVMFuncOp function) {
  Block *&block = failureBlocks[function];
  if (block)
    return block;
  block = new Block();
  function.getBody().push_back(block);
  builder.setInsertionPointToStart(block);
  Type type = function.getFunctionType().getReturnType();
  SmallVector<Value> values;
  if (!isa<LLVM::LLVMVoidType>(type))
    values.push_back(LLVM::PoisonOp::create(builder, function.getLoc(), type));
  LLVM::ReturnOp::create(builder, function.getLoc(), values);
  return block;
}

Value FailurePropagation::emitFailedCondition(LLVM::CallOp call) {
  Location loc = call.getLoc();
  if (*call.getCallee() == getName(RuntimeFunction::Check))
    return call.getResult();
  if (*call.getCallee() == getName(RuntimeFunction::Allocate) ||
      *call.getCallee() == getName(RuntimeFunction::FindPlan)) {
    Value null = LLVM::ZeroOp::create(builder, loc, call.getResult().getType());
    return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, call.getResult(), null);
  }
  LLVM::LLVMFuncOp failed = getOrDeclare(module, RuntimeFunction::Failed);
  return LLVM::CallOp::create(builder, loc, failed, ValueRange{}).getResult();
}

void FailurePropagation::returnOnFailure(LLVM::CallOp call) {
  auto function = cast<LLVM::LLVMFuncOp>(call->getParentOp());
  Block *failure = getFailureBlock(function);
  Block *rest = call->getBlock()->splitBlock(call->getNextNode());
  builder.setInsertionPointToEnd(call->getBlock());
  Value failed = emitFailedCondition(call);
  LLVM::CondBrOp::create(builder, call.getLoc(), failed, failure, rest);
}

struct PropagateFailuresPass : mlir::tconv::impl::PropagateFailuresPassBase<PropagateFailuresPass> {
  void runOnOperation() override { FailurePropagation(getOperation()).run(); }
};

} // namespace
