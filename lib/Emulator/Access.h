//===- Access.h - Loads and stores of kernels ----------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_ACCESS_H
#define TCONV_LIB_EMULATOR_ACCESS_H

#include "tconv/Emulator/EmulatorCounters.h"
#include "tconv/Emulator/Site.h"

namespace tconv::emulator {

struct Block;

/// Makes sure that the current thread may access `bytes` bytes at `address` at a site, whose
/// space says what memory it must be in. False if it is the thread's own stack.
bool checkAccess(Block &block, uint64_t address, uint64_t bytes, Site &site);

/// Adds what a site counted since its last change of memory to the counters.
void settleSite(Site &site, EmulatorCounters &counters);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_ACCESS_H
