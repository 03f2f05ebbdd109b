//===- Interpreter.h - Running functions of a program --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_INTERPRETER_H
#define TCONV_DEVICE_INTERPRETER_H

#include "tconv/Device/Program.h"

#include <set>

namespace tconv {

/// What a function runs on.
struct ProgramContext {
  const Program &program;
  Device &device;
  /// Null if there are no kernels.
  DeviceModule *module;
  /// Where each data segment is.
  std::vector<DeviceAddress> segments;
};

/// The words that a function returned, and the buffers that it allocated and that are among
/// them: they belong to the caller.
struct Returned {
  std::vector<uint64_t> words;
  std::set<DeviceAddress> buffers;
};

/// Runs a function of a verified program. The kernels may still be running when it returns. What
/// it allocated and does not return is given back, whatever happens.
Result<Returned> interpret(const ProgramContext &context, const Function &function,
                           const std::vector<uint64_t> &arguments);

} // namespace tconv

#endif // TCONV_DEVICE_INTERPRETER_H
