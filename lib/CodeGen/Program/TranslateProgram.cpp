//===- TranslateProgram.cpp - From the LLVM dialect to programs -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/TranslateProgram.h"

#include "FunctionTranslator.h"

#include "tconv/IR/TconvDialect.h"
#include "tconv/Support/Errors.h"
#include "tconv/Transforms/Passes.h"

using namespace tconv;

static Status translate(mlir::ModuleOp module, ProgramSymbols &symbols, Function &function) {
  auto source = module.lookupSymbol<mlir::LLVM::LLVMFuncOp>(function.name);
  if (!source || source.isExternal())
    return Error{"expected a function @" + function.name + " after lowering, found none"};
  if (failed(FunctionTranslator(symbols, function).translate(source)))
    return unsupported("@" + function.name + " does on the host what only a device can do");
  return success();
}

/// The bytes of each packed filter that a pack function gives; none if there is no such one.
static std::vector<int64_t> packedBytes(mlir::ModuleOp module, const std::string &packFunction) {
  auto function = module.lookupSymbol<mlir::LLVM::LLVMFuncOp>(packFunction);
  auto bytes = function ? function->getAttrOfType<mlir::DenseI64ArrayAttr>(
                              mlir::tconv::TconvDialect::kPackedBytesAttrName)
                        : nullptr;
  return bytes ? std::vector<int64_t>(bytes.asArrayRef()) : std::vector<int64_t>();
}

Result<Program> tconv::translateProgram(mlir::ModuleOp module, const EntryPoint &entry,
                                        std::vector<uint32_t> packInputs) {
  Program program;
  ProgramSymbols symbols(module, program);
  std::string packFunction = entry.name + mlir::tconv::packFunctionSuffix.str();
  program.entry.name = entry.name;
  program.entry.inputs = entry.inputs;
  program.entry.results = entry.results;
  program.entry.takesOutputs = entry.takesOutputs();
  program.entry.packedBytes = packedBytes(module, packFunction);
  if (Status status = translate(module, symbols, program.entry); !status)
    return status.error();
  if (!program.entry.packedBytes.empty()) {
    program.pack.name = packFunction;
    program.pack.takesOutputs = true;
    program.packInputs = std::move(packInputs);
    for (uint32_t input : program.packInputs)
      program.pack.inputs.push_back(entry.inputs[input]);
    for (int64_t bytes : program.entry.packedBytes)
      program.pack.results.push_back({ElementType::I8, {bytes}});
    if (Status status = translate(module, symbols, program.pack); !status)
      return status.error();
  }
  if (Status status = verify(program); !status)
    return status.error();
  return program;
}
