//===- ConstantTable.cpp - Constant numbers in a GPU module ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantTable.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace mlir::tconv;

Value mlir::tconv::createConstantTable(KernelBuilder &b, gpu::GPUModuleOp module,
                                       ArrayRef<int32_t> numbers) {
  const auto size = static_cast<int64_t>(numbers.size());
  LLVM::GlobalOp global;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    auto value = DenseElementsAttr::get(RankedTensorType::get({size}, b.getI32Type()), numbers);
    global = LLVM::GlobalOp::create(b, LLVM::LLVMArrayType::get(b.getI32Type(), size),
                                    /*isConstant=*/true, LLVM::Linkage::Internal, "tconv_table",
                                    value, /*alignment=*/4, globalMemory);
  }
  global->remove();
  SymbolTable(module).insert(global, Block::iterator(module.getBody()->begin()));
  return LLVM::AddressOfOp::create(b, global);
}
