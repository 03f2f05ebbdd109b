//===- ChainDepth.h - How far chains of ops are followed -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_CHAINDEPTH_H
#define TCONV_TRANSFORMS_RAISE_CHAINDEPTH_H

namespace mlir::tconv {

/// Longer chains of ops are not followed: no front end writes them.
constexpr unsigned maxDepth = 64;

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_CHAINDEPTH_H
