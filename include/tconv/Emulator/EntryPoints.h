//===- EntryPoints.h - What code for the emulator calls ------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions by which a kernel that was lowered for the emulator reaches it. Addresses are
// 64-bit numbers, whatever memory they are in; a site is the op that calls.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_ENTRYPOINTS_H
#define TCONV_EMULATOR_ENTRYPOINTS_H

#include "tconv/Emulator/Site.h"

#include <cstdint>
#include <vector>

namespace tconv {

/// In the order of their names in NVVM.
enum class SpecialRegister : uint32_t {
  TidX,
  TidY,
  TidZ,
  NtidX,
  NtidY,
  NtidZ,
  CtaidX,
  CtaidY,
  CtaidZ,
  NctaidX,
  NctaidY,
  NctaidZ,
  LaneId,
  WarpId,
  NumWarps,
  SmId,
  NumSms,
  GridId,
  LaneMaskEq,
  LaneMaskLe,
  LaneMaskLt,
  LaneMaskGe,
  LaneMaskGt,
  DynamicSharedBytes,
  TotalSharedBytes,
};

/// Types of the elements of matrices.
enum class MatrixElement : uint8_t { F16, BF16, TF32, F32, F64, S8, U8, S32, E4M3, E5M2 };

/// What an mma computes, packed into a number for the call.
struct MatrixShape {
  uint8_t m = 0, n = 0, k = 0;
  MatrixElement a = MatrixElement::F16, b = MatrixElement::F16, accumulator = MatrixElement::F32;
  /// Whether sums of integers stop at the ends of their range.
  bool saturate = false;

  uint64_t pack() const;
  static MatrixShape unpack(uint64_t number);
};

/// Whether the emulator has an mma of this shape.
bool isKnownShape(const MatrixShape &shape);

/// How a matrix of a wmma is in memory, and how many of its elements each lane holds; packed into a
/// number for the call.
struct FragmentShape {
  uint8_t rows = 0, columns = 0, elementBytes = 0, perLane = 0;
  bool isColumnMajor = false;

  uint64_t pack() const;
  static FragmentShape unpack(uint64_t number);
};

/// Whether the emulator has a wmma of this shape.
bool isKnownFragmentProduct(const MatrixShape &shape);

/// A box that the tensor memory accelerator copies, packed into a number for the call.
struct BulkShape {
  uint8_t rank = 0;
  bool im2col = false, hasOffsets = false;

  uint32_t pack() const { return rank | uint32_t(im2col) << 8 | uint32_t(hasOffsets) << 9; }
  static BulkShape unpack(uint32_t number) {
    return {static_cast<uint8_t>(number), (number >> 8 & 1) != 0, (number >> 9 & 1) != 0};
  }
};

/// What a wgmma computes, for a result of 64 by `n`; the other dimension is 32 bytes.
struct WarpgroupShape {
  uint16_t n = 0;
  MatrixElement a = MatrixElement::F16, b = MatrixElement::F16, accumulator = MatrixElement::F32;
  /// Whether elements along m or n are neighbours in memory, not those along k.
  bool isMMajor = false, isNMajor = false;
  /// Whether the product is added to the accumulators, and is one of negated numbers.
  bool accumulates = true, negates = false;
  bool saturates = false;

  uint64_t pack() const;
  static WarpgroupShape unpack(uint64_t number);
};

/// Whether the emulator has a wgmma of these types.
bool isKnownShape(const WarpgroupShape &shape);

enum class ShuffleKind : uint32_t { Index, Up, Down, Xor };
enum class VoteKind : uint32_t { Any, All, Ballot, Uniform };
enum class WarpReduction : uint32_t { Add, And, Or, Xor, Min, Max, UnsignedMin, UnsignedMax };

/// What a barrier computes of the predicates of its threads.
enum class BarrierReduction : uint32_t { None, And, Or, Popc };

/// The functions below, each by its name without "tconvEmu".
enum class EmulatorFunction {
#define TCONV_EMULATOR_FUNCTION(NAME) NAME,
#include "tconv/Emulator/EntryPoints.def"
};

/// The name by which code calls a function.
constexpr const char *getSymbolName(EmulatorFunction function) {
  constexpr const char *names[] = {
#define TCONV_EMULATOR_FUNCTION(NAME) "tconvEmu" #NAME,
#include "tconv/Emulator/EntryPoints.def"
  };
  return names[static_cast<size_t>(function)];
}

/// A function of the emulator, by name.
struct EmulatorSymbol {
  const char *name;
  void *address;
};

/// All of the functions below.
const std::vector<EmulatorSymbol> &getEmulatorSymbols();

} // namespace tconv

