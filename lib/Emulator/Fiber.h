//===- Fiber.h - Stacks that can be switched between ---------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fiber is a stack and where to go on with it. Threads of a kernel run on fibers, since each
// may have to stop anywhere, and the switch costs a few nanoseconds.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_FIBER_H
#define TCONV_LIB_EMULATOR_FIBER_H

#include "tconv/Support/Result.h"

#include <cstddef>
#include <memory>
#include <vector>

// Of any other processor, ucontext switches; and where TCONV_UCONTEXT asks for it, to test that.
#if defined(__x86_64__) && !defined(TCONV_UCONTEXT)
#define TCONV_OWN_SWITCH 1
#else
#define TCONV_OWN_SWITCH 0
#include <ucontext.h>
#endif

namespace tconv::emulator {

/// Where a fiber, or the thread of the operating system, stopped.
struct Context {
#if TCONV_OWN_SWITCH
  void *stackPointer = nullptr;
#else
  ucontext_t registers;
#endif
};

/// Stores where the caller is, and goes on at `to`. Returns when someone switches to `from`.
void switchContext(Context &from, Context &to);

/// Memory for stacks, kept for the next launch.
class StackPool {
public:
  /// Bytes of one stack. The compiler of kernels refuses those that need more than half.
  static constexpr size_t stackBytes = 256 << 10;

  StackPool() = default;
  StackPool(const StackPool &) = delete;
  ~StackPool();

  /// Makes sure that there are stacks 0 to number - 1.
  Status reserve(size_t number);

  /// Makes `context` start `entry` on stack number `index`; `entry` never returns.
  void prepare(Context &context, size_t index, void (*entry)());

  /// Whether an address is on the stack.
  bool contains(size_t index, uint64_t address) const;

private:
  std::vector<char *> stacks;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_FIBER_H
