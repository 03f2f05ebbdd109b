//===- Arrays.h - Arrays of Python's as those of C -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PYTHON_ARRAYS_H
#define TCONV_PYTHON_ARRAYS_H

#include "tconv-c/Compiler.h"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <string>
#include <vector>

namespace tconv::python {

using Array = nanobind::ndarray<nanobind::ro>;

/// The type of an input or a result.
struct TensorType {
  std::string element;
  /// -1: known at run time only.
  std::vector<int64_t> shape;

  bool isStatic() const;
  /// "1x?x4xf32"
  std::string str() const;
};

/// The array of an object that has DLPack or the buffer protocol. Raises tconv.InputError unless it
/// is in the memory of the host, in C order without gaps, and of the element type; bf16 may be
/// uint16, for libraries that have no such type. `what` names it in messages.
Array importArray(nanobind::handle object, const TensorType &type, const std::string &what);

/// A view, as long as the array lives. Its sizes are checked by who gets it.
TconvArray viewArray(const Array &array);

/// A view of an object that has DLPack or the buffer protocol as an array of numpy's, bf16 as
/// uint16, and the name of its element type. Raises tconv.InputError unless it is in the memory of
/// the host and of a type that the compiler has.
nanobind::tuple toNumpy(nanobind::handle object);

/// An array of numpy's that owns what `array.data` points to, bf16 as uint16. Takes it in any case.
nanobind::object giveArray(const TconvArray &array, const TensorType &type);

} // namespace tconv::python

#endif // TCONV_PYTHON_ARRAYS_H
