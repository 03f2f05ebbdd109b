//===- Unroll.h - A loop without a loop -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_UNROLL_H
#define TCONV_LIB_BENCH_UNROLL_H

/// Before a loop of a constant number of iterations, at most 32: unrolls it completely,
/// so that an array indexed in it can live in registers.
#if defined(__clang__)
#define TCONV_UNROLL _Pragma("clang loop unroll(full)")
#else
#define TCONV_UNROLL _Pragma("GCC unroll 32")
#endif

#endif // TCONV_LIB_BENCH_UNROLL_H
