//===- NpyHeader.h - The header of a .npy file ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the text of a .npy header says, between the bytes of the file and a tensor.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_HOSTTENSOR_NPYHEADER_H
#define TCONV_LIB_HOSTTENSOR_NPYHEADER_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tconv::npy {

/// The first bytes of every file.
inline constexpr std::string_view magic("\x93NUMPY", 6);
/// A longer header is not one that a tensor needs.
inline constexpr uint64_t maxHeaderSize = 1 << 20;

struct Header {
  ElementType type = ElementType::F64;
  bool bigEndian = false;
  /// The bytes of I8 are those of uint8.
  bool isUnsigned = false;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
};

/// Parses the dictionary "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}"
/// with the blanks around it: keys in any order, each of them once.
Result<Header> parseHeader(std::string_view text);

/// The bytes before the data of a version 1.0 file in C order, as NumPy writes them.
std::string formatHeader(ElementType type, const std::vector<int64_t> &shape);

} // namespace tconv::npy

#endif // TCONV_LIB_HOSTTENSOR_NPYHEADER_H
