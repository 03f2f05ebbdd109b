//===- Driver.cpp - The functions of the CUDA driver ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver.h"

#include "tconv/Support/Errors.h"

#include <dlfcn.h>

using namespace tconv;
using namespace tconv::cuda;

namespace {

Result<void *> openLibrary(const std::string &path) {
  std::string reason;
  for (const char *name : {"libcuda.so.1", "libcuda.so"}) {
    if (void *library = dlopen(path.empty() ? name : path.c_str(), RTLD_NOW | RTLD_LOCAL))
      return library;
    const char *message = dlerror();
    if (reason.empty())
      reason = message ? message : "no reason given";
  }
  return unsupported("expected a CUDA driver on this machine, found none: " + reason);
}

/// What the driver calls a status; `otherwise` if it does not know it.
std::string textOf(DriverStatus (*look)(DriverStatus, const char **), DriverStatus status,
                   const std::string &otherwise) {
  const char *text = nullptr;
  return look(status, &text) == statusSuccess && text ? text : otherwise;
}

} // namespace

Result<std::unique_ptr<Driver>> Driver::open(const std::string &path) {
  Result<void *> library = openLibrary(path);
  if (!library)
    return library.error();
  auto driver = std::make_unique<Driver>();
  const char *missing = nullptr;
#define TCONV_CUDA_LOAD(member, symbol, type)                                                      \
  driver->member = reinterpret_cast<type>(dlsym(*library, symbol));                                \
  if (!driver->member)                                                                             \
    missing = symbol;
  TCONV_CUDA_FUNCTIONS(TCONV_CUDA_LOAD)
#undef TCONV_CUDA_LOAD
#define TCONV_CUDA_LOAD(member, symbol, type)                                                      \
  driver->member = reinterpret_cast<type>(dlsym(*library, symbol));
  TCONV_CUDA_OPTIONAL_FUNCTIONS(TCONV_CUDA_LOAD)
#undef TCONV_CUDA_LOAD
  if (missing)
    return unsupported("expected a CUDA driver with the function " + std::string(missing) +
                       ", got one without it");
  return driver;
}

Error Driver::describe(const char *call, DriverStatus status) const {
  std::string name = textOf(getErrorName, status, "error " + std::to_string(status));
  std::string text = textOf(getErrorString, status, "no description");
  return Error{std::string(call) + " failed: " + name + " (" + text + ")",
               status == statusNoDevice};
}
