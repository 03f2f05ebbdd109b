//===- EmulatorCounters.h - What kernels did on the emulator -- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_EMULATORCOUNTERS_H
#define TCONV_EMULATOR_EMULATORCOUNTERS_H

#include <cstdint>
#include <string>

namespace tconv {

/// Sums over all threads of all blocks. An access is one load or store of one thread,
/// whatever its width.
struct EmulatorCounters {
  uint64_t launches = 0, blocks = 0, threads = 0;
  /// Changes from one thread to another.
  uint64_t switches = 0;
  uint64_t globalLoads = 0, globalStores = 0, globalLoadBytes = 0, globalStoreBytes = 0;
  /// 32-byte sectors that warps touch, each once per access of a warp; if
  /// EmulatorOptions::warpTraffic.
  uint64_t globalSectors = 0;
  uint64_t sharedLoads = 0, sharedStores = 0, sharedLoadBytes = 0, sharedStoreBytes = 0;
  /// How often the banks of shared memory made a warp wait one more time: always of ldmatrix
  /// and stmatrix, of loads and stores if EmulatorOptions::warpTraffic.
  uint64_t bankConflicts = 0;
  uint64_t atomics = 0;
  /// Asynchronous copies by threads, and the bytes that they read.
  uint64_t asyncCopies = 0, asyncCopyBytes = 0;
  /// Bulk copies of ranges and boxes, and the bytes of global memory that they read and wrote.
  uint64_t bulkCopies = 0, bulkLoadBytes = 0, bulkStoreBytes = 0;
  /// Barriers that opened, of all or some threads of a block.
  uint64_t barriers = 0;
  /// Per warp: ldmatrix and stmatrix, mma, and other operations of whole warps.
  uint64_t matrixMoves = 0, matrixMultiplies = 0, warpOperations = 0;
  /// wgmma, per warpgroup.
  uint64_t warpgroupMultiplies = 0;
  /// Multiply-adds in mma and wgmma, and scalar ones by fma; multiplications that are no fma.
  uint64_t matrixMultiplyAdds = 0, fusedMultiplyAdds = 0, multiplications = 0;

  EmulatorCounters &operator+=(const EmulatorCounters &other);
};

/// One line for each kind of work that was done.
std::string toString(const EmulatorCounters &counters);

} // namespace tconv

#endif // TCONV_EMULATOR_EMULATORCOUNTERS_H
