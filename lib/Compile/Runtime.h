//===- Runtime.h - The runtime inside of an artefact ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_RUNTIME_H
#define TCONV_LIB_COMPILE_RUNTIME_H

#include <string>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace tconv {

/// Links the runtime into a module, with its C functions under `prefix` and all else
/// internal, and removes what is not used. `threads` is the number at the start.
void linkRuntime(llvm::Module &module, const llvm::TargetMachine &machine,
                 const std::string &prefix, int threads);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_RUNTIME_H
