//===- Embedded.h - The files of the page -----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tconv_embed of cmake/TconvEmbed.cmake has made of the files in page/.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_EMBEDDED_H
#define TCONV_LIB_EXPLAIN_EMBEDDED_H

#include <string_view>

namespace tconv::embedded {

extern const std::string_view pageTemplate;
extern const std::string_view pageStyle;
extern const std::string_view pageScript;

} // namespace tconv::embedded

#endif // TCONV_LIB_EXPLAIN_EMBEDDED_H
