//===- JsonLayer.h - Layers as JSON -----------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_JSONLAYER_H
#define TCONV_LIB_BENCH_JSONLAYER_H

#include "tconv/Bench/Layers.h"

#include "llvm/ADT/StringRef.h"

namespace tconv::bench {

/// Reads an object, or an array of objects, as `parseLayers` says.
Result<std::vector<NamedLayer>> parseJsonLayers(llvm::StringRef text, const std::string &source);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_JSONLAYER_H
