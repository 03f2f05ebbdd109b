//===- SharedMemory.cpp - Places of variables in shared memory ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Variables in shared memory are laid out behind each other, apart, at places that are aligned as
// declared and no better: a kernel that steps over an end, or needs more alignment than it says,
// fails here as it may on a GPU. A variable of several kernels stands behind the variables of all
// of them.
//
//===----------------------------------------------------------------------===//

#include "SharedMemory.h"

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace mlir::tconv;

// What is between two variables, so that a step out of one is not in the next one.
static constexpr uint64_t gapBytes = 16;

// CUDA aligns dynamic shared memory at least so, whatever its declaration says.
static constexpr uint64_t dynamicAlignment = 16;

static constexpr unsigned sharedSpace = 3;

bool mlir::tconv::isKernel(LLVM::LLVMFuncOp function) {
  return !function.isExternal() && (function->hasAttr(NVVM::NVVMDialect::getKernelFuncAttrName()) ||
                                    function->hasAttr("gpu.kernel"));
}

bool SharedLayout::isShared(LLVM::GlobalOp variable) {
  return variable.getAddrSpace() == sharedSpace;
}

static uint64_t getSize(LLVM::GlobalOp variable) {
  return DataLayout::closest(variable).getTypeSize(variable.getType());
}

bool SharedLayout::isDynamic(LLVM::GlobalOp variable) {
  return isShared(variable) && getSize(variable) == 0;
}

static uint64_t getAlignment(LLVM::GlobalOp variable) {
  return variable.getAlignment().value_or(getNaturalAlignment(variable.getType()));
}

/// The first place from `begin` on that is aligned as declared and no better, so that a kernel
/// does not work by chance that needs more than it declares.
static uint64_t align(uint64_t begin, uint64_t alignment) {
  uint64_t place = llvm::alignTo(begin, alignment);
  return place % (2 * alignment) == 0 ? place + alignment : place;
}

/// The kernels that reach each function or variable by calls.
static void findUsers(LLVM::LLVMFuncOp kernel, LLVM::LLVMFuncOp function, SymbolTable &symbols,
                      DenseSet<Operation *> &visited,
                      llvm::MapVector<Operation *, SmallVector<LLVM::LLVMFuncOp>> &users) {
  if (!visited.insert(function).second)
    return;
  function.walk([&](Operation *op) {
    FlatSymbolRefAttr name;
    if (auto address = dyn_cast<LLVM::AddressOfOp>(op))
      name = address.getGlobalNameAttr();
    else if (auto call = dyn_cast<LLVM::CallOp>(op))
      name = call.getCalleeAttr();
    Operation *used = name ? symbols.lookup(name.getAttr()) : nullptr;
    if (auto callee = dyn_cast_or_null<LLVM::LLVMFuncOp>(used))
      findUsers(kernel, callee, symbols, visited, users);
    else if (used && visited.insert(used).second)
      users[used].push_back(kernel);
  });
}

void SharedLayout::place(LLVM::GlobalOp variable, ArrayRef<LLVM::LLVMFuncOp> users) {
  uint64_t begin = 0;
  for (LLVM::LLVMFuncOp user : users)
    begin = std::max<uint64_t>(begin, ends[user]);
  begin = align(begin, getAlignment(variable));
  offsets[variable] = begin;
  for (LLVM::LLVMFuncOp user : users) {
    kernels[user].variables.push_back({variable.getName().str(), static_cast<uint32_t>(begin),
                                       static_cast<uint32_t>(getSize(variable))});
    ends[user] = begin + getSize(variable) + gapBytes;
  }
}

/// All dynamic shared memory starts at one place, behind the variables of each kernel.
void SharedLayout::placeDynamic(ArrayRef<LLVM::GlobalOp> variables) {
  uint64_t begin = 0, alignment = dynamicAlignment;
  for (auto [kernel, end] : ends)
    begin = std::max<uint64_t>(begin, end);
  for (LLVM::GlobalOp variable : variables)
    alignment = std::max(alignment, getAlignment(variable));
  begin = align(begin, alignment);
  for (LLVM::GlobalOp variable : variables)
    offsets[variable] = begin;
  for (auto &[kernel, shared] : kernels)
    shared.dynamicOffset = begin;
}

SharedLayout::SharedLayout(ModuleOp module) {
  SymbolTable symbols(module);
  llvm::MapVector<Operation *, SmallVector<LLVM::LLVMFuncOp>> users;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    if (!isKernel(function))
      continue;
    kernels[function];
    ends[function] = 0;
    DenseSet<Operation *> visited;
    findUsers(function, function, symbols, visited, users);
  }
  SmallVector<LLVM::GlobalOp> dynamic;
  for (auto variable : module.getOps<LLVM::GlobalOp>()) {
    if (!isShared(variable))
      continue;
    if (isDynamic(variable))
      dynamic.push_back(variable);
    else
      place(variable, users[variable]);
  }
  placeDynamic(dynamic);
}
