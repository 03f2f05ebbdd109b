//===- LowerAsserts.cpp - Assertions that report instead of abort ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   cf.assert %ok, "expected ..."
//
// becomes
//
//   %message = llvm.mlir.addressof @tconv_message : !llvm.ptr
//   %failed = llvm.call @tconvCheck(%ok, %message) : (i1, !llvm.ptr) -> i1
//
// Test: test/Transforms/lower-asserts.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"
#include "tconv/Transforms/RuntimeFunctions.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERASSERTSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// A null-terminated string constant in the module.
LLVM::GlobalOp createMessage(SymbolTable &symbols, OpBuilder &builder, Location loc,
                             StringRef text) {
  std::string terminated = text.str();
  terminated.push_back('\0');
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), terminated.size());
  OpBuilder::InsertionGuard guard(builder);
  builder.clearInsertionPoint();
  auto global =
      LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal,
                             "tconv_message", builder.getStringAttr(terminated));
  symbols.insert(global);
  return global;
}

struct LowerAssertsPass : mlir::tconv::impl::LowerAssertsPassBase<LowerAssertsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    OpBuilder builder(&getContext());
    module.walk([&](cf::AssertOp assertion) {
      Location loc = assertion.getLoc();
      builder.setInsertionPoint(assertion);
      LLVM::GlobalOp message = createMessage(symbols, builder, loc, assertion.getMsg());
      LLVM::LLVMFuncOp check = getOrDeclare(module, RuntimeFunction::Check);
      Value pointer = LLVM::AddressOfOp::create(builder, loc, message);
      LLVM::CallOp::create(builder, loc, check, ValueRange{assertion.getArg(), pointer});
      assertion.erase();
    });
  }
};

} // namespace
