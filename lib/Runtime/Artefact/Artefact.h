//===- Artefact.h - What a compiled layer brings along -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions of an artefact that are the same for all layers. tconv-compile knows
// them by name, and gives those that the header declares the layer's prefix.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_ARTEFACT_ARTEFACT_H
#define TCONV_LIB_RUNTIME_ARTEFACT_ARTEFACT_H

#include <atomic>
#include <cstdint>

extern "C" {

/// A pool of the host's: must run `body` over disjoint ranges that together are
/// [0, count), on any threads, and return when all are done.
using TconvArtefactHook = void (*)(void *pool,
                                   void (*body)(void *context, int64_t begin, int64_t end),
                                   void *context, int64_t count);

/// <prefix>_set_parallel_for; null goes back to the threads of the artefact.
void tconvArtefactSetParallelFor(TconvArtefactHook hook, void *pool);

/// <prefix>_set_threads; 0 is the number of processors.
void tconvArtefactSetThreads(int threads);

/// <prefix>_error: the message of this thread's last call, empty if it did not fail.
const char *tconvArtefactError();

/// Called at the beginning of each call: nothing has failed yet.
void tconvArtefactBegin();

/// Called where the arguments of a call are wrong.
void tconvArtefactFail(const char *message);

/// Called at the end of each call: what it returns, 0 or 1 for a failure.
int tconvArtefactEnd();

/// The number of threads at the start, which tconv-compile fills in.
extern std::atomic<int> tconvArtefactThreads;
}

#endif // TCONV_LIB_RUNTIME_ARTEFACT_ARTEFACT_H
