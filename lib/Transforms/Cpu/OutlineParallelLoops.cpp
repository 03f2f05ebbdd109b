//===- OutlineParallelLoops.cpp - Parallel loops as functions --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   func.func @f(%a: memref<?xf32>, %v: f32, %n: index) {
//     scf.parallel (%i) = (%c0) to (%n) step (%c1) {
//       memref.store %v, %a[%i] : memref<?xf32>
//     }
//
// becomes
//
//     tconv.parallel_call @f_parallel_0(%v, %a) tasks %n : f32, memref<?xf32>
//   ...
//   func.func private @f_parallel_0(%v: f32, %a: memref<?xf32>, %begin: index, %end: index) {
//     scf.for %i = %begin to %end step %c1 {
//       memref.store %v, %a[%i] : memref<?xf32>
//     }
//
// Test: test/Transforms/Cpu/outline-parallel-loops.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_OUTLINEPARALLELLOOPSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Whether a value is better computed again in the function than passed to it.
bool isRepeated(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->getNumOperands() == 0 && op->getNumRegions() == 0 && isPure(op);
}

/// Moves one loop into a function.
class Outliner {
public:
  Outliner(SymbolTable &symbols, scf::ParallelOp loop)
      : symbols(symbols), loop(loop), builder(loop) {}

  /// Puts the function of that name where `position` is.
  void run(StringRef name, Block::iterator position);

private:
  void emitCounts();
  void collectCaptured();
  func::FuncOp createFunction(StringRef name, Block::iterator position);
  void emitBody(func::FuncOp function);
  void mapInductionVariables(Value linear);
  void hoistAllocations(scf::ForOp tasks);

  Value multiply(Value a, Value b) {
    return builder.createOrFold<arith::MulIOp>(loop.getLoc(), a, b);
  }

  SymbolTable &symbols;
  scf::ParallelOp loop;
  OpBuilder builder;
  /// The number of iterations in each dimension, and of all of them.
  SmallVector<Value> counts;
  Value total;
  /// The dimensions that perhaps have more than one.
  SmallVector<size_t> dims;
  llvm::SetVector<Value> captured, repeated;
  /// From values around and in the loop to those in the function.
  IRMapping mapping;
};

void Outliner::emitCounts() {
  Location loc = loop.getLoc();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getLowerBound(), loop.getUpperBound(), loop.getStep())) {
    Value extent = builder.createOrFold<arith::SubIOp>(loc, upper, lower);
    Value steps = builder.createOrFold<arith::CeilDivSIOp>(loc, extent, step);
    counts.push_back(builder.createOrFold<arith::MaxSIOp>(loc, steps, zero));
    total = total ? multiply(total, counts.back()) : counts.back();
    if (getConstantIntValue(counts.back()) != 1)
      dims.push_back(counts.size() - 1);
  }
}

void Outliner::collectCaptured() {
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  used.insert_range(loop.getLowerBound());
  used.insert_range(loop.getStep());
  for (size_t dim : ArrayRef(dims).drop_front(dims.empty() ? 0 : 1))
    used.insert(counts[dim]);
  for (Value value : used)
    (isRepeated(value) ? repeated : captured).insert(value);
}

func::FuncOp Outliner::createFunction(StringRef name, Block::iterator position) {
  SmallVector<Type> types(llvm::map_range(captured, [](Value v) { return v.getType(); }));
  types.append(2, builder.getIndexType());
  OpBuilder::InsertionGuard guard(builder);
  builder.clearInsertionPoint();
  auto function =
      func::FuncOp::create(builder, loop.getLoc(), name, builder.getFunctionType(types, {}));
  function.setPrivate();
  // Attributes for the code generator are those of the function that the loop was in.
  if (Attribute passthrough = loop->getParentOfType<func::FuncOp>()->getAttr("passthrough"))
    function->setAttr("passthrough", passthrough);
  symbols.insert(function, position);
  return function;
}

/// The iterations are counted with the last dimension running fastest.
void Outliner::mapInductionVariables(Value linear) {
  Location loc = loop.getLoc();
  SmallVector<Value> positions(counts.size(), arith::ConstantIndexOp::create(builder, loc, 0));
  for (; dims.size() > 1; dims.pop_back()) {
    Value count = mapping.lookup(counts[dims.back()]);
    positions[dims.back()] = arith::RemUIOp::create(builder, loc, linear, count);
    linear = arith::DivUIOp::create(builder, loc, linear, count);
  }
  if (!dims.empty())
    positions[dims.front()] = linear;
  for (auto [variable, lower, step, position] :
       llvm::zip_equal(loop.getInductionVars(), loop.getLowerBound(), loop.getStep(), positions)) {
    Value offset = multiply(position, mapping.lookup(step));
    mapping.map(variable, builder.createOrFold<arith::AddIOp>(loc, offset, mapping.lookup(lower)));
  }
}

/// The stack would grow with each iteration otherwise.
void Outliner::hoistAllocations(scf::ForOp tasks) {
  tasks->walk([&](memref::AllocaOp alloca) {
    if (alloca->getParentWithTrait<OpTrait::AutomaticAllocationScope>() == tasks &&
        llvm::all_of(alloca->getOperands(),
                     [&](Value size) { return tasks.isDefinedOutsideOfLoop(size); }))
      alloca->moveBefore(tasks);
  });
}

void Outliner::emitBody(func::FuncOp function) {
  Location loc = loop.getLoc();
  Block *entry = function.addEntryBlock();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(entry);
  mapping.map(captured.getArrayRef(), entry->getArguments().drop_back(2));
  for (Value value : repeated)
    builder.clone(*value.getDefiningOp(), mapping);
  Value begin = entry->getArguments().take_back(2)[0], end = entry->getArguments().back();
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  auto tasks = scf::ForOp::create(builder, loc, begin, end, one);
  func::ReturnOp::create(builder, loc);
  builder.setInsertionPointToStart(tasks.getBody());
  mapInductionVariables(tasks.getInductionVar());
  for (Operation &op : loop.getBody()->without_terminator())
    builder.clone(op, mapping);
  hoistAllocations(tasks);
}

void Outliner::run(StringRef name, Block::iterator position) {
  emitCounts();
  collectCaptured();
  func::FuncOp function = createFunction(name, position);
  emitBody(function);
  ParallelCallOp::create(builder, loop.getLoc(), function.getSymName(), captured.getArrayRef(),
                         total);
  loop.erase();
}

/// The outermost loops of a function that can be outlined.
SmallVector<scf::ParallelOp> findLoops(func::FuncOp function) {
  SmallVector<scf::ParallelOp> loops;
  function.walk<WalkOrder::PreOrder>([&](scf::ParallelOp loop) {
    if (loop.getNumReductions() == 0) {
      loops.push_back(loop);
      return WalkResult::skip();
    }
    remark::missed(loop.getLoc(),
                   remark::RemarkOpts::name("one thread").category("tconv-outline-parallel-loops"))
        << remark::reason("a loop with reductions, whose order decides about the last bits");
    return WalkResult::advance();
  });
  return loops;
}

struct OutlineParallelLoopsPass
    : mlir::tconv::impl::OutlineParallelLoopsPassBase<OutlineParallelLoopsPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto function : llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      auto position = std::next(function->getIterator());
      for (auto [number, loop] : llvm::enumerate(findLoops(function)))
        Outliner(symbols, loop)
            .run((function.getSymName() + "_parallel_" + Twine(number)).str(), position);
    }
  }
};

} // namespace
