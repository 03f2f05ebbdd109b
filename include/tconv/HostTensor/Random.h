//===- Random.h - Reproducible random tensors -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test data that is the same on every platform.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_RANDOM_H
#define TCONV_HOSTTENSOR_RANDOM_H

#include "tconv/HostTensor/HostTensor.h"

#include <cstdint>

namespace tconv {

/// Fills `tensor` from `seed`: floating-point elements are uniform in [-1, 1) and
/// then rounded to the type (which can give 1), I8 uniform in [-128, 127], I1 in
/// {0, 1}, other integers in [-1000, 1000]. One draw per element in C order.
void fillRandom(HostTensor &tensor, uint64_t seed);

} // namespace tconv

#endif // TCONV_HOSTTENSOR_RANDOM_H
