//===- MemoryGuard.cpp - Memory of artefacts that plan layers -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What plans need of the library of C++, which artefacts are not linked with. There are no
// exceptions either: where memory ends, all that the work has taken is freed at once, and it ends
// by a jump.
//
//===----------------------------------------------------------------------===//

#include "../MemoryGuard.h"

#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

/// In front of each allocation.
struct alignas(std::max_align_t) Link {
  Link *previous, *next;
};

/// What the work of this thread has taken, the last first, and where it ends without memory.
thread_local Link *taken = nullptr;
thread_local jmp_buf *outside = nullptr;

[[noreturn]] void leave() { std::longjmp(*outside, 1); }

} // namespace

bool tconv::runWithMemory(void (*run)(void *context), void *context) {
  jmp_buf here;
  outside = &here;
  if (setjmp(here) == 0) {
    run(context);
    return true;
  }
  while (taken) {
    Link *next = taken->next;
    std::free(taken);
    taken = next;
  }
  return false;
}

void *operator new(size_t bytes) {
  auto *link = static_cast<Link *>(std::malloc(sizeof(Link) + bytes));
  if (!link)
    leave();
  *link = {nullptr, taken};
  if (taken)
    taken->previous = link;
  taken = link;
  return link + 1;
}

void operator delete(void *memory) noexcept {
  if (!memory)
    return;
  Link *link = static_cast<Link *>(memory) - 1;
  (link->previous ? link->previous->next : taken) = link->next;
  if (link->next)
    link->next->previous = link->previous;
  std::free(link);
}

void operator delete(void *memory, size_t) noexcept { operator delete(memory); }

#ifdef __GLIBCXX__
// Called where a container would be larger than any memory.
namespace std {
void __throw_length_error(const char *) { leave(); }
void __throw_bad_alloc() { leave(); }
void __throw_bad_array_new_length() { leave(); }
} // namespace std
#endif
