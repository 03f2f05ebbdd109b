//===- TensorMaps.h - Tensor maps of the emulator ------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the CUDA driver puts into the 128 bytes is not documented; the emulator has an encoding of
// its own, with a checksum.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_TENSORMAPS_H
#define TCONV_LIB_EMULATOR_TENSORMAPS_H

#include "tconv/Device/TensorMap.h"

#include <optional>

namespace tconv::emulator {

/// The map of a description that `verify` takes.
TensorMap encode(const TensorMapDescription &description);
/// What 128 bytes describe, nothing if that is no tensor map.
std::optional<TensorMapDescription> decode(const void *bytes);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_TENSORMAPS_H
