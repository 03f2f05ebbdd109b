//===- Version.h - The version that every tool prints --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TOOLS_FLAGS_VERSION_H
#define TCONV_TOOLS_FLAGS_VERSION_H

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"

namespace tconv {

/// Prints what `--version` shows.
inline void printVersion(llvm::raw_ostream &stream) {
  stream << "tconv " TCONV_VERSION " on LLVM/MLIR " LLVM_VERSION_STRING "\n";
}

} // namespace tconv

#endif // TCONV_TOOLS_FLAGS_VERSION_H
