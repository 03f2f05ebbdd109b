//===- FlagChecks.h - Whether the flags of a tool go together ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing that a user says is ignored: a flag that a combination leaves unread, a file that
// two outputs would share and a variable that is no number are errors.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TOOLS_FLAGS_FLAGCHECKS_H
#define TCONV_TOOLS_FLAGS_FLAGCHECKS_H

#include "tconv/Support/Result.h"

#include "llvm/Support/CommandLine.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace tconv {

/// A flag, and what it has to be given with.
struct FlagUse {
  const llvm::cl::Option &flag;
  /// Whether the other flags leave it a meaning.
  bool used;
  /// What would: "--target=emulated", or "no --input".
  const char *needs;
};

/// An error for the first flag that was given and is not used: "expected NEEDS with --FLAG".
Status checkFlagUses(std::initializer_list<FlagUse> uses);

/// A file that a tool writes; an empty path, unless the flag was given, stands for none.
struct OutputPath {
  const llvm::cl::Option &flag;
  std::string path;
};

/// Checks that every output is a file of its own: not "-", not empty, no other output and none
/// of the files that are read.
Status checkOutputPaths(const std::vector<OutputPath> &outputs,
                        const std::vector<std::string> &inputs);

/// The only positional argument, or nothing. Of several the error says which was perhaps meant for
/// one of `withEqualsSign`, the flags whose values must follow an equals sign.
Result<std::string> onlyPositional(const llvm::cl::list<std::string> &positional,
                                   std::initializer_list<const llvm::cl::Option *> withEqualsSign);

/// Checks the environment variables TCONV_NUM_THREADS, TCONV_CACHE and TCONV_CACHE_DIR.
Status checkEnvironment();

} // namespace tconv

#endif // TCONV_TOOLS_FLAGS_FLAGCHECKS_H
