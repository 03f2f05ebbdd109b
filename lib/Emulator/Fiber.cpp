//===- Fiber.cpp - Stacks that can be switched between --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fiber.h"

#include <new>
#include <sys/mman.h>

#ifdef TCONV_SANITIZED_STACKS
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

// On any other processor, ucontext switches; and where TCONV_UCONTEXT asks for it, to test that.
#if !defined(__x86_64__) || defined(TCONV_UCONTEXT)
#define TCONV_OWN_SWITCH 0
#include <ucontext.h>
#else
#define TCONV_OWN_SWITCH 1
#endif

using namespace tconv;
using namespace tconv::emulator;

#if TCONV_OWN_SWITCH

// System V calling convention: rbx, rbp and r12 to r15 are all that a call preserves, but for
// the modes of the floating-point units, which kernels do not change.
extern "C" __attribute__((visibility("hidden"))) void tconvEmuSwitchStacks(void **from, void *to);
asm(R"(
  .text
  .globl tconvEmuSwitchStacks
  .hidden tconvEmuSwitchStacks
  .type tconvEmuSwitchStacks, @function
tconvEmuSwitchStacks:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size tconvEmuSwitchStacks, .-tconvEmuSwitchStacks
)");

static void exchange(Context &from, Context &to) {
  tconvEmuSwitchStacks(&from.stackPointer, to.stackPointer);
}

static void setUp(Context &context, char *stack, size_t bytes, void (*entry)()) {
  // What the switch pops: six registers, then the address to return to, which finds the stack
  // as a call leaves it: 8 bytes off a multiple of 16.
  auto **top = reinterpret_cast<void **>(stack + bytes);
  *--top = nullptr;
  *--top = reinterpret_cast<void *>(entry);
  for (int reg = 0; reg < 6; ++reg)
    *--top = nullptr;
  context.stackPointer = top;
}

#else

static void exchange(Context &from, Context &to) {
  ucontext_t registers{};
  from.stackPointer = &registers;
  swapcontext(&registers, static_cast<ucontext_t *>(to.stackPointer));
}

static void setUp(Context &context, char *stack, size_t bytes, void (*entry)()) {
  bytes = (bytes - sizeof(ucontext_t)) / alignof(std::max_align_t) * alignof(std::max_align_t);
  auto *registers = new (stack + bytes) ucontext_t{};
  getcontext(registers);
  registers->uc_stack.ss_sp = stack;
  registers->uc_stack.ss_size = bytes;
  registers->uc_link = nullptr;
  makecontext(registers, entry, 0);
  context.stackPointer = registers;
}

#endif

#ifdef TCONV_SANITIZED_STACKS

/// Where the last switch came from; null if nobody goes back there.
static thread_local Context *left = nullptr;

/// Before a switch from a context, or from one that is left for ever.
static void announceSwitch(Context *from, Context &to) {
  left = from;
  __sanitizer_start_switch_fiber(from ? &from->fakeStack : nullptr, to.bottom, to.bytes);
}

/// Behind a switch, on the stack of `to`, which is null for a new fiber. Only now the sanitizer
/// says which stack was left.
static void finishSwitch(const Context *to) {
  const void *bottom = nullptr;
  size_t bytes = 0;
  __sanitizer_finish_switch_fiber(to ? to->fakeStack : nullptr, &bottom, &bytes);
  if (!left)
    return;
  left->bottom = bottom;
  left->bytes = bytes;
}

/// Lets memory be used in which fibers left frames.
static void forgetFrames(char *stack, size_t bytes) { __asan_unpoison_memory_region(stack, bytes); }

/// Makes a stack that of a context.
static void adoptStack(Context &context, char *stack, size_t bytes) {
  forgetFrames(stack, bytes);
  context.bottom = stack;
  context.bytes = bytes;
  context.fakeStack = nullptr;
}

#else

static void announceSwitch(Context *, Context &) {}
static void finishSwitch(const Context *) {}
static void forgetFrames(char *, size_t) {}
static void adoptStack(Context &, char *, size_t) {}

#endif

void emulator::switchContext(Context &from, Context &to) {
  announceSwitch(&from, to);
  exchange(from, to);
  finishSwitch(&from);
}

// Where the sanitizer keeps variables on the side, those of this function would be gone by the time
// of the switch.
[[gnu::no_sanitize_address]] void emulator::leaveContext(Context &to) {
  Context unused;
  announceSwitch(nullptr, to);
  exchange(unused, to);
  __builtin_unreachable();
}

void emulator::startContext() { finishSwitch(nullptr); }

StackPool::~StackPool() {
  for (char *stack : stacks) {
    forgetFrames(stack, stackBytes);
    munmap(stack, stackBytes);
  }
}

Status StackPool::reserve(size_t number) {
  while (stacks.size() < number) {
    void *stack = mmap(nullptr, stackBytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED)
      return Error{"expected memory for the stacks of " + std::to_string(number) +
                   " threads, got that for " + std::to_string(stacks.size())};
    stacks.push_back(static_cast<char *>(stack));
  }
  return success();
}

/// How far below its end a stack is used from. If all were used from the same place modulo the
/// size of a page or more, they would compete for the same lines of the caches.
static size_t getOffset(size_t index) { return index * 1600 / 64 % 1024 * 64; }

void StackPool::prepare(Context &context, size_t index, void (*entry)()) {
  adoptStack(context, stacks[index], stackBytes);
  setUp(context, stacks[index], stackBytes - getOffset(index), entry);
}

bool StackPool::contains(size_t index, uint64_t address) const {
  auto start = reinterpret_cast<uint64_t>(stacks[index]);
  return address - start < stackBytes;
}
