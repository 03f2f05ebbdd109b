//===- Options.h - How modules are compiled, for Python ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PYTHON_OPTIONS_H
#define TCONV_PYTHON_OPTIONS_H

#include "tconv-c/Compiler.h"

#include <nanobind/nanobind.h>

#include <memory>

namespace tconv::python {

/// The options of a dictionary: names with _ or -, and values of any type that str makes the text
/// of one of. Raises tconv.InputError for what is no option.
std::shared_ptr<TconvOptions> readOptions(nanobind::dict given);

} // namespace tconv::python

#endif // TCONV_PYTHON_OPTIONS_H
