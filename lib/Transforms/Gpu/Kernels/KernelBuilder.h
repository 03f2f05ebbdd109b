//===- KernelBuilder.h - Short spellings for the IR of GPU kernels *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels compute positions in i32, and read and write through LLVM's pointers.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELBUILDER_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELBUILDER_H

#include "../../Layers/CodeBuilder.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

namespace mlir::tconv {

/// Address spaces of NVVM.
inline constexpr unsigned globalMemory = 1, sharedMemory = 3, sharedClusterMemory = 7;

class KernelBuilder : public CodeBuilder {
public:
  using CodeBuilder::CodeBuilder;

  Value i32(int64_t value);
  Value position(int64_t value) override { return i32(value); }
  /// 0 in place of negative numbers.
  Value orZero(Value a) { return maxSigned(a, i32(0)); }
  Value exclusiveOr(Value a, Value b) { return createOrFold<arith::XOrIOp>(a, b); }
  Value exclusiveOr(Value a, int64_t b) { return b == 0 ? a : exclusiveOr(a, i32(b)); }
  Value both(Value a, Value b) { return createOrFold<arith::AndIOp>(a, b); }
  Value select(Value condition, Value a, Value b) {
    return createOrFold<arith::SelectOp>(condition, a, b);
  }
  /// Comparisons; `below` is of unsigned numbers, so that negative ones are not below.
  Value below(Value a, Value b) { return compare(arith::CmpIPredicate::ult, a, b); }
  Value below(Value a, int64_t b) { return below(a, i32(b)); }
  Value equal(Value a, int64_t b) { return compare(arith::CmpIPredicate::eq, a, i32(b)); }
  Value equal(Value a, Value b) { return compare(arith::CmpIPredicate::eq, a, b); }
  Value atLeast(Value a, Value b) { return compare(arith::CmpIPredicate::uge, a, b); }
  Value notNegative(Value a) { return compare(arith::CmpIPredicate::sge, a, i32(0)); }

  /// The address of an element.
  Value at(Value pointer, Type element, Value index) {
    return LLVM::GEPOp::create(*this, pointer.getType(), element, pointer, index);
  }
  Value atByte(Value pointer, Value offset) { return at(pointer, getI8Type(), offset); }
  Value atByte(Value pointer, int64_t offset) {
    return offset == 0 ? pointer : atByte(pointer, i32(offset));
  }
  Value load(Type type, Value pointer, int64_t alignment) {
    return LLVM::LoadOp::create(*this, type, pointer, alignment);
  }
  void store(Value value, Value pointer, int64_t alignment) {
    LLVM::StoreOp::create(*this, value, pointer, alignment);
  }
  /// Neighbouring elements of a buffer in global memory, in accesses of at most 16 bytes. `index`
  /// is a multiple of `count`, a power of two.
  SmallVector<Value> loadElements(Value buffer, Type element, Value index, int64_t count);
  Value extract(Value vector, int64_t lane);
  Value insert(Value element, Value vector, int64_t lane);
  Value poison(Type type) { return LLVM::PoisonOp::create(*this, type); }
  Value bitcast(Value value, Type type) {
    return value.getType() == type ? value : LLVM::BitcastOp::create(*this, type, value);
  }

  Value threadIndex() { return NVVM::ThreadIdXOp::create(*this, getI32Type()); }
  Value blockIndexX() { return NVVM::BlockIdXOp::create(*this, getI32Type()); }
  Value blockIndexY() { return NVVM::BlockIdYOp::create(*this, getI32Type()); }
  void barrier() { NVVM::BarrierOp::create(*this); }

protected:
  /// The code generator leaves loops as they are: their copies would not fit the registers.
  void annotate(scf::ForOp loop) override;

private:
  Value compare(arith::CmpIPredicate predicate, Value a, Value b) {
    return createOrFold<arith::CmpIOp>(predicate, a, b);
  }
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELBUILDER_H
