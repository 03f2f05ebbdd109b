//===- Jit.h - From LLVM IR to callable code -----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_JIT_H
#define TCONV_EXECUTION_JIT_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/StringRef.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
namespace orc {
class LLJIT;
} // namespace orc
} // namespace llvm

namespace tconv {

/// Code compiled for this machine, in this process.
class Jit {
public:
  /// Optimises the module for the host and compiles it. Calls in it reach the
  /// functions of the tconv runtime and the C library.
  static Result<Jit> create(std::unique_ptr<llvm::LLVMContext> context,
                            std::unique_ptr<llvm::Module> module);

  Jit(Jit &&);
  Jit &operator=(Jit &&);
  ~Jit();

  /// The address of a function.
  Result<void *> lookup(llvm::StringRef name) const;

private:
  explicit Jit(std::unique_ptr<llvm::orc::LLJIT> engine);
  std::unique_ptr<llvm::orc::LLJIT> engine;
};

} // namespace tconv

#endif // TCONV_EXECUTION_JIT_H
