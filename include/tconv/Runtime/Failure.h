//===- Failure.h - How compiled code reports failures --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled code never aborts. A check or an allocation that fails leaves a message
// here, for the thread it ran on; the code returns early, and its caller takes the
// message. No LLVM or MLIR is needed.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_FAILURE_H
#define TCONV_RUNTIME_FAILURE_H

#include <cstdint>
#include <optional>
#include <string>

extern "C" {

/// Called by compiled code: records `message` unless `holds`. True if it failed.
bool tconvCheck(bool holds, const char *message);

/// Called by compiled code: at least `bytes` bytes, or null, and a message, if the
/// machine does not have them. To be freed with tconvFree.
void *tconvAllocate(int64_t bytes);
void tconvFree(void *memory);

/// Whether this thread has a failure that was not taken yet.
bool tconvFailed();
}

namespace tconv {

/// Records a failure for this thread, unless it has one already.
void recordFailure(std::string message);

/// The first failure on this thread since the last call, if there was one.
std::optional<std::string> takeFailure();

using FailureHook = void (*)(const char *message);

/// Has every failure reported as it is recorded, for hosts that never take any; null ends that.
/// Not to be called while compiled code runs.
void setFailureHook(FailureHook hook);

} // namespace tconv

#endif // TCONV_RUNTIME_FAILURE_H
