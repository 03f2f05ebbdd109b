//===- Calls.h - Long calls, and how they are interrupted ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What may take long runs on a thread of its own, while the caller waits for it and for signals.
// If Python raises on a signal, as it does on ctrl-C, the work is abandoned: it goes on to its end
// unobserved, and what it uses is kept until then.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PYTHON_CALLS_H
#define TCONV_PYTHON_CALLS_H

#include "Errors.h"

#include <functional>
#include <memory>

namespace tconv::python {

/// Does `work` without the GIL, on another thread, and raises what it failed with, or what a signal
/// raised. `work` must not touch Python; `kept`, the objects whose memory it uses, live until it
/// has ended, and are let go of with the GIL. Needs the GIL.
void callInterruptibly(std::function<Outcome()> work, std::shared_ptr<void> kept = nullptr);

/// Waits for abandoned work, until a signal raises: nothing of it may run when the process ends.
void waitForAbandoned();

} // namespace tconv::python

#endif // TCONV_PYTHON_CALLS_H
