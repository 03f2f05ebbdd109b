//===- Arrays.h - Tensors between C and the libraries --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CAPI_ARRAYS_H
#define TCONV_LIB_CAPI_ARRAYS_H

#include "tconv-c/Compiler.h"

#include "tconv/HostTensor/TensorSpec.h"

#include <string>
#include <vector>

namespace tconv {

/// Views of an array for each specification, with its element type. `what` is "input" or "result".
Result<std::vector<HostTensor>> viewArrays(const std::vector<TensorSpec> &specs,
                                           const TconvArray *arrays, const std::string &what);

/// Hands tensors that own their elements to a caller, who frees the elements. Each array has room
/// for the sizes.
void giveArrays(std::vector<HostTensor> tensors, TconvArray *arrays);

} // namespace tconv

#endif // TCONV_LIB_CAPI_ARRAYS_H
