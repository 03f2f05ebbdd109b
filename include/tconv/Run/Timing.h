//===- Timing.h - How long compilation and runs take ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUN_TIMING_H
#define TCONV_RUN_TIMING_H

#include "tconv/Execution/Executable.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tconv {

/// Runs a compiled function `runs` times (0: up to 10 times, within about 2 seconds)
/// and logs the times of compilation and of the runs, and the useful operations a
/// second, those of inserted zeros and cut borders not counted; without a function, of runs
/// only.
Status reportTiming(const Executable &executable, mlir::func::FuncOp function,
                    const std::vector<HostTensor> &inputs, unsigned runs, llvm::raw_ostream &log);

} // namespace tconv

#endif // TCONV_RUN_TIMING_H
