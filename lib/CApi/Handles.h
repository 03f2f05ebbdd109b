//===- Handles.h - What the handles of the compiler's C interface are -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CAPI_HANDLES_H
#define TCONV_LIB_CAPI_HANDLES_H

#include "Support.h"

#include "tconv-c/Compiler.h"

#include "tconv/Execution/Executable.h"

#include <string>
#include <vector>

struct TconvOptions {
  /// The function to compile; empty for the default.
  std::string entry;
  /// Whether what passes say is kept.
  bool remarks = false;
  tconv::CompileOptions compile;
  tconv::DeviceOptions device;
};

struct TconvExecutable {
  tconv::Executable code;
  std::string remarks;
  std::string where;
};

struct TconvPacked {
  std::vector<tconv::HostTensor> filters;
};

namespace tconv {

/// The defaults, which differ from those of CompileOptions: all threads, and the cache.
TconvOptions defaultOptions();

/// Gives a copy of a text, which tconvTextFree frees, or null, and the number that stands for a
/// status.
int giveText(const Result<std::string> &made, char **text);

} // namespace tconv

#endif // TCONV_LIB_CAPI_HANDLES_H