extern "C" {
using tconvEmuSite = tconv::Site; // NOLINT(readability-identifier-naming): as the functions

/// Checks the access of a site before it is made.
void tconvEmuAccess(uint64_t address, tconvEmuSite *site);
/// The same for an access to a number of bytes that the site does not know.
void tconvEmuAccessRange(uint64_t address, uint64_t bytes, tconvEmuSite *site);

uint32_t tconvEmuSpecialRegister(uint32_t which);
/// Nanoseconds, for all clocks.
uint64_t tconvEmuClock();

/// Waits at a named barrier for a number of threads, 0 for all of the block; gives what the
/// reduction makes of the predicates.
uint32_t tconvEmuBarrier(uint32_t id, uint32_t threads, uint32_t reduction, uint32_t predicate,
                         tconvEmuSite *site);
void tconvEmuBarrierArrive(uint32_t id, uint32_t threads, tconvEmuSite *site);
/// cluster.wait, or cluster.arrive.
void tconvEmuClusterBarrier(uint32_t waits, tconvEmuSite *site);
void tconvEmuWarpBarrier(uint32_t mask, tconvEmuSite *site);
/// fence.proxy.async: bulk copies and wgmma see what was stored before, and mbarriers.
void tconvEmuProxyFence();
/// fence.mbarrier_init: bulk copies see mbarriers that the thread has initialised.
void tconvEmuMbarrierInitFence();

/// One asynchronous copy; the sites of its store to shared and its load from global memory.
void tconvEmuCopyAsync(uint64_t to, uint64_t from, uint32_t sourceBytes, tconvEmuSite *store,
                       tconvEmuSite *load);
void tconvEmuCommitGroup();
/// Waits until at most `pending` groups are left; -1: for all copies.
void tconvEmuWaitGroups(int32_t pending);

/// Copies of a box between a tensor and shared memory. `numbers` are its coordinates and, if it has
/// any, offsets; an mbarrier counts the bytes of loads.
void tconvEmuTensorLoad(uint64_t to, const void *map, uint64_t mbarrier, const int32_t *numbers,
                        uint32_t shape, uint32_t predicate, tconvEmuSite *store,
                        tconvEmuSite *mbarrierSite);
void tconvEmuTensorStore(const void *map, uint64_t from, const int32_t *numbers, uint32_t shape,
                         uint32_t predicate, tconvEmuSite *load);
/// Copies of ranges of bytes.
void tconvEmuBulkLoad(uint64_t to, uint64_t from, uint64_t mbarrier, uint32_t bytes,
                      tconvEmuSite *store, tconvEmuSite *load, tconvEmuSite *mbarrierSite);
void tconvEmuBulkStore(uint64_t to, uint64_t from, uint32_t bytes, tconvEmuSite *store,
                       tconvEmuSite *load);
void tconvEmuBulkCommit();
/// Waits until at most `pending` groups of stores are left, or are to be read still.
void tconvEmuBulkWait(uint32_t pending, uint32_t readOnly);

/// mbarriers: phases are numbers, or parities of numbers; a predicate of 0 does nothing.
void tconvEmuMbarrierInit(uint64_t address, uint32_t count, uint32_t predicate, tconvEmuSite *site);
void tconvEmuMbarrierInvalidate(uint64_t address, tconvEmuSite *site);
/// Arrives and expects bytes; gives the phase arrived in.
uint64_t tconvEmuMbarrierArrive(uint64_t address, uint32_t count, uint32_t bytes,
                                uint32_t predicate, tconvEmuSite *site);
void tconvEmuMbarrierExpect(uint64_t address, int64_t bytes, tconvEmuSite *site);
/// Whether a phase is over; `waits`: until it is.
uint32_t tconvEmuMbarrierTest(uint64_t address, uint64_t phase, uint32_t isParity, uint32_t waits,
                              tconvEmuSite *site);
/// Arrives when the thread's copies have landed; `counted`: as one of those expected.
void tconvEmuMbarrierArriveOnCopies(uint64_t address, uint32_t counted, tconvEmuSite *site);

/// ldmatrix and stmatrix of 1, 2 or 4 matrices of 8 by 8 16-bit elements.
void tconvEmuLoadMatrices(uint64_t address, uint32_t *registers, uint32_t count,
                          uint32_t transposed, tconvEmuSite *site);
void tconvEmuStoreMatrices(uint64_t address, const uint32_t *registers, uint32_t count,
                           uint32_t transposed, tconvEmuSite *site);
/// mma: d = a * b + c, fragments in registers of 32 bits; `d` and `c` may be the same.
void tconvEmuMultiplyMatrices(const void *a, const void *b, const void *c, void *d, uint64_t shape,
                              tconvEmuSite *site);

/// wmma: a matrix between memory and the registers of a warp; rows or columns are `stride` elements
/// apart.
void tconvEmuLoadFragment(uint64_t address, uint32_t stride, void *registers, uint64_t shape,
                          tconvEmuSite *site);
void tconvEmuStoreFragment(uint64_t address, uint32_t stride, const void *registers, uint64_t shape,
                           tconvEmuSite *site);
/// c += a * b.
void tconvEmuMultiplyFragments(const void *a, const void *b, void *c, uint64_t shape,
                               tconvEmuSite *site);

/// wgmma: matrices by their descriptors. `accumulators` holds the registers of the thread, and gets
/// what stands for the result until it is read.
void tconvEmuWarpgroupMultiply(uint64_t a, uint64_t b, uint32_t *accumulators, uint64_t shape,
                               tconvEmuSite *site);
void tconvEmuWarpgroupFence(tconvEmuSite *site);
void tconvEmuWarpgroupCommit(tconvEmuSite *site);
void tconvEmuWarpgroupWait(uint32_t pending, tconvEmuSite *site);
/// A register of a struct that may be the result of a wgmma: `first` and `second` are the first
/// two of the struct, `value` is that of number `index`.
uint32_t tconvEmuAccumulator(uint32_t first, uint32_t second, uint32_t value, uint32_t index,
                             tconvEmuSite *site);
/// The same for all registers of the struct, in place.
void tconvEmuAccumulators(uint32_t *registers, uint32_t count, tconvEmuSite *site);

/// shfl: the value of another lane; `valid` gets whether that lane was in range.
uint32_t tconvEmuShuffle(uint32_t kind, uint32_t mask, uint32_t value, uint32_t offset,
                         uint32_t clamp, uint32_t *valid, tconvEmuSite *site);
uint32_t tconvEmuVote(uint32_t kind, uint32_t mask, uint32_t predicate, tconvEmuSite *site);
uint32_t tconvEmuReduce(uint32_t kind, uint32_t mask, uint32_t value, tconvEmuSite *site);
/// Lanes of the mask with the same value; for `all`, those if they are all, and `valid`.
uint32_t tconvEmuMatch(uint32_t all, uint32_t mask, uint64_t value, uint32_t *valid,
                       tconvEmuSite *site);
/// 1 for one lane of the mask.
uint32_t tconvEmuElect(uint32_t mask, tconvEmuSite *site);

/// A float rounded to TF32: to nearest, ties away from zero (0) or to even (1), or to zero (2).
uint32_t tconvEmuToTF32(uint32_t bits, uint32_t rounding);
/// prmt: bytes of two registers, by the four digits of the selector.
uint32_t tconvEmuPermute(uint32_t low, uint32_t high, uint32_t selector);
float tconvEmuRsqrtf(float value);
double tconvEmuRsqrt(double value);
float tconvEmuPowif(float value, int32_t exponent);
double tconvEmuPowi(double value, int32_t exponent);
/// mapa: the address itself for rank 0, the only one of a cluster of one block.
uint64_t tconvEmuMapToRank(uint64_t address, uint32_t rank, tconvEmuSite *site);

/// printf with the arguments that CUDA's vprintf gets: packed in memory.
uint32_t tconvEmuPrint(const char *format, const void *arguments, tconvEmuSite *site);
/// Ends the launch with an error; a message of an assertion, or null for a trap.
void tconvEmuTrap(const char *message, tconvEmuSite *site);
}

#endif // TCONV_EMULATOR_ENTRYPOINTS_H
