//===- Tuples.h - Loops over tuples of indices ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_TUPLES_H
#define TCONV_LIB_SCHEDULE_TUPLES_H

#include <algorithm>
#include <vector>

namespace tconv {

/// Calls `visit` with every tuple of indices below `sizes`, the last one fastest.
template <typename Visit> void forEachTuple(const std::vector<size_t> &sizes, Visit visit) {
  std::vector<size_t> tuple(sizes.size(), 0);
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end())
    return;
  while (true) {
    visit(tuple);
    size_t axis = sizes.size();
    while (axis > 0 && ++tuple[axis - 1] == sizes[axis - 1])
      tuple[--axis] = 0;
    if (axis == 0)
      return;
  }
}

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_TUPLES_H
