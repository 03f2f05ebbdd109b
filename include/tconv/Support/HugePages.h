//===- HugePages.h - Memory on huge pages ------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_HUGEPAGES_H
#define TCONV_SUPPORT_HUGEPAGES_H

#include <cstddef>

namespace tconv {

/// Bytes of a huge page of x86-64.
inline constexpr size_t hugePageBytes = size_t(1) << 21;

/// At least so many bytes, on huge pages where the system gives them, to be freed by std::free;
/// null if there is not as much.
void *allocateOnHugePages(size_t bytes);

} // namespace tconv

#endif // TCONV_SUPPORT_HUGEPAGES_H
