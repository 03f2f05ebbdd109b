//===- Fiber.cpp - Stacks that can be switched between --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fiber.h"

#include <sys/mman.h>

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

void emulator::switchContext(Context &from, Context &to) {
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

void emulator::switchContext(Context &from, Context &to) {
  swapcontext(&from.registers, &to.registers);
}

static void setUp(Context &context, char *stack, size_t bytes, void (*entry)()) {
  getcontext(&context.registers);
  context.registers.uc_stack.ss_sp = stack;
  context.registers.uc_stack.ss_size = bytes;
  context.registers.uc_link = nullptr;
  makecontext(&context.registers, entry, 0);
}

#endif

StackPool::~StackPool() {
  for (char *stack : stacks)
    munmap(stack, stackBytes);
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
  setUp(context, stacks[index], stackBytes - getOffset(index), entry);
}

bool StackPool::contains(size_t index, uint64_t address) const {
  auto start = reinterpret_cast<uint64_t>(stacks[index]);
  return address - start < stackBytes;
}
