//===- InlineLibdevice.cpp - Instructions in place of libdevice -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   llvm.func @__nv_sqrtf(f32) -> f32
//   ...
//   %y = llvm.call @__nv_sqrtf(%x) : (f32) -> f32
//
// becomes
//
//   %y = llvm.intr.sqrt(%x) : (f32) -> f32
//
// Test: test/Transforms/Gpu/inline-libdevice.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringSwitch.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_INLINELIBDEVICEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

constexpr llvm::StringLiteral prefix = "__nv_";

/// The intrinsic operation that computes what a function of libdevice does; empty if there is
/// none. Functions of f32 end in f, those of f64 do not.
StringRef intrinsicFor(StringRef function) {
  if (!function.consume_front(prefix))
    return "";
  return llvm::StringSwitch<StringRef>(function)
      .Cases({"fabs", "fabsf"}, LLVM::FAbsOp::getOperationName())
      .Cases({"ceil", "ceilf"}, LLVM::FCeilOp::getOperationName())
      .Cases({"copysign", "copysignf"}, LLVM::CopySignOp::getOperationName())
      .Cases({"floor", "floorf"}, LLVM::FFloorOp::getOperationName())
      .Cases({"fma", "fmaf"}, LLVM::FMAOp::getOperationName())
      .Cases({"rint", "rintf"}, LLVM::RintOp::getOperationName())
      .Cases({"round", "roundf"}, LLVM::RoundOp::getOperationName())
      .Cases({"sqrt", "sqrtf"}, LLVM::SqrtOp::getOperationName())
      .Cases({"trunc", "truncf"}, LLVM::FTruncOp::getOperationName())
      .Default("");
}

bool isReciprocalSquareRoot(StringRef function) {
  return function == "__nv_rsqrt" || function == "__nv_rsqrtf";
}

/// 1 / sqrt(x), each rounded to nearest.
Value createReciprocalSquareRoot(OpBuilder &builder, LLVM::CallOp call) {
  Type type = call.getResult().getType();
  Value root = LLVM::SqrtOp::create(builder, call.getLoc(), call.getArgOperands()[0]);
  Value one = LLVM::ConstantOp::create(builder, call.getLoc(), type, FloatAttr::get(type, 1.0));
  return LLVM::FDivOp::create(builder, call.getLoc(), one, root);
}

void replace(LLVM::CallOp call) {
  StringRef callee = call.getCallee().value_or("");
  OpBuilder builder(call);
  Value result;
  if (StringRef intrinsic = intrinsicFor(callee); !intrinsic.empty()) {
    OperationState state(call.getLoc(), intrinsic);
    state.addOperands(call.getArgOperands());
    state.addTypes(call.getResultTypes());
    result = builder.create(state)->getResult(0);
  } else if (isReciprocalSquareRoot(callee)) {
    result = createReciprocalSquareRoot(builder, call);
  } else {
    return;
  }
  call.getResult().replaceAllUsesWith(result);
  call.erase();
}

struct InlineLibdevicePass : mlir::tconv::impl::InlineLibdevicePassBase<InlineLibdevicePass> {
  void runOnOperation() override {
    getOperation().walk([](LLVM::CallOp call) { replace(call); });
    auto functions = llvm::to_vector(getOperation().getOps<LLVM::LLVMFuncOp>());
    for (LLVM::LLVMFuncOp function : functions)
      if (function.isExternal() && function.getSymName().starts_with(prefix) &&
          function.symbolKnownUseEmpty(getOperation()))
        function.erase();
  }
};

} // namespace
