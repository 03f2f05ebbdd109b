//===- Support.h - What the C interfaces share ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CAPI_SUPPORT_H
#define TCONV_LIB_CAPI_SUPPORT_H

#include "tconv-c/Support.h"

#include "tconv/HostTensor/TensorSpec.h"

#include <string>
#include <vector>

namespace tconv {

/// Keeps the message of an error for tconvGetError, and gives the number that stands for a status.
int report(const Status &status);

/// The type of one of the inputs or results; an error if there is none of that number.
Status describeType(const std::vector<TensorSpec> &specs, int number, const std::string &what,
                    TconvTensorType &type);

} // namespace tconv

#endif // TCONV_LIB_CAPI_SUPPORT_H
