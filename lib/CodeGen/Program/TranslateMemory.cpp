//===- TranslateMemory.cpp - Buffers and launches as instructions ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What functions that launch kernels do with memory: they allocate, copy and free buffers of the
// device, compute addresses, and launch. They neither load nor store an element, which would
// need a copy between the memories for each.
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "tconv/Transforms/RuntimeFunctions.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using ::tconv::FunctionTranslator;
using ::tconv::Opcode;
using ::tconv::Register;

/// Whether a constant is only the message of checks, which instructions hold as text.
static bool isMessage(LLVM::AddressOfOp op) {
  return !op->use_empty() && llvm::all_of(op->getUsers(), [](Operation *user) {
    auto call = dyn_cast<LLVM::CallOp>(user);
    return call && call.getCallee() == mlir::tconv::getName(mlir::tconv::RuntimeFunction::Check);
  });
}

/// Whether a pointer is to a local variable.
static bool isLocal(Value pointer) {
  while (auto address = pointer.getDefiningOp<LLVM::GEPOp>())
    pointer = address.getBase();
  return pointer.getDefiningOp<LLVM::AllocaOp>() != nullptr;
}

LogicalResult FunctionTranslator::translateMemory(Operation &op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](LLVM::AddressOfOp op) -> LogicalResult {
        if (isMessage(op)) {
          alias(op, {0});
          return llvm::success();
        }
        FailureOr<size_t> segment = symbols.segmentOf(op);
        if (failed(segment))
          return failure();
        alias(op, {emit(Opcode::Segment, {}, static_cast<int64_t>(*segment))});
        return llvm::success();
      })
      .Case([&](LLVM::GEPOp op) {
        if (!isLocal(op))
          return translateAddress(op);
        alias(op, {0});
        return llvm::success();
      })
      .Case([&](LLVM::CallOp op) { return translateCall(op); })
      .Case([&](LLVM::MemcpyOp op) {
        emitAction(Opcode::Copy,
                   {registerOf(op.getDst()), registerOf(op.getSrc()), registerOf(op.getLen())});
        return llvm::success();
      })
      .Case([&](LLVM::AllocaOp op) { return translateLocal(op); })
      .Case([&](LLVM::StoreOp op) {
        return isLocal(op.getAddr()) ? llvm::success()
                                     : refuse(*op, "an access to the memory of the device");
      })
      .Case([&](gpu::LaunchFuncOp op) { return translateLaunch(op); })
      .Default([&](Operation *) { return refuse(op, "an access to the memory of the device"); });
}

/// Where the word of a part of a struct or an array is among those of the whole.
static unsigned wordOffset(Type type, ArrayRef<int64_t> position) {
  unsigned words = 0;
  for (int64_t number : position) {
    if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
      type = array.getElementType();
      words += static_cast<unsigned>(number) * ::tconv::numWords(type);
      continue;
    }
    ArrayRef<Type> body = cast<LLVM::LLVMStructType>(type).getBody();
    for (Type before : body.take_front(number))
      words += ::tconv::numWords(before);
    type = body[number];
  }
  return words;
}

LogicalResult FunctionTranslator::translateAggregate(Operation &op) {
  Value result = op.getResult(0);
  if (auto insert = dyn_cast<LLVM::InsertValueOp>(op)) {
    Registers words = registersOf(insert.getContainer());
    unsigned offset = wordOffset(result.getType(), insert.getPosition());
    llvm::copy(registersOf(insert.getValue()), words.begin() + offset);
    alias(result, words);
  } else if (auto extract = dyn_cast<LLVM::ExtractValueOp>(op)) {
    ArrayRef<Register> words = registersOf(extract.getContainer());
    unsigned offset = wordOffset(extract.getContainer().getType(), extract.getPosition());
    alias(result, Registers(words.slice(offset, numWords(result.getType()))));
  } else {
    alias(result, Registers(numWords(result.getType()), constant(0)));
  }
  return llvm::success();
}

