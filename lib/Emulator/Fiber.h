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

// AddressSanitizer has to be told of each switch.
#if defined(__SANITIZE_ADDRESS__)
#define TCONV_SANITIZED_STACKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TCONV_SANITIZED_STACKS 1
#endif
#endif

namespace tconv::emulator {

/// Where a fiber, or the thread of the operating system, stopped.
struct Context {
  /// What is to be restored is on the stack, from there on.
  void *stackPointer = nullptr;
#ifdef TCONV_SANITIZED_STACKS
  /// The lowest byte of the stack, its size in bytes, and the sanitizer's frames for it.
  const void *bottom = nullptr;
  size_t bytes = 0;
  void *fakeStack = nullptr;
#endif
};

/// Stores where the caller is, and goes on at `to`. Returns when someone switches to `from`.
void switchContext(Context &from, Context &to);

/// Goes on at `to`, never to come back to where the caller is.
[[noreturn]] void leaveContext(Context &to);

/// What a fiber calls when it starts, first of all.
void startContext();

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
