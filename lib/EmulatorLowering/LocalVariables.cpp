//===- LocalVariables.cpp - Variables of one thread -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An llvm.alloca of constant size anywhere in a function
//
// becomes
//
// one at the function's start, so that a loop does not allocate in each round: what is in local
// memory on a GPU is on the stack of a fiber here, and that is small.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

// Half of the stack of a fiber (lib/Emulator/Fiber.h); calls need the rest.
static constexpr uint64_t maxLocalBytes = 128 << 10;

/// The bytes of a variable, or an error if they depend on a value.
static FailureOr<uint64_t> getSize(LLVM::AllocaOp variable) {
  APInt count;
  if (!matchPattern(variable.getArraySize(), m_ConstantInt(&count))) {
    variable.emitError("the emulator has no local variables of dynamic size");
    return failure();
  }
  uint64_t bytes = DataLayout::closest(variable).getTypeSize(variable.getElemType());
  return bytes * count.getZExtValue();
}

LogicalResult mlir::tconv::placeLocalVariables(LLVM::LLVMFuncOp function) {
  uint64_t bytes = 0;
  SmallVector<LLVM::AllocaOp> variables;
  function.walk([&](LLVM::AllocaOp variable) { variables.push_back(variable); });
  for (LLVM::AllocaOp variable : variables) {
    FailureOr<uint64_t> size = getSize(variable);
    if (failed(size))
      return failure();
    bytes += *size;
    OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
    Operation *count = builder.clone(*variable.getArraySize().getDefiningOp());
    variable->moveAfter(count);
    variable.getArraySizeMutable().assign(count->getResult(0));
  }
  if (bytes <= maxLocalBytes)
    return success();
  return function.emitError("the emulator has no room for more than ")
         << maxLocalBytes << " bytes of local variables, got " << bytes;
}
