//===- Threads.h - How many threads to use -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_THREADS_H
#define TCONV_RUNTIME_THREADS_H

namespace tconv {

/// The processors that this process may run on, within its control group's CPU quota,
/// at least 1.
int numProcessors();

/// The number of threads to use where nothing else is asked for, at least 1: the
/// environment variable TCONV_NUM_THREADS if it is a positive number, else the
/// number of processors.
int defaultNumThreads();

/// What TCONV_NUM_THREADS holds if it is neither a positive number nor empty, else null: for
/// programs that can say so.
const char *invalidNumThreads();

} // namespace tconv

#endif // TCONV_RUNTIME_THREADS_H
