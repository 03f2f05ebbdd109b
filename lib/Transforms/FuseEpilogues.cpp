//===- FuseEpilogues.cpp - Elementwise ops as the epilogue of a kernel ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.kernel ins(%x, %packed : ...) outs(%0 : ...) attributes {...} -> ...
//   %relu = arith.maximumf %y, %zeros : tensor<...>
//
// becomes
//
//   %relu = tconv.kernel ins(%x, %packed : ...) outs(%0 : ...) attributes {...} {
//   ^bb0(%sum: f32):
//     %1 = arith.maximumf %sum, %zero : f32
//     tconv.yield %1 : f32
//   } -> ...
//
// The ops may read other tensors beside the result, which become neighbours of the kernel, and
// may change the type of the elements. The kernel moves to where the last op stood, behind all
// that the ops read.
//
// The region is built by Layers/EpilogueBuilder.h; what may enter it, and where it
// ends, is decided here.
//
// Test: test/Transforms/fuse-epilogues.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Layers/ElementwiseOps.h"
#include "Layers/EpilogueBuilder.h"
#include "tconv/IR/ElementTypes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_FUSEEPILOGUESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr llvm::StringLiteral category = "tconv-fuse-epilogues";

using Ops = llvm::SetVector<Operation *>;

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("epilogue").category(category);
}

/// The ops behind a kernel in its block that need its result, and those of them that are
/// elementwise all the way, in their order; and why the first one that is not is not.
struct Candidates {
  llvm::DenseSet<Operation *> dependents;
  Ops ops;
  std::string obstacle;
};

/// Whether an op, or one inside of it, reads a value of some ops of its block.
bool readsAny(Operation *op, const llvm::DenseSet<Operation *> &others) {
  WalkResult result = op->walk([&](Operation *inner) {
    const bool reads = llvm::any_of(inner->getOperands(), [&](Value operand) {
      return operand.getDefiningOp() && others.contains(operand.getDefiningOp());
    });
    return reads ? WalkResult::interrupt() : WalkResult::advance();
  });
  return result.wasInterrupted();
}

Candidates collectCandidates(KernelOp kernel) {
  Candidates candidates;
  candidates.dependents.insert(kernel);
  auto isKnown = [&](Value value) {
    Operation *op = value.getDefiningOp();
    return op && (op == kernel || candidates.ops.contains(op));
  };
  auto isReadable = [&](Value value, AffineMap map) {
    return readNeighbour(kernel, value, map).has_value() &&
           !candidates.dependents.contains(value.getDefiningOp());
  };
  for (Operation *op = kernel->getNextNode(); op; op = op->getNextNode()) {
    if (!readsAny(op, candidates.dependents))
      continue;
    candidates.dependents.insert(op);
    std::string obstacle;
    if (llvm::any_of(op->getOperands(), isKnown) &&
        isElementwiseOn(op, {isKnown, isReadable}, obstacle))
      candidates.ops.insert(op);
    else if (candidates.obstacle.empty())
      candidates.obstacle = obstacle;
  }
  return candidates;
}

/// The candidates that an op needs, and itself, in their order.
Ops collectNeeded(Operation *last, const Ops &candidates) {
  DenseSet<Operation *> needed{last};
  for (Operation *op : llvm::reverse(candidates))
    if (needed.contains(op))
      for (Value operand : op->getOperands())
        if (Operation *definition = operand.getDefiningOp())
          needed.insert(definition);
  Ops ops;
  for (Operation *op : candidates)
    if (needed.contains(op))
      ops.insert(op);
  return ops;
}

/// A use of the kernel's result, or of an op's before the last one, that would be left
/// without its value.
Operation *findOtherUser(KernelOp kernel, const Ops &ops) {
  auto findOutside = [&](Operation *op) -> Operation * {
    for (Operation *user : op->getUsers())
      if (!ops.contains(user))
        return user;
    return nullptr;
  };
  if (Operation *user = findOutside(kernel))
    return user;
  for (Operation *op : ArrayRef(ops.getArrayRef()).drop_back())
    if (Operation *user = findOutside(op))
      return user;
  return nullptr;
}

/// Whether a tensor can be what the kernel stores: of its shape, elements no wider than sums.
bool canStore(KernelOp kernel, Type type) {
  Type element = getElementTypeOrSelf(type);
  return type == kernel.getOutputType().clone(element) && isStoredInVectors(element) &&
         element.getIntOrFloatBitWidth() <= kernel.getAccumulatorType().getIntOrFloatBitWidth();
}

/// The ops to fuse: all that the last possible op needs. None, and why, if there is no
/// such op.
Ops selectOps(KernelOp kernel, const Ops &candidates, std::string &obstacle) {
  Type type = kernel.getOutput().getType();
  for (Operation *last : llvm::reverse(candidates)) {
    Ops ops = collectNeeded(last, candidates);
    Operation *user = findOtherUser(kernel, ops);
    llvm::raw_string_ostream reason(obstacle);
    if (!user && canStore(kernel, last->getResult(0).getType()))
      return ops;
    if (!obstacle.empty())
      continue;
    if (user)
      reason << "a value between the sums and the stores has another use, by " << user->getName();
    else
      reason << "the type changes from " << type << " to " << last->getResult(0).getType()
             << ", which kernels of " << kernel.getAccumulatorType() << " do not store";
  }
  return {};
}

void fuse(KernelOp kernel, const Ops &ops) {
  std::string text = "fused into the stores: ";
  llvm::raw_string_ostream stream(text);
  llvm::interleaveComma(ops, stream, [&](Operation *op) { stream << op->getName(); });
  Operation *last = ops.back();
  // Behind whatever the ops read.
  kernel->moveBefore(last);
  EpilogueBuilder builder(kernel);
  for (Operation *op : ops)
    builder.append(op);
  builder.finish(last->getResult(0));
  // After the kernel's own result has been read: the last result takes its place.
  last->getResult(0).replaceAllUsesWith(kernel.getOutput());
  for (Operation *op : llvm::reverse(ops))
    op->erase();
  remark::passed(kernel.getLoc(), describeRemark()) << text;
}

void fuseInto(KernelOp kernel) {
  if (kernel->getNumResults() == 0)
    return;
  Candidates candidates = collectCandidates(kernel);
  std::string obstacle;
  Ops ops = selectOps(kernel, candidates.ops, obstacle);
  if (!ops.empty())
    return fuse(kernel, ops);
  if (obstacle.empty())
    obstacle = candidates.obstacle;
  if (!obstacle.empty())
    remark::missed(kernel.getLoc(), describeRemark())
        << "elementwise ops stay behind the layer" << remark::reason("{0}", obstacle);
}

struct FuseEpiloguesPass : mlir::tconv::impl::FuseEpiloguesPassBase<FuseEpiloguesPass> {
  void runOnOperation() override {
    SmallVector<KernelOp> kernels;
    getOperation()->walk([&](KernelOp op) { kernels.push_back(op); });
    for (KernelOp kernel : kernels)
      fuseInto(kernel);
  }
};

} // namespace
