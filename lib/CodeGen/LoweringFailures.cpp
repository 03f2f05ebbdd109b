//===- LoweringFailures.cpp - What was not lowered ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoweringFailures.h"

#include "tconv/IR/Unsupported.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"

using namespace tconv;

class PassFailures::Watcher : public mlir::PassInstrumentation {
public:
  explicit Watcher(PassFailures &failures) : failures(failures) {}

  void runAfterPassFailed(mlir::Pass *pass, mlir::Operation *) override {
    // What runs passes on the functions of a module is a pass without a name.
    llvm::StringRef name = pass->getArgument();
    if (!name.empty() && !name.starts_with("tconv-"))
      failures.failedUpstream = true;
  }

private:
  PassFailures &failures;
};

SourceOps::SourceOps(mlir::ModuleOp module)
    : handler(module.getContext(), [this](mlir::Diagnostic &diagnostic) {
        std::lock_guard<std::mutex> lock(mutex);
        if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error && !place)
          place = diagnostic.getLocation();
        return mlir::failure(); // for others to report
      }) {
  module.walk([&](mlir::Operation *op) {
    if (!llvm::isa<mlir::UnknownLoc>(op->getLoc()))
      names.try_emplace(op->getLoc(), op->getName());
  });
}

Error SourceOps::name(const Error &error) const {
  auto op = error.unsupported && place ? names.find(*place) : names.end();
  if (op == names.end())
    return error;
  std::string text = error.message + ": there is no lowering of ";
  return unsupported(text + op->second.getStringRef().str());
}

PassFailures::PassFailures(mlir::ModuleOp module, mlir::PassManager &manager)
    : module(module), source(module) {
  manager.addInstrumentation(std::make_unique<Watcher>(*this));
}

/// The message of a check of sizes that is known to fail. Ops of such sizes are not valid any more
/// when those have become part of their types.
static std::optional<std::string> findFailedCheck(mlir::ModuleOp module) {
  std::optional<std::string> message;
  module.walk([&](mlir::cf::AssertOp assertion) {
    if (!message && matchPattern(assertion.getArg(), mlir::m_Zero()))
      message = assertion.getMsg().str();
  });
  return message;
}

Error PassFailures::describe() const {
  if (std::optional<std::string> message = findFailedCheck(module))
    return Error{*message};
  const bool isUnsupported = failedUpstream || mlir::tconv::holdsUnsupported(module);
  return source.name({"the module could not be compiled", isUnsupported});
}
