//===- Text.h - Numbers in reports ------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_TEXT_H
#define TCONV_LIB_BENCH_TEXT_H

#include <string>

namespace tconv::bench {

/// Three digits or, of larger numbers, all in front of the point: "0.0123", "4.56",
/// "1235".
std::string significant(double value);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_TEXT_H
