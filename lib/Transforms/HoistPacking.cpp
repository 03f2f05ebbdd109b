//===- HoistPacking.cpp - Filters packed by a function of their own -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   func.func @main(%x: ..., %w: ... {tconv.constant}) -> ... {
//     %packed = tconv.pack_filter ins(%w : ...) ...
//     ...
//   }
//
// becomes
//
//   func.func @main_pack(%w: ...) -> tensor<...> { ... return %packed : ... }
//   func.func @main(%x: ..., %w: ..., %packed: tensor<...> {tconv.packed}) -> ... { ... }
//
// Test: test/Transforms/hoist-packing.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_HOISTPACKINGPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The argument that a value is, if its function promises to be called with the same
/// tensor every time.
BlockArgument getConstantArgument(Value value, func::FuncOp function) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner() != &function.getBody().front())
    return nullptr;
  return function.getArgAttr(argument.getArgNumber(), TconvDialect::kConstantAttrName) ? argument
                                                                                       : nullptr;
}

SmallVector<PackFilterOp> collectPacking(func::FuncOp function) {
  SmallVector<PackFilterOp> ops;
  function.walk([&](PackFilterOp op) {
    if (getConstantArgument(op.getFilter(), function))
      ops.push_back(op);
  });
  return ops;
}

/// A function of the constant arguments, in their order, that gives the packed filters.
void createPackFunction(func::FuncOp function, ArrayRef<PackFilterOp> ops) {
  OpBuilder builder(function);
  SmallVector<Type> arguments, results;
  SmallVector<unsigned> numbers;
  for (BlockArgument argument : function.getArguments())
    if (getConstantArgument(argument, function)) {
      numbers.push_back(argument.getArgNumber());
      arguments.push_back(argument.getType());
    }
  for (PackFilterOp op : ops)
    results.push_back(op.getPacked().getType());
  auto pack = func::FuncOp::create(builder, function.getLoc(),
                                   (function.getSymName() + packFunctionSuffix).str(),
                                   builder.getFunctionType(arguments, results));
  pack.setVisibility(function.getVisibility());
  SmallVector<int64_t> bytes;
  for (Type type : results)
    bytes.push_back(cast<ShapedType>(type).getNumElements() *
                    cast<ShapedType>(type).getElementTypeBitWidth() / 8);
  pack->setAttr(TconvDialect::kPackedBytesAttrName, builder.getDenseI64ArrayAttr(bytes));
  Block *block = pack.addEntryBlock();
  builder.setInsertionPointToStart(block);
  IRMapping mapping;
  for (auto [number, argument] : llvm::zip(numbers, block->getArguments()))
    mapping.map(function.getArgument(number), argument);
  SmallVector<Value> packed;
  for (PackFilterOp op : ops) {
    builder.clone(*op.getInit().getDefiningOp(), mapping);
    packed.push_back(builder.clone(*op, mapping)->getResult(0));
  }
  func::ReturnOp::create(builder, function.getLoc(), packed);
}

LogicalResult hoist(func::FuncOp function, SymbolTable &symbols) {
  SmallVector<PackFilterOp> ops = collectPacking(function);
  if (ops.empty())
    return success();
  std::string name = (function.getSymName() + packFunctionSuffix).str();
  if (symbols.lookup(name))
    return function.emitError("expected no function called @") << name << ": it packs filters";
  createPackFunction(function, ops);
  auto attribute = DictionaryAttr::getWithSorted(
      function.getContext(),
      NamedAttribute(StringAttr::get(function.getContext(), TconvDialect::kPackedAttrName),
                     UnitAttr::get(function.getContext())));
  for (PackFilterOp op : ops) {
    const unsigned number = function.getNumArguments();
    if (failed(function.insertArgument(number, op.getPacked().getType(), attribute, op.getLoc())))
      return failure();
    op.getPacked().replaceAllUsesWith(function.getArgument(number));
    op.erase();
  }
  return success();
}

struct HoistPackingPass : mlir::tconv::impl::HoistPackingPassBase<HoistPackingPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    auto functions = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp function : functions)
      if (function.isPublic() && !function.isExternal() && failed(hoist(function, symbols)))
        return signalPassFailure();
  }
};

} // namespace
