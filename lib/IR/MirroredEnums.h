//===- MirroredEnums.h - Enums of attributes and of schedules ---*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_IR_MIRROREDENUMS_H
#define TCONV_LIB_IR_MIRROREDENUMS_H

#include <cstdint>

namespace mlir::tconv {

/// Whether a value of an attribute's enum and one of a schedule's have the same number, so that a
/// cast turns one into the other.
template <typename Attribute, typename Value>
constexpr bool areMirrored(Attribute attribute, Value value) {
  return static_cast<int64_t>(attribute) == static_cast<int64_t>(value);
}

} // namespace mlir::tconv

#endif // TCONV_LIB_IR_MIRROREDENUMS_H