Register FunctionTranslator::scaled(Register index, int64_t bytes, bool isSize) {
  if (bytes == 1)
    return index;
  return emit(isSize ? Opcode::MulSize : Opcode::Mul, {index, constant(bytes)});
}

LogicalResult FunctionTranslator::translateAddress(LLVM::GEPOp op) {
  Type type = op.getElemType();
  Register address = registerOf(op.getBase());
  for (auto [number, index] : llvm::enumerate(op.getIndices())) {
    if (number != 0) {
      auto array = dyn_cast<LLVM::LLVMArrayType>(type);
      if (!array)
        return refuse(*op, "an address in a struct");
      type = array.getElementType();
    }
    auto attribute = dyn_cast<IntegerAttr>(index);
    if (attribute && attribute.getInt() == 0)
      continue;
    Register count = attribute ? constant(attribute.getInt()) : signExtended(cast<Value>(index));
    address = emit(Opcode::Add, {address, scaled(count, symbols.sizeOf(type), sizes.contains(op))});
  }
  alias(op, {address});
  return llvm::success();
}

LogicalResult FunctionTranslator::translateCall(LLVM::CallOp op) {
  StringRef callee = op.getCallee().value_or("");
  auto argument = [&](unsigned number) { return registerOf(op.getArgOperands()[number]); };
  if (callee == "malloc") {
    alias(op.getResult(), {emit(Opcode::Allocate, {argument(0)})});
  } else if (callee == "free") {
    emitAction(Opcode::Free, {argument(0)});
  } else if (makesTensorMap(op)) {
    return translateTensorMap(op);
  } else if (callee == mlir::tconv::getName(mlir::tconv::RuntimeFunction::Check)) {
    FailureOr<std::string> text = symbols.textOf(op.getArgOperands()[1]);
    if (failed(text))
      return refuse(*op, "a check whose message is not known");
    emitAction(Opcode::Check, {argument(0)}, 0, std::move(*text));
    alias(op.getResult(), {constant(0)});
  } else {
    return refuse(*op, "a call of " + (callee.empty() ? "a pointer" : "@" + callee));
  }
  return llvm::success();
}

LogicalResult FunctionTranslator::addArgument(gpu::LaunchFuncOp op, Value value, uint32_t bytes,
                                              Registers &operands) {
  if (registersOf(value).size() != 1)
    return refuse(*op, "a kernel argument that is no number or address");
  bool isMap = tensorMaps.contains(value), takesMap = bytes == sizeof(TensorMap);
  if (isMap != takesMap || (bytes > 8 && !takesMap))
    return refuse(*op,
                  isMap ? "a tensor map for a parameter of " + Twine(bytes) + " bytes"
                        : "a kernel argument of " + Twine(bytes) + " bytes that is no tensor map");
  operands.push_back(registerOf(value));
  return llvm::success();
}

LogicalResult FunctionTranslator::translateLaunch(gpu::LaunchFuncOp op) {
  if (op.hasClusterSize())
    return refuse(*op, "a launch of clusters");
  if (op.getAsyncToken() || !op.getAsyncDependencies().empty() || op.getAsyncObject())
    return refuse(*op, "an asynchronous launch");
  FailureOr<size_t> kernel = symbols.kernelOf(op);
  if (failed(kernel))
    return failure();
  Registers operands;
  for (Value size : {op.getGridSizeX(), op.getGridSizeY(), op.getGridSizeZ(), op.getBlockSizeX(),
                     op.getBlockSizeY(), op.getBlockSizeZ()})
    operands.push_back(registerOf(size));
  Value shared = op.getDynamicSharedMemorySize();
  operands.push_back(shared ? registerOf(shared) : constant(0));
  for (auto [index, value] : llvm::enumerate(op.getKernelOperands()))
    if (failed(addArgument(op, value, symbols.parameterBytes(*kernel, index), operands)))
      return failure();
  emitAction(Opcode::Launch, operands, static_cast<int64_t>(*kernel));
  return llvm::success();
}
