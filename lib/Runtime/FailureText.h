//===- FailureText.h - Failures without strings --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the thread pool needs of Failure.h, in a form that needs no C++ library: the
// pool is also part of the artefacts of tconv-compile, which are linked with C only.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_FAILURETEXT_H
#define TCONV_LIB_RUNTIME_FAILURETEXT_H

#include <cstddef>

namespace tconv {

/// Takes this thread's failure, and copies as much of its message as `size` bytes
/// hold. False if there is none.
bool takeFailureText(char *text, size_t size);

/// Records a failure for this thread, unless it has one already.
void recordFailureText(const char *text);

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_FAILURETEXT_H
