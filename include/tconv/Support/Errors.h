//===- Errors.h - Kinds of errors --------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_ERRORS_H
#define TCONV_SUPPORT_ERRORS_H

#include "tconv/Support/Result.h"

namespace tconv {

/// What this build or machine does not do.
inline Error unsupported(std::string message) { return {std::move(message), true}; }

} // namespace tconv

#endif // TCONV_SUPPORT_ERRORS_H
