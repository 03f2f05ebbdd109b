//===- Errors.h - What has failed, as Python says it ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PYTHON_ERRORS_H
#define TCONV_PYTHON_ERRORS_H

#include <nanobind/nanobind.h>

#include <string>

namespace tconv::python {

/// What a function of the C interface gave: a status and, if that is none of success, a message.
/// The message belongs to the thread that called, and is taken there.
struct Outcome {
  int status = 0;
  std::string message;

  static Outcome of(int status);
};

/// Raises tconv.InputError or tconv.UnsupportedError unless all is well. Needs the GIL.
void check(const Outcome &outcome);
/// Raises tconv.InputError.
[[noreturn]] void raiseInputError(const std::string &message);

} // namespace tconv::python

#endif // TCONV_PYTHON_ERRORS_H
