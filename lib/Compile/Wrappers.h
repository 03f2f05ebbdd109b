//===- Wrappers.h - The layer's functions, with C's types ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_WRAPPERS_H
#define TCONV_LIB_COMPILE_WRAPPERS_H

#include "Interface.h"

#include "tconv/CodeGen/Translate.h"

namespace tconv {

/// Adds <prefix>_packed_bytes, <prefix>_pack and <prefix>_run to a module, and makes
/// everything else in it internal.
PackedBuffer addWrappers(TranslatedModule &module, const CInterface &interface);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_WRAPPERS_H
