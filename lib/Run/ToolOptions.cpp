//===- ToolOptions.cpp - What the mains of the tools share ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Run/ToolOptions.h"

#include "tconv/Run/Driver.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ToolOutputFile.h"

namespace cl = llvm::cl;

void tconv::removeCodegenOptions() {
  llvm::SmallVector<cl::Option *> options;
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (llvm::none_of(option->Categories, [](cl::OptionCategory *category) {
          return category->getName() == "Generic Options"; // --help and --version
        }))
      options.push_back(option);
  for (cl::Option *option : options)
    option->removeArgument();
}

tconv::Status tconv::writeTextFile(const std::string &path, llvm::StringRef text) {
  std::error_code code;
  llvm::ToolOutputFile file(path, code, llvm::sys::fs::OF_Text);
  if (!code) {
    file.os() << text;
    file.os().close();
    code = file.os().error();
    file.os().clear_error();
  }
  if (code)
    return Error{path + ": " + code.message()};
  file.keep();
  return success();
}

int tconv::finish(llvm::StringRef tool, const Status &status, llvm::raw_ostream &log) {
  if (status)
    return Done;
  log << tool << (status.error().unsupported ? ": unsupported: " : ": error: ") << status.message()
      << "\n";
  return exitStatus(status.error());
}
