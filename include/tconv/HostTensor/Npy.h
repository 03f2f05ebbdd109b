//===- Npy.h - NumPy .npy files ---------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads and writes tensors in the format of numpy.save. A uint16 array stands for the
// bit patterns of bfloat16, a type that the format does not have.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_NPY_H
#define TCONV_HOSTTENSOR_NPY_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <string>

namespace tconv {

/// Reads a regular file of format version 1.0, 2.0 or 3.0 with elements of the types '<f8',
/// '<f4', '<f2', '<i8', '<i4', '<i2', '|i1', '|b1' and '<u2' (bfloat16), or of either byte
/// order, '>f8' and so on. Those of '|u1' become I8 and must fit. Fortran order becomes C order.
/// Every error begins with `path`; nothing is allocated for a file whose size is not the one its
/// header asks for.
Result<HostTensor> readNpy(const std::string &path);

/// Writes the bytes that numpy.save writes. A regular file is written as a whole or
/// not at all: under another name in the same directory and then renamed. An
/// existing file of another kind (a device, a FIFO) is written to directly. Every
/// error begins with `path`.
Status writeNpy(const std::string &path, const HostTensor &tensor);

/// What numpy computes to have an array `a` in a type as files hold it: "a.astype('float32')".
std::string numpyCast(ElementType type);

} // namespace tconv

#endif // TCONV_HOSTTENSOR_NPY_H
