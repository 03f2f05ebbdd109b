//===- Functions.h - The functions of an artefact and their names -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_FUNCTIONS_H
#define TCONV_LIB_COMPILE_FUNCTIONS_H

#include "tconv/Entry/EntryPoint.h"

namespace tconv {

struct ArtefactOptions;

/// The functions that `entry` names, separated by commas; if it is empty, the only public one,
/// main, or all public ones if none of them is main.
Result<std::vector<EntryFunction>> findFunctions(mlir::ModuleOp module, const std::string &entry);

/// What names in C begin with.
struct CNames {
  /// Of each function, and of what they share: the same if there is one.
  std::vector<std::string> prefixes;
  std::string library;
};

/// By --prefix, or else by the functions' names and the output's. An error if they are no
/// identifiers, or if two functions would have the same in capitals.
Result<CNames> chooseNames(const ArtefactOptions &options,
                           const std::vector<EntryFunction> &functions, const std::string &output);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_FUNCTIONS_H
