//===- SortedMap.h - A map in a sorted array --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For what artefacts bring along, which is linked with C only: std::map has parts of its own in the
// library of C++.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_SORTEDMAP_H
#define TCONV_LIB_SCHEDULE_SORTEDMAP_H

#include <algorithm>
#include <utility>
#include <vector>

namespace tconv {

/// References to values hold until a key is added.
template <typename Key, typename Value> class SortedMap {
public:
  using Entry = std::pair<Key, Value>;

  /// The value of a key, and whether the key was added, with a value of zeros.
  std::pair<Value &, bool> add(const Key &key) {
    auto entry = std::lower_bound(entries.begin(), entries.end(), key,
                                  [](const Entry &a, const Key &b) { return a.first < b; });
    const bool isNew = entry == entries.end() || key < entry->first;
    if (isNew)
      entry = entries.insert(entry, Entry(key, Value()));
    return {entry->second, isNew};
  }
  Value &operator[](const Key &key) { return add(key).first; }

  auto begin() const { return entries.begin(); }
  auto end() const { return entries.end(); }

private:
  std::vector<Entry> entries;
};

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_SORTEDMAP_H
