//===- Bufferize.cpp - Buffers in place of tensors ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %s = tensor.extract_slice %x[0, 0] [%n, %h] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
//   return %s : tensor<?x?xf32>
//
// becomes
//
//   %s = memref.subview %x[0, 0] [%n, %h] [1, 1]
//       : memref<?x?xf32> to memref<?x?xf32, strided<[?, 1]>>
//   %y = memref.alloc(%n, %h) : memref<?x?xf32>
//   memref.copy %s, %y : memref<?x?xf32, strided<[?, 1]>> to memref<?x?xf32>
//   return %y : memref<?x?xf32>
//
// Where a view must become a contiguous buffer, upstream casts it if no static number says that
// it is not contiguous. The sizes that a contiguous type leaves open leave its strides open too,
// which makes every stride seem to fit.
//
// Test: test/Transforms/bufferize.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "tconv/IR/ContiguousCopy.h"
#include "tconv/IR/Signature.h"
#include "tconv/IR/Unsupported.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotModuleBufferize.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_BUFFERIZEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Whether a cast claims that a view is contiguous, which its type does not say.
bool claimsContiguity(memref::CastOp cast) {
  auto source = dyn_cast<MemRefType>(cast.getSource().getType());
  auto target = dyn_cast<MemRefType>(cast.getType());
  return source && target && !source.getLayout().isIdentity() && target.getLayout().isIdentity() &&
         !target.hasStaticShape();
}

/// Copies the elements of a view into a buffer of their own.
void copyInsteadOfCast(memref::CastOp cast) {
  OpBuilder builder(cast);
  Value copy = createContiguousCopy(builder, cast.getLoc(), cast.getSource());
  if (copy.getType() != cast.getType()) // sizes that the cast knows or forgets
    copy = memref::CastOp::create(builder, cast.getLoc(), cast.getType(), copy);
  cast.replaceAllUsesWith(copy);
  cast.erase();
}

template <typename... Types> bool usesType(Operation *op) {
  auto isOne = [](Type type) { return isa<Types...>(type); };
  return llvm::any_of(op->getOperandTypes(), isOne) || llvm::any_of(op->getResultTypes(), isOne);
}

/// Whether an op is an instruction of some processors, which may not be that of the target.
bool isOfProcessor(Operation *op) {
  return llvm::is_contained({"amx", "arm_neon", "arm_sme", "arm_sve", "x86vector"},
                            op->getName().getDialectNamespace());
}

/// Whether an op cannot be lowered to buffers, or not be on them.
bool lacksBuffers(Operation *op) {
  if (usesType<TensorType>(op))
    return !isa<bufferization::BufferizableOpInterface>(op) &&
           !op->hasTrait<OpTrait::IsTerminator>();
  // Upstream's deallocation must know how control flows through regions that give values.
  const unsigned regions = op->getNumRegions();
  return usesType<BaseMemRefType>(op) &&
         (regions > 1 || (regions == 1 && op->getNumResults() != 0)) &&
         !isa<RegionBranchOpInterface>(op);
}

struct BufferizePass : mlir::tconv::impl::BufferizePassBase<BufferizePass> {
  void runOnOperation() override {
    if (failed(checkOps()))
      return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isExternal() && !hasRecordedSignature(function))
        recordSignature(function);
    // Casts of the module's own are its own affair.
    llvm::SmallPtrSet<Operation *, 4> own;
    getOperation().walk([&](memref::CastOp cast) { own.insert(cast); });
    if (failed(bufferize())) {
      markUnsupported(getOperation());
      return signalPassFailure();
    }
    getOperation().walk([&](memref::CastOp cast) {
      if (!own.contains(cast) && claimsContiguity(cast))
        copyInsteadOfCast(cast);
    });
  }

  /// Says which op is not supported.
  LogicalResult checkOps() {
    WalkResult walked = getOperation().walk([](Operation *op) -> WalkResult {
      if (isOfProcessor(op))
        return emitUnsupported(op)
               << "expected ops that all processors have, got '" << op->getName() << "'";
      if (!lacksBuffers(op))
        return WalkResult::advance();
      return emitUnsupported(op) << "expected ops on tensors that can be lowered to buffers, got '"
                                 << op->getName() << "'";
    });
    return failure(walked.wasInterrupted());
  }

  LogicalResult bufferize() {
    bufferization::OneShotBufferizationOptions options;
    options.bufferizeFunctionBoundaries = true;
    options.allowReturnAllocsFromLoops = true;
    options.bufferAlignment = 64; // bytes, a line of the cache
    options.setFunctionBoundaryTypeConversion(bufferization::LayoutMapOption::IdentityLayoutMap);
    bufferization::BufferizationState state;
    return bufferization::runOneShotModuleBufferize(getOperation(), options, state);
  }
};

} // namespace
