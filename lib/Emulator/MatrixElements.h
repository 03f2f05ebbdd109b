//===- MatrixElements.h - Elements of matrices in registers --- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_MATRIXELEMENTS_H
#define TCONV_LIB_EMULATOR_MATRIXELEMENTS_H

#include "Halves.h"

#include "tconv/Emulator/EntryPoints.h"

#include <cstring>

namespace tconv::emulator {

/// How an element is kept in registers or memory, and its value in the type of computations.
template <MatrixElement> struct Stored;
template <> struct Stored<MatrixElement::F16> {
  using Bits = uint16_t;
  static float decode(Bits bits) { return halfToFloat(bits); }
  static Bits encode(float value) { return floatToHalf(value); }
};
template <> struct Stored<MatrixElement::BF16> {
  using Bits = uint16_t;
  static float decode(Bits bits) { return bfloatToFloat(bits); }
};
template <> struct Stored<MatrixElement::TF32> {
  using Bits = uint32_t;
  static float decode(Bits bits) { return tf32ToFloat(bits); }
};
template <> struct Stored<MatrixElement::F32> {
  using Bits = float;
  static float decode(Bits bits) { return bits; }
  static Bits encode(float value) { return value; }
};
template <> struct Stored<MatrixElement::F64> {
  using Bits = double;
  static double decode(Bits bits) { return bits; }
  static Bits encode(double value) { return value; }
};
template <> struct Stored<MatrixElement::S8> {
  using Bits = int8_t;
  static int64_t decode(Bits bits) { return bits; }
};
template <> struct Stored<MatrixElement::U8> {
  using Bits = uint8_t;
  static int64_t decode(Bits bits) { return bits; }
};
template <> struct Stored<MatrixElement::S32> {
  using Bits = int32_t;
  static int64_t decode(Bits bits) { return bits; }
  static Bits encode(int64_t value) { return static_cast<int32_t>(value); }
};
template <> struct Stored<MatrixElement::E4M3> {
  using Bits = uint8_t;
  static float decode(Bits bits) { return e4m3ToFloat(bits); }
};
template <> struct Stored<MatrixElement::E5M2> {
  using Bits = uint8_t;
  static float decode(Bits bits) { return halfToFloat(static_cast<uint16_t>(bits << 8)); }
};

template <MatrixElement type> auto load(const void *registers, uint32_t index) {
  typename Stored<type>::Bits bits;
  memcpy(&bits, static_cast<const char *>(registers) + index * sizeof(bits), sizeof(bits));
  return Stored<type>::decode(bits);
}

template <MatrixElement type, typename T> void store(void *registers, uint32_t index, T value) {
  auto bits = Stored<type>::encode(value);
  memcpy(static_cast<char *>(registers) + index * sizeof(bits), &bits, sizeof(bits));
}

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_MATRIXELEMENTS_H
