//===- Compiler.cpp - From a module to something that runs ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compilers.h"
#include "LoweringFailures.h"

#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/Signature.h"
#include "tconv/IR/TconvDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include <chrono>

using namespace tconv;

namespace {

/// There is nothing to link with, so every function that is called must have a body;
/// and lowered code calls some functions by name.
Status checkFunctions(mlir::ModuleOp module) {
  for (auto function : module.getOps<mlir::func::FuncOp>()) {
    llvm::StringRef name = function.getSymName();
    if (name == "malloc" || name == "free" || name.starts_with("tconv"))
      return Error{"expected function names other than malloc, free and tconv..., got @" +
                   name.str()};
    if (function.isExternal() && !function.symbolKnownUseEmpty(module))
      return Error{"expected functions with a body, got a declaration of @" + name.str(), true};
  }
  return success();
}

/// Bytes of an element in memory, where an index takes 8 as anything does that has no width of
/// its own.
double bytesOf(mlir::Type element) {
  if (auto complex = llvm::dyn_cast<mlir::ComplexType>(element))
    return 2 * bytesOf(complex.getElementType());
  return element.isIntOrFloat() ? llvm::divideCeil(element.getIntOrFloatBitWidth(), 8) : 8;
}

/// Constants become part of the code, which is addressed with 32-bit offsets.
Status checkConstants(mlir::ModuleOp module) {
  constexpr double limit = 1 << 30;
  double bytes = 0;
  module.walk([&](mlir::arith::ConstantOp constant) {
    auto type = llvm::dyn_cast<mlir::ShapedType>(constant.getType());
    if (!type || !type.hasStaticShape())
      return;
    double size = bytesOf(type.getElementType());
    for (int64_t extent : type.getShape())
      size *= static_cast<double>(extent);
    bytes += size;
  });
  if (bytes > limit)
    return Error{"expected constants of at most 2^30 bytes in all, got " + formatCount(bytes) +
                 ": pass large tensors as arguments"};
  return success();
}

std::string listShapes(const std::vector<HostTensor> &inputs) {
  std::string text;
  for (const HostTensor &input : inputs)
    text += (text.empty() ? "" : ", ") + input.typeString();
  return text;
}

} // namespace

double tconv::now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Error tconv::describeFailure(const Error &error, const std::vector<HostTensor> &inputs) {
  return Error{error.message + (inputs.empty() ? "" : " (inputs: " + listShapes(inputs) + ")"),
               error.unsupported};
}

Status tconv::makeEntry(mlir::ModuleOp module, mlir::FunctionOpInterface entry) {
  if (Status status = checkFunctions(module); !status)
    return status;
  if (Status status = checkConstants(module); !status)
    return status;
  for (auto function : module.getOps<mlir::func::FuncOp>())
    if (!function->hasAttr(mlir::tconv::TconvDialect::kPackedBytesAttrName))
      function.setPrivate();
  entry.setPublic();
  if (launchesKernels(module) || mlir::tconv::hasRecordedSignature(entry))
    return success(); // has passed the stage that asks for this
  auto readOnly = mlir::BoolAttr::get(entry.getContext(), false);
  for (unsigned index = 0; index < entry.getNumArguments(); ++index)
    entry.setArgAttr(index, mlir::bufferization::BufferizationDialect::kWritableAttrName, readOnly);
  return success();
}

/// The stage that a module has passed already, as far as those behind it need to know.
static mlir::tconv::Stage passedStage(mlir::ModuleOp module) {
  if (launchesKernels(module))
    return mlir::tconv::Stage::Outlined;
  for (auto function : module.getOps<mlir::FunctionOpInterface>())
    if (mlir::tconv::hasRecordedSignature(function))
      return llvm::isa<mlir::func::FuncOp>(*function) ? mlir::tconv::Stage::Bufferized
                                                      : mlir::tconv::Stage::LLVM;
  return mlir::tconv::Stage::Input;
}

void tconv::setPipeline(mlir::tconv::PipelineOptions &pipeline, mlir::ModuleOp module,
                        const CompileOptions &options) {
  pipeline.algorithm = options.algorithm;
  pipeline.sizesHint = options.sizesHint;
  pipeline.parallel = options.threads != 1;
  pipeline.targetCpu = options.target.cpu.empty() ? "host" : options.target.cpu;
  pipeline.target = options.platform.target();
  pipeline.allowTf32 = options.platform.allowTf32;
  if (options.platform.arch)
    pipeline.arch = options.platform.arch->name();
  pipeline.startAfter = mlir::tconv::stringifyStage(passedStage(module)).str();
}

Status tconv::runPasses(mlir::ModuleOp module, const CompileOptions &options,
                        mlir::tconv::Stage last) {
  mlir::PassManager manager(module.getContext());
  if (options.configurePasses && failed(options.configurePasses(manager)))
    return Error{"the pass manager's options could not be applied"};
  mlir::tconv::PipelineOptions pipeline;
  setPipeline(pipeline, module, options);
  pipeline.stopAfter = mlir::tconv::stringifyStage(last).str();
  if (Status status = mlir::tconv::buildPipeline(manager, pipeline); !status)
    return status.error();
  PassFailures failures(module, manager);
  if (failed(manager.run(module)))
    return failures.describe();
  return success();
}
