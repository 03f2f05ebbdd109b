//===- Link.h - From an object file to a shared library ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_LINK_H
#define TCONV_LIB_COMPILE_LINK_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/StringRef.h"

#include <memory>

namespace llvm {
class MemoryBuffer;
} // namespace llvm

namespace tconv {

/// Links an object file to a shared library with the system's C compiler, the one that
/// the environment variable CC names or the first of cc, gcc and clang; unsupported if
/// there is none. `name` is what programs linked with the library will look for.
Result<std::unique_ptr<llvm::MemoryBuffer>> linkSharedLibrary(llvm::StringRef object,
                                                              llvm::StringRef name);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_LINK_H
