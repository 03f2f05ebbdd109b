//===- ToolOptions.h - What the mains of the tools share -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUN_TOOLOPTIONS_H
#define TCONV_RUN_TOOLOPTIONS_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tconv {

/// Takes away the code generator's options, which the shared libLLVM registers
/// whether wanted or not, some under names that are ours. To be called before any
/// option of a tool is made.
void removeCodegenOptions();

/// Writes a file whole or not at all.
Status writeTextFile(const std::string &path, llvm::StringRef text);

/// Reports to `log` how a tool ended, and gives its exit status.
int finish(llvm::StringRef tool, const Status &status, llvm::raw_ostream &log);

} // namespace tconv

#endif // TCONV_RUN_TOOLOPTIONS_H
