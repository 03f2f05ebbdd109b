//===- EmitPTX.cpp - Kernels as PTX ---------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The GPU modules of a module in the stage nvvm go through the stage ptx in a copy, once for
// each architecture. A text that calls a function which nothing defines is refused here: the
// driver's message would come when the program is loaded, on another machine.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/GpuCode.h"

#include "tconv/Pipelines/Pipelines.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Pass/PassManager.h"

using namespace tconv;

/// The first function that the text calls and nobody defines; empty if there is none. The
/// driver has printf, malloc and the like.
static std::string findMissing(llvm::StringRef text) {
  constexpr llvm::StringLiteral prefix = "__nv_";
  size_t declared = 0;
  while ((declared = text.find(".extern .func", declared)) != llvm::StringRef::npos) {
    llvm::StringRef line = text.substr(declared, text.find(';', declared) - declared);
    if (size_t name = line.find(prefix); name != llvm::StringRef::npos)
      return line.substr(name)
          .take_while([](char letter) { return llvm::isAlnum(letter) || letter == '_'; })
          .str();
    ++declared;
  }
  return "";
}

std::vector<std::string> tconv::collectPTX(mlir::ModuleOp module) {
  std::vector<std::string> texts;
  for (auto binary : module.getOps<mlir::gpu::BinaryOp>())
    for (auto object : binary.getObjects().getAsRange<mlir::gpu::ObjectAttr>()) {
      llvm::StringRef text = object.getObject().getValue();
      texts.push_back(text.take_until([](char letter) { return letter == '\0'; }).str());
    }
  return texts;
}

Result<CodeImage> tconv::emitPTX(mlir::ModuleOp module, const GpuArch &arch,
                                 const std::string &toolkit) {
  mlir::OwningOpRef<mlir::ModuleOp> kernels = mlir::ModuleOp::create(module.getLoc());
  for (auto gpuModule : module.getOps<mlir::gpu::GPUModuleOp>())
    kernels->push_back(gpuModule->clone());
  if (kernels->getBody()->empty())
    return CodeImage{CodeImage::Kind::PTX, arch, ""};
  mlir::tconv::PipelineOptions options;
  options.target = mlir::tconv::Target::Cuda;
  options.startAfter = mlir::tconv::stringifyStage(mlir::tconv::Stage::NVVM).str();
  options.arch = arch.name();
  options.toolkit = toolkit;
  mlir::PassManager manager(module.getContext());
  if (Status status = mlir::tconv::buildPipeline(manager, options); !status)
    return status.error();
  if (failed(manager.run(*kernels)))
    return Error{"the kernels could not be compiled to PTX for " + arch.name()};
  std::vector<std::string> texts = collectPTX(*kernels);
  if (texts.size() != 1)
    return Error{"expected one text of PTX, got " + std::to_string(texts.size())};
  if (std::string missing = findMissing(texts[0]); !missing.empty())
    return unsupported("expected a CUDA toolkit, found none: kernels call " + missing +
                       " of its library libdevice (CUDA_HOME names a toolkit)");
  return CodeImage{CodeImage::Kind::PTX, arch, std::move(texts[0])};
}
