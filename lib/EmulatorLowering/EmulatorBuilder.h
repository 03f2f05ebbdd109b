//===- EmulatorBuilder.h - Building calls of the emulator ----- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATORLOWERING_EMULATORBUILDER_H
#define TCONV_LIB_EMULATORLOWERING_EMULATORBUILDER_H

#include "tconv/Emulator/EntryPoints.h"
#include "tconv/EmulatorLowering/EmulatorLowering.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::tconv {

using ::tconv::BarrierReduction;
using ::tconv::EmulatorFunction;
using ::tconv::getSymbolName;

/// Whether a group of rewrites took an op.
enum class Rewritten { No, Yes, Failed };

/// Builds what ops of kernels become, and collects their sites.
class EmulatorBuilder : public OpBuilder {
public:
  /// `module` gets the declarations of what is called.
  explicit EmulatorBuilder(ModuleOp module);

  Value constant32(Location loc, int64_t value);
  Value constant64(Location loc, int64_t value);
  /// The address of a pointer as a number.
  Value address(Location loc, Value pointer);

  /// Calls a function of the emulator, which returns `result`, void if null.
  Value call(Location loc, EmulatorFunction function, Type result, ValueRange arguments) {
    return call(loc, getSymbolName(function), result, arguments);
  }
  /// The same for any function that the code is linked with.
  Value call(Location loc, StringRef name, Type result, ValueRange arguments);

  /// The address of a new site for an op, which accesses `bytes` bytes.
  Value site(Operation *op, ::tconv::SiteKind kind = ::tconv::SiteKind::Other, Type pointer = {},
             uint64_t bytes = 0, uint64_t alignment = 1);

  /// Memory of a thread for the time of one call, of 64 bytes at least; `role` tells those apart
  /// that one call needs. One of more bytes has a role of its own.
  Value slot(Operation *op, unsigned role, uint64_t bytes);
  /// The same, holding values one after the other.
  Value spill(Operation *op, unsigned role, ValueRange values);

  /// A variable that the loader provides.
  Value variable(Location loc, StringRef name);

  ArrayAttr getSites() { return getArrayAttr(sites); }
  ModuleOp getModule() { return module; }

  /// The type of pointers in lowered code.
  LLVM::LLVMPointerType pointer;
  /// The structs that wgmma return.
  DenseSet<Type> accumulators;

private:
  ModuleOp module;
  SmallVector<Attribute> sites;
  DenseMap<std::pair<Operation *, unsigned>, LLVM::AllocaOp> slots;
};

/// The alignment of a type on GPUs, in bytes: of a scalar or a vector its size, up to a power of
/// two.
uint64_t getNaturalAlignment(Type type);

/// Emits the error that the emulator has no such operation.
Rewritten failUnknown(Operation *op, const Twine &detail = "");

/// Replaces an op by a value, or erases it.
Rewritten replace(Operation *op, Value value = {});

/// Moves local variables to the start of a function; an error if they do not fit a stack.
LogicalResult placeLocalVariables(LLVM::LLVMFuncOp function);

/// The groups of rewrites, each in a file of its own.
Rewritten lowerMemoryAccess(EmulatorBuilder &builder, Operation *op);
Rewritten lowerSpecialRegister(EmulatorBuilder &builder, Operation *op);
Rewritten lowerBarrier(EmulatorBuilder &builder, Operation *op);
Rewritten lowerMbarrier(EmulatorBuilder &builder, Operation *op);
Rewritten lowerAsyncCopy(EmulatorBuilder &builder, Operation *op);
Rewritten lowerBulkCopy(EmulatorBuilder &builder, Operation *op);
Rewritten lowerMatrixOp(EmulatorBuilder &builder, Operation *op);
Rewritten lowerWmma(EmulatorBuilder &builder, Operation *op);
Rewritten lowerWgmma(EmulatorBuilder &builder, Operation *op);
/// Lets a store of what a wgmma returned store its registers.
void resolveStoredAccumulators(EmulatorBuilder &builder, LLVM::StoreOp store);
Rewritten lowerWarpOp(EmulatorBuilder &builder, Operation *op);
Rewritten lowerArithmetic(EmulatorBuilder &builder, Operation *op);
Rewritten lowerCall(EmulatorBuilder &builder, Operation *op);

} // namespace mlir::tconv

#endif // TCONV_LIB_EMULATORLOWERING_EMULATORBUILDER_H
