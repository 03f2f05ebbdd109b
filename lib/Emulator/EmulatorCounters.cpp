//===- EmulatorCounters.cpp - What kernels did on the emulator ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Emulator/EmulatorCounters.h"

#include <algorithm>

using namespace tconv;

EmulatorCounters &EmulatorCounters::operator+=(const EmulatorCounters &other) {
  // The struct is nothing but counters of one type.
  static_assert(sizeof(EmulatorCounters) % sizeof(uint64_t) == 0);
  auto *to = reinterpret_cast<uint64_t *>(this);
  auto *from = reinterpret_cast<const uint64_t *>(&other);
  for (size_t index = 0; index < sizeof(EmulatorCounters) / sizeof(uint64_t); ++index)
    to[index] += from[index];
  return *this;
}

namespace {

struct Part {
  uint64_t value;
  const char *unit;
};

/// "global loads: 12 accesses, 48 bytes", if there were any.
void addLine(std::string &text, const char *title, std::initializer_list<Part> parts) {
  if (std::all_of(parts.begin(), parts.end(), [](const Part &part) { return part.value == 0; }))
    return;
  text += std::string(title) + ": ";
  const char *separator = "";
  for (const Part &part : parts) {
    if (part.value == 0)
      continue;
    text += separator + std::to_string(part.value) + " " + part.unit;
    separator = ", ";
  }
  text += "\n";
}

} // namespace

std::string tconv::toString(const EmulatorCounters &c) {
  std::string text;
  addLine(text, "launches",
          {{c.launches, "launches"},
           {c.blocks, "blocks"},
           {c.threads, "threads"},
           {c.switches, "switches"}});
  addLine(text, "global loads", {{c.globalLoads, "accesses"}, {c.globalLoadBytes, "bytes"}});
  addLine(text, "global stores", {{c.globalStores, "accesses"}, {c.globalStoreBytes, "bytes"}});
  addLine(text, "global sectors", {{c.globalSectors, "of 32 bytes"}});
  addLine(text, "asynchronous copies", {{c.asyncCopies, "copies"}, {c.asyncCopyBytes, "bytes"}});
  addLine(text, "bulk copies",
          {{c.bulkCopies, "copies"},
           {c.bulkLoadBytes, "bytes loaded"},
           {c.bulkStoreBytes, "bytes stored"}});
  addLine(text, "shared loads", {{c.sharedLoads, "accesses"}, {c.sharedLoadBytes, "bytes"}});
  addLine(text, "shared stores", {{c.sharedStores, "accesses"}, {c.sharedStoreBytes, "bytes"}});
  addLine(text, "matrix moves", {{c.matrixMoves, "ldmatrix and stmatrix by warps"}});
  addLine(text, "bank conflicts", {{c.bankConflicts, "extra wavefronts"}});
  addLine(text, "atomics", {{c.atomics, "accesses"}});
  addLine(text, "barriers", {{c.barriers, "barriers"}});
  addLine(text, "warp operations", {{c.warpOperations, "shuffles, votes and the like"}});
  addLine(text, "matrix multiplies",
          {{c.matrixMultiplies, "mma by warps"},
           {c.warpgroupMultiplies, "wgmma by warpgroups"},
           {c.matrixMultiplyAdds, "multiply-adds"}});
  addLine(text, "scalar multiply-adds", {{c.fusedMultiplyAdds, "fma"}});
  addLine(text, "scalar multiplications", {{c.multiplications, "mul"}});
  return text;
}
