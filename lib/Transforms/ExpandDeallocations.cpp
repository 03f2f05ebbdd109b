//===- ExpandDeallocations.cpp - Deallocations without memory -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %owned = bufferization.dealloc (%a, %b : memref<4xf32>, memref<4xf32>) if (%c, %d)
//                retain (%r : memref<4xf32>)
//
// becomes
//
//   %pa, %pb, %pr = memref.extract_aligned_pointer_as_index %a, %b, %r
//   %free_a = %c and %pa != %pr
//   scf.if %free_a { memref.dealloc %a }
//   %free_b = %d and %pb != %pr and not (%c and %pa == %pb)
//   scf.if %free_b { memref.dealloc %b }
//   %owned = (%c and %pa == %pr) or (%d and %pb == %pr)
//
// Test: test/Transforms/expand-deallocations.mlir
//
//===----------------------------------------------------------------------===//

#include "Layers/Emitter.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_EXPANDDEALLOCATIONSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

class Expansion {
public:
  explicit Expansion(bufferization::DeallocOp op)
      : op(op), emitter(op.getLoc(), op.getOperation()) {}

  void run() {
    memrefs = emitPointers(op.getMemrefs());
    retained = emitPointers(op.getRetained());
    SmallVector<Value> frees;
    for (size_t i = 0; i < memrefs.size(); ++i)
      frees.push_back(emitFree(i));
    SmallVector<Value> owned = llvm::map_to_vector(
        retained, [&](Value pointer) { return emitOwned(memrefs.size(), pointer); });
    for (auto [buffer, free] : llvm::zip_equal(op.getMemrefs(), frees))
      emitter.ifThen(free, [&] { memref::DeallocOp::create(emitter, buffer); });
    op.replaceAllUsesWith(owned);
    op.erase();
  }

private:
  SmallVector<Value> emitPointers(ValueRange buffers) {
    return llvm::map_to_vector(buffers, [&](Value buffer) -> Value {
      return memref::ExtractAlignedPointerAsIndexOp::create(emitter, buffer);
    });
  }
  Value both(Value a, Value b) { return emitter.createOrFold<arith::AndIOp>(a, b); }
  Value compare(arith::CmpIPredicate predicate, Value a, Value b) {
    return emitter.createOrFold<arith::CmpIOp>(predicate, a, b);
  }

  /// Whether one of the first `count` buffers is to be freed, but for aliases, and is at
  /// `pointer`.
  Value emitOwned(size_t count, Value pointer) {
    Value owned = arith::ConstantOp::create(emitter, emitter.getBoolAttr(false));
    for (size_t i = 0; i < count; ++i) {
      Value same = compare(arith::CmpIPredicate::eq, memrefs[i], pointer);
      owned = emitter.createOrFold<arith::OrIOp>(owned, both(op.getConditions()[i], same));
    }
    return owned;
  }

  /// Whether a buffer is freed: it is not if it is retained, or freed as an earlier one.
  Value emitFree(size_t i) {
    Value free = op.getConditions()[i];
    for (Value pointer : retained)
      free = both(free, compare(arith::CmpIPredicate::ne, memrefs[i], pointer));
    Value yes = arith::ConstantOp::create(emitter, emitter.getBoolAttr(true));
    Value notEarlier = emitter.createOrFold<arith::XOrIOp>(emitOwned(i, memrefs[i]), yes);
    return both(free, notEarlier);
  }

  bufferization::DeallocOp op;
  Emitter emitter;
  SmallVector<Value> memrefs, retained;
};

struct ExpandDeallocationsPass
    : mlir::tconv::impl::ExpandDeallocationsPassBase<ExpandDeallocationsPass> {
  void runOnOperation() override {
    getOperation().walk([](bufferization::DeallocOp op) {
      if (op.getMemrefs().size() > 1)
        Expansion(op).run();
    });
  }
};

} // namespace
