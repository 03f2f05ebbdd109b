//===- ReadModule.cpp - Modules from files --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Entry/ReadModule.h"

#include "tconv/IR/Unsupported.h"
#include "tconv/Pipelines/Pipelines.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace tconv;

namespace {

bool isForeign(mlir::Operation *op) {
  return !op->isRegistered() || op->getName().getDialectNamespace() == "tosa";
}

/// Whether passes could find a layer that is not tconv's.
bool mayBeRaised(mlir::ModuleOp module) {
  auto find = [](mlir::Operation *op) {
    const bool may = isForeign(op) || op->getName().getDialectNamespace() == "linalg";
    return may ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  };
  return module.walk(find).wasInterrupted();
}

/// The first op, in the order of the text, that nothing will lower; constants are left only
/// because of others.
Status checkDialects(mlir::ModuleOp module) {
  mlir::Operation *foreign = nullptr;
  module.walk<mlir::WalkOrder::PreOrder>([&](mlir::Operation *op) {
    if (isForeign(op) && (!foreign || foreign->hasTrait<mlir::OpTrait::ConstantLike>()))
      foreign = op;
  });
  if (!foreign)
    return success();
  std::string text = foreign->getName().getStringRef().str();
  if (auto name = foreign->getAttrOfType<mlir::StringAttr>("name"))
    text += " \"" + name.getValue().str() + "\""; // as of a torch.operator
  foreign->emitError("expected an operation that tconv can lower, got '") << text << "'";
  return Error{"there is no lowering of " + text, true};
}

Result<mlir::OwningOpRef<mlir::ModuleOp>> raised(Result<mlir::OwningOpRef<mlir::ModuleOp>> module) {
  if (!module)
    return module;
  if (Status status = raiseModule(**module); !status)
    return status.error();
  return module;
}

} // namespace

Result<mlir::OwningOpRef<mlir::ModuleOp>> tconv::parseModule(mlir::MLIRContext &context,
                                                             const std::string &path) {
  context.allowUnregisteredDialects();
  mlir::ParserConfig config(&context);
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(path, config);
  if (!module)
    return Error{path + " could not be read as a module"};
  return module;
}

Status tconv::raiseModule(mlir::ModuleOp module) {
  if (!mayBeRaised(module))
    return success();
  mlir::PassManager manager(module.getContext());
  mlir::tconv::PipelineOptions options;
  options.stopAfter = "raised";
  if (Status status = mlir::tconv::buildPipeline(manager, options); !status)
    return status;
  if (mlir::failed(manager.run(module)))
    return Error{"the module's layers could not be raised", mlir::tconv::holdsUnsupported(module)};
  return checkDialects(module);
}

Result<mlir::OwningOpRef<mlir::ModuleOp>> tconv::readModule(mlir::MLIRContext &context,
                                                            const std::string &path) {
  return raised(parseModule(context, path));
}

Result<mlir::OwningOpRef<mlir::ModuleOp>>
tconv::readModuleText(mlir::MLIRContext &context, llvm::StringRef text, llvm::StringRef name) {
  context.allowUnregisteredDialects();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context, name);
  if (!module)
    return Error{"the text could not be read as a module"};
  return raised(std::move(module));
}
