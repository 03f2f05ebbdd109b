//===- Session.cpp - A context and what it says ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "tconv/Entry/ReadModule.h"
#include "tconv/InitAll.h"

using namespace tconv;

namespace {

const mlir::DialectRegistry &dialects() {
  static const mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry result;
    mlir::tconv::registerAllDialects(result);
    return result;
  }();
  return registry;
}

/// "line 2, column 8: error: "
std::string describe(mlir::Diagnostic &diagnostic) {
  std::string text;
  if (auto location = diagnostic.getLocation()->findInstanceOf<mlir::FileLineColLoc>())
    text = "line " + std::to_string(location.getLine()) + ", column " +
           std::to_string(location.getColumn()) + ": ";
  if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
    text += "error: ";
  if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Note)
    text += "note: ";
  return text + diagnostic.str() + "\n";
}

} // namespace

Session::Session()
    : context(dialects(), mlir::MLIRContext::Threading::DISABLED),
      handler(&context, [this](mlir::Diagnostic &diagnostic) { return keep(diagnostic); }) {
  context.printOpOnDiagnostic(false);
}

mlir::LogicalResult Session::keep(mlir::Diagnostic &diagnostic) {
  bool isRemark = diagnostic.getSeverity() == mlir::DiagnosticSeverity::Remark;
  std::string &lines = isRemark ? remarkLines : errorLines;
  lines += describe(diagnostic);
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    lines += describe(note);
  return mlir::success();
}

Result<mlir::OwningOpRef<mlir::ModuleOp>> Session::parse(llvm::StringRef text) {
  return readModuleText(context, text, "module");
}

Error Session::explain(const Error &error) const {
  return Error{errorLines + error.message, error.unsupported};
}
