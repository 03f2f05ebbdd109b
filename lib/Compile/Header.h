//===- Header.h - The C header of an artefact ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_HEADER_H
#define TCONV_LIB_COMPILE_HEADER_H

#include "Interface.h"

namespace tconv {

/// The text of the header, for C and C++. `library` is what names begin with that all functions
/// share, and `cpu` the processor the code is made for.
std::string writeHeader(const std::vector<CFunction> &functions, const std::string &library,
                        const std::string &cpu);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_HEADER_H
