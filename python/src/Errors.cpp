//===- Errors.cpp - What has failed, as Python says it --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"

#include "tconv-c/Support.h"

namespace nb = nanobind;
using namespace tconv::python;

[[noreturn]] static void raise(const char *name, const std::string &message) {
  nb::object type = nb::module_::import_("tconv.errors").attr(name);
  PyErr_SetObject(type.ptr(), nb::str(message.data(), message.size()).ptr());
  throw nb::python_error();
}

Outcome Outcome::of(int status) {
  return {status, status == TCONV_OK ? std::string() : std::string(tconvGetError())};
}

void tconv::python::check(const Outcome &outcome) {
  if (outcome.status == TCONV_UNSUPPORTED)
    raise("UnsupportedError", outcome.message);
  if (outcome.status != TCONV_OK)
    raise("InputError", outcome.message);
}

void tconv::python::raiseInputError(const std::string &message) { raise("InputError", message); }
