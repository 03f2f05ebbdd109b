//===- Options.cpp - How modules are compiled, for Python -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include "Errors.h"

#include <algorithm>
#include <string>

namespace nb = nanobind;
using namespace tconv::python;

static std::string textOf(nb::handle value) {
  if (nb::isinstance<nb::bool_>(value))
    return nb::cast<bool>(value) ? "true" : "false";
  return nb::str(value).c_str();
}

std::shared_ptr<TconvOptions> tconv::python::readOptions(nb::dict given) {
  std::shared_ptr<TconvOptions> options(tconvOptionsCreate(), tconvOptionsFree);
  for (auto [key, value] : given) {
    std::string name = nb::str(key).c_str();
    std::replace(name.begin(), name.end(), '_', '-');
    check(Outcome::of(tconvOptionsSet(options.get(), name.c_str(), textOf(value).c_str())));
  }
  return options;
}
