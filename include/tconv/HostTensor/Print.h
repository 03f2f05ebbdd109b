//===- Print.h - Tensors as NumPy prints them -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The text of a tensor for people.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_PRINT_H
#define TCONV_HOSTTENSOR_PRINT_H

#include "tconv/HostTensor/HostTensor.h"

#include <string>

namespace tconv {

/// What `print` of NumPy (2.0 to 2.3) with its default options shows for the same array, without
/// the final newline: above 1000 elements only the first and last three of each
/// dimension, lines of at most 75 characters where possible, at most 8 digits after
/// the decimal point. BF16 is shown as the equal F32 numbers.
std::string formatNumpy(const HostTensor &tensor);

} // namespace tconv

#endif // TCONV_HOSTTENSOR_PRINT_H
