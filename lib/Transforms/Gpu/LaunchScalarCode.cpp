//===- LaunchScalarCode.cpp - Accesses to single elements as launches -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %v = memref.load %a[%i] : memref<4xf32>
//   %w = arith.mulf %v, %factor : f32
//   memref.store %w, %b[%c0] : memref<1xf32>
//
// becomes
//
//   gpu.launch blocks(...) in (1, 1, 1) threads(...) in (1, 1, 1) {
//     %v = memref.load %a[%i] : memref<4xf32>
//     %w = arith.mulf %v, %factor : f32
//     memref.store %w, %b[%c0] : memref<1xf32>
//   }
//
// A number that a later kernel uses is kept in memory of the device until then.
//
// Test: test/Transforms/Gpu/launch-scalar-code.mlir
//
//===----------------------------------------------------------------------===//

#include "Contractions/Launch.h"

#include "tconv/IR/Unsupported.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LAUNCHSCALARCODEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

bool isAccess(Operation *op) {
  return isa<memref::LoadOp, memref::StoreOp, vector::LoadOp, vector::StoreOp, vector::MaskedLoadOp,
             vector::MaskedStoreOp, vector::GatherOp, vector::ScatterOp, vector::ExpandLoadOp,
             vector::CompressStoreOp>(op);
}

/// Hosts have no vectors. (Constants move to where they are used.)
bool makesVector(Operation *op) {
  return !op->hasTrait<OpTrait::ConstantLike>() &&
         llvm::any_of(op->getResultTypes(), [](Type type) { return isa<VectorType>(type); });
}

/// Whether all of an op with regions can run in one thread of a kernel, and accesses memory.
bool isScalarRegion(Operation *op) {
  if (!isa<scf::ForOp, scf::IfOp, scf::WhileOp>(op))
    return false;
  bool accesses = false;
  WalkResult walked = op->walk([&](Operation *nested) {
    accesses |= isAccess(nested);
    bool fits = isAccess(nested) || isa<scf::SCFDialect>(nested->getDialect()) ||
                isa<cf::AssertOp>(nested) || isPure(nested);
    return fits ? WalkResult::advance() : WalkResult::interrupt();
  });
  return accesses && !walked.wasInterrupted();
}

/// Leaves to the host what a block of it does, but for accesses to elements and
/// what depends on them. Those become kernels, one for each run of such ops.
class ScalarCode {
public:
  explicit ScalarCode(Block &block) : block(block) {}

  LogicalResult run();

private:
  bool belongsToKernel(Operation *op) const;
  LogicalResult launch(Operation *position);
  LogicalResult keep(Value number, gpu::LaunchOp kernel);
  LogicalResult loadForUse(OpOperand &use, Value kept);

  Block &block;
  /// The ops of the kernel that is being collected.
  llvm::SetVector<Operation *> ops;
};

bool isPureScalar(Operation *op) {
  return isPure(op) && op->getNumRegions() == 0 && !op->hasTrait<OpTrait::IsTerminator>();
}

bool ScalarCode::belongsToKernel(Operation *op) const {
  auto isFromKernel = [&](Value operand) { return ops.contains(operand.getDefiningOp()); };
  return isAccess(op) || isScalarRegion(op) ||
         (isPureScalar(op) && (makesVector(op) || llvm::any_of(op->getOperands(), isFromKernel)));
}

/// Replaces a use behind the kernel by a load from where the number is kept.
LogicalResult ScalarCode::loadForUse(OpOperand &use, Value kept) {
  Operation *user = use.getOwner();
  OpBuilder builder(user);
  if (auto kernel = user->getParentOfType<gpu::LaunchOp>())
    builder.setInsertionPointToStart(&kernel.getBody().front());
  else if (!block.findAncestorOpInBlock(*user) ||
           (!isAccess(user) && !isScalarRegion(user) && !isPureScalar(user) &&
            !isScalarRegion(user->getParentOp())))
    return emitUnsupported(user)
           << "expected no use of an element of a tensor outside of kernels, got '"
           << user->getName() << "'";
  use.set(memref::LoadOp::create(builder, user->getLoc(), kept));
  return success();
}

/// Makes a number of a kernel available to the ops behind it.
LogicalResult ScalarCode::keep(Value number, gpu::LaunchOp kernel) {
  auto isOutside = [&](OpOperand &use) { return !kernel->isAncestor(use.getOwner()); };
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : number.getUses())
    if (isOutside(use))
      uses.push_back(&use);
  if (uses.empty())
    return success();
  if (!number.getType().isIntOrIndexOrFloat())
    return emitUnsupported(kernel) << "expected no " << number.getType()
                                   << " that depends on an element of a tensor outside of kernels";
  OpBuilder builder(kernel);
  Location loc = number.getLoc();
  Value kept = memref::AllocOp::create(builder, loc, MemRefType::get({}, number.getType()));
  builder.setInsertionPoint(kernel.getBody().front().getTerminator());
  memref::StoreOp::create(builder, loc, number, kept);
  builder.setInsertionPoint(block.getTerminator());
  memref::DeallocOp::create(builder, loc, kept);
  for (OpOperand *use : uses)
    if (failed(loadForUse(*use, kept)))
      return failure();
  return success();
}

/// Launches what was collected, in front of an op.
LogicalResult ScalarCode::launch(Operation *position) {
  if (ops.empty())
    return success();
  Emitter emitter(ops.front()->getLoc(), position);
  gpu::LaunchOp kernel;
  emitLaunch(emitter, "scalars", emitter.index(1), 1, [&](LaunchIds ids) {
    kernel = ids.op;
    for (Operation *op : ops)
      op->moveBefore(emitter.getInsertionBlock(), emitter.getInsertionPoint());
  });
  for (Operation *op : ops)
    for (Value number : op->getResults())
      if (failed(keep(number, kernel)))
        return failure();
  ops.clear();
  return success();
}

LogicalResult ScalarCode::run() {
  for (Operation *op = &block.front(); op; op = op->getNextNode()) {
    // An op of the host that changes nothing may as well come before the kernel.
    if (belongsToKernel(op))
      ops.insert(op);
    else if (!isPureScalar(op) && failed(launch(op)))
      return failure();
  }
  for (Operation &op : block) {
    if (isa<gpu::LaunchOp>(op))
      continue;
    for (Region &region : op.getRegions())
      for (Block &nested : region)
        if (failed(ScalarCode(nested).run()))
          return failure();
  }
  return success();
}

/// Whether an assertion would have to be reported by a kernel: in a loop that is launched or
/// that one thread runs, or about elements of tensors.
bool isForKernel(cf::AssertOp assertion) {
  for (Operation *parent = assertion->getParentOp(); parent; parent = parent->getParentOp())
    if (isa<gpu::LaunchOp>(parent) || isScalarRegion(parent))
      return true;
  SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.omitUsesFromAbove = false; // those of regions
  return failed(getBackwardSlice(assertion.getOperation(), &slice, options)) ||
         llvm::any_of(slice, isAccess);
}

/// Kernels have no way to report a failure.
void dropAssertionsOfKernels(func::FuncOp function) {
  function.walk([](cf::AssertOp assertion) {
    if (isForKernel(assertion))
      assertion.erase();
  });
}

struct LaunchScalarCodePass : mlir::tconv::impl::LaunchScalarCodePassBase<LaunchScalarCodePass> {
  void runOnOperation() override {
    dropAssertionsOfKernels(getOperation());
    for (Block &block : getOperation().getBody())
      if (failed(ScalarCode(block).run()))
        return signalPassFailure();
  }
};

} // namespace
