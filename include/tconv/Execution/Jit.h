//===- Jit.h - From an object file to callable code ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_JIT_H
#define TCONV_EXECUTION_JIT_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>

namespace llvm {
class MemoryBuffer;
class TargetMachine;
namespace orc {
class LLJIT;
} // namespace orc
} // namespace llvm

namespace tconv {

/// A function or variable of this process that code may refer to.
struct JitSymbol {
  std::string name;
  void *address;
};

/// Code that can be called, in this process.
class Jit {
public:
  /// Links an object file, made by the code generator `machine`, into this process.
  /// It reaches the functions of the tconv runtime and the C library, and `symbols`.
  static Result<Jit> create(std::unique_ptr<llvm::MemoryBuffer> object,
                            const llvm::TargetMachine &machine,
                            llvm::ArrayRef<JitSymbol> symbols = {});

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
