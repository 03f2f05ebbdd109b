//===- PreferredLayout.h - The layout a layer is fastest in -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_PREFERREDLAYOUT_H
#define TCONV_LIB_BENCH_PREFERREDLAYOUT_H

#include "tconv/Problem/Problem.h"

namespace tconv::bench {

/// Where channels should be if the caller may choose.
TensorLayout preferredLayout(const Problem &problem);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_PREFERREDLAYOUT_H
