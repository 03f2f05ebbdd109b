//===- WgmmaTest.cpp - Operands and results of wgmma, as the PTX ISA has them ===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where elements are in shared memory is written here once more: an operand consists of atoms of
// eight lines, each of as many bytes as the swizzle has, in which chunks of 16 bytes change places.
//
//===----------------------------------------------------------------------===//

#include "TestElement.h"
#include "TestKernel.h"
#include "WgmmaKernel.h"

#include "../../lib/Emulator/Halves.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <bit>

using namespace tconv;

namespace {

/// Values that all types have, but for the sign of u8.
int value(const std::string &type, int mn, int k, int salt) {
  int number = (mn * 5 + k * 3 + salt) % 7 - 3;
  return type == "u8" ? 200 + number : number;
}

/// An operand of `size` by `depth` elements in an image of shared memory.
struct Operand {
  std::string type;
  int size, depth;
  bool isMNMajor;
  /// Bytes of the swizzle, 16 for none; where it starts, and where its pattern starts if not at a
  /// multiple of 1024.
  int swizzle, start, salt, firstLine = 0;

  int element() const { return bytesOf(type); }
  int atoms(int length) const { return (length * element() + swizzle - 1) / swizzle; }
  int atomBytes() const { return 8 * swizzle; }
  /// Atoms next to each other along the major dimension, then along the other one.
  int lines() const { return isMNMajor ? depth : size; }
  int bytes() const { return atoms(isMNMajor ? size : depth) * (lines() / 8) * atomBytes(); }
  /// Bytes from one atom to the next.
  int majorStep() const { return lines() / 8 * atomBytes(); }
  int minorStep() const { return atomBytes(); }

  void write(std::vector<char> &image) const {
    for (int mn = 0; mn < size; ++mn)
      for (int k = 0; k < depth; ++k) {
        int along = (isMNMajor ? mn : k) * element(), line = isMNMajor ? k : mn;
        int within = along % swizzle, row = line % 8;
        int moved = within / 16 ^ (row * swizzle / 128);
        int place = start + along / swizzle * majorStep() + line / 8 * minorStep() + row * swizzle +
                    moved * 16 + within % 16;
        writeElement(&image[place], type, value(type, mn, k, salt));
      }
  }
  uint64_t describe() const {
    uint64_t kind = swizzle == 128 ? 1 : swizzle == 64 ? 2 : swizzle == 32 ? 3 : 0;
    bool swapped = kind == 0 && isMNMajor;
    return describeMatrix(start, swapped ? minorStep() : majorStep(),
                          swapped ? majorStep() : minorStep(), kind, firstLine);
  }
  /// Units of 16 bytes to where k is the product of a step, each of 32 bytes of k.
  std::vector<int> offsets() const {
    std::vector<int> result;
    for (int bytes = 0; bytes < depth * element(); bytes += 32)
      result.push_back((isMNMajor ? bytes / element() / 8 * minorStep()
                                  : bytes / swizzle * majorStep() + bytes % swizzle) /
                       16);
    return result;
  }
};

struct Case {
  const char *typeA, *typeB, *typeD;
  int n;
  int swizzleA, swizzleB;
  bool isMMajor = false, isNMajor = false;
  int firstLine = 0, warpgroups = 1;
  bool negatesA = false, negatesB = false;
  /// Whether sums start at the ends of their range, and what they do there.
  bool isAtEnd = false, saturates = false;
};

/// Whole numbers to start with.
int64_t initialSum(const Case &c, int index) {
  if (!c.isAtEnd)
    return index % 9 - 4;
  return index % 2 ? int64_t(INT32_MAX) - index : int64_t(INT32_MIN) + index;
}

/// What a wgmma of integers makes of a sum.
int64_t finalSum(const Case &c, int64_t sum) {
  if (c.saturates)
    return std::clamp<int64_t>(sum, INT32_MIN, INT32_MAX);
  return static_cast<int32_t>(sum);
}

/// Register `index` of a thread, from the sums of the whole matrix.
uint32_t expectedRegister(const std::string &type, const std::vector<int64_t> &sums, int n,
                          int thread, int index) {
  int lane = thread % 32, row = thread / 32 * 16 + lane / 4;
  auto at = [&](int element) {
    int below = element % 4 / 2 * 8, column = element / 4 * 8 + lane % 4 * 2 + element % 2;
    return sums[(row + below) * n + column];
  };
  if (type == "s32")
    return static_cast<uint32_t>(at(index));
  if (type == "f32")
    return std::bit_cast<uint32_t>(static_cast<float>(at(index)));
  return emulator::floatToHalf(static_cast<float>(at(2 * index))) |
         uint32_t(emulator::floatToHalf(static_cast<float>(at(2 * index + 1)))) << 16;
}

/// What the threads of a warpgroup start with and end with.
void addRegisters(const Case &c, int saltA, int saltB, int depth, int registers,
                  std::vector<uint32_t> &initial, std::vector<uint32_t> &expected) {
  std::vector<int64_t> sums(64 * c.n);
  auto add = [&](std::vector<uint32_t> &to) {
    for (int thread = 0; thread < 128; ++thread)
      for (int index = 0; index < registers; ++index)
        to.push_back(expectedRegister(c.typeD, sums, c.n, thread, index));
  };
  for (int i = 0; i < 64 * c.n; ++i)
    sums[i] = initialSum(c, i);
  add(initial);
  int sign = c.negatesA != c.negatesB ? -1 : 1;
  for (int m = 0; m < 64; ++m)
    for (int n = 0; n < c.n; ++n) {
      int64_t &sum = sums[m * c.n + n];
      for (int k = 0; k < depth; ++k) {
        sum += sign * value(c.typeA, m, k, saltA) * value(c.typeB, n, k, saltB);
        if (c.isAtEnd && (k + 1) * bytesOf(c.typeA) % 32 == 0)
          sum = finalSum(c, sum);
      }
    }
  add(expected);
}

void check(const Case &c, AsyncCopyTime time) {
  SCOPED_TRACE(std::string(c.typeA) + " " + c.typeB + " " + c.typeD + " n" + std::to_string(c.n) +
               " swizzles " + std::to_string(c.swizzleA) + " " + std::to_string(c.swizzleB) +
               (c.isMMajor ? " m-major" : "") + (c.isNMajor ? " n-major" : ""));
  int perStep = 32 / bytesOf(c.typeA);
  int lines = std::max({2 * perStep, c.swizzleA / bytesOf(c.typeA), c.swizzleB / bytesOf(c.typeB)});
  int depth = lines, start = c.firstLine * 128;
  Operand a{c.typeA, 64, depth, c.isMMajor, c.swizzleA, start, 1, c.firstLine};
  Operand b{c.typeB, c.n, depth, c.isNMajor, c.swizzleB, 0, 4};
  int distance = (start + a.bytes() + 1023) / 1024 * 1024;
  b.start = distance * c.warpgroups;
  std::vector<char> image(b.start + b.bytes());
  b.write(image);
  WgmmaKernel kernel;
  kernel.n = c.n;
  kernel.k = perStep;
  kernel.steps = depth / perStep;
  kernel.offsetsA = a.offsets();
  kernel.offsetsB = b.offsets();
  kernel.typeA = c.typeA;
  kernel.typeB = c.typeB;
  kernel.typeD = c.typeD;
  kernel.registerType = kernel.typeD == "f32" ? "f32" : "i32";
  kernel.layoutA = c.isMMajor ? "col" : "row";
  kernel.layoutB = c.isNMajor ? "row" : "col";
  kernel.scaleA = c.negatesA ? "neg" : "one";
  kernel.scaleB = c.negatesB ? "neg" : "one";
  kernel.overflow = c.saturates ? "satfinite" : c.isAtEnd ? "wrapped" : "";
  kernel.warpgroups = c.warpgroups;
  kernel.distanceA = distance / 16;
  kernel.imageBytes = static_cast<int>(image.size());
  std::vector<uint32_t> initial, expected;
  for (int group = 0; group < c.warpgroups; ++group) {
    Operand own = a;
    own.start += group * distance;
    own.salt += group;
    own.write(image);
    addRegisters(c, own.salt, b.salt, depth, kernel.countRegisters(), initial, expected);
  }
  EmulatorOptions options;
  options.asyncCopies = time;
  TestKernel loaded(kernel.text(), options);
  ASSERT_EQ(loaded.loadError, "");
  uint64_t y = loaded.allocate(expected.size() * 4);
  auto bytes = static_cast<uint32_t>(image.size());
  ASSERT_EQ(
      loaded.launch("f", {{1, 1, 1}, {128u * c.warpgroups, 1, 1}, bytes},
                    {loaded.upload(image), loaded.upload(initial), y, a.describe(), b.describe()}),
      "");
  EXPECT_EQ(loaded.download<uint32_t>(y, expected.size()), expected);
  EXPECT_EQ(loaded.device.lastLaunch().warpgroupMultiplies, uint64_t(kernel.steps * c.warpgroups));
  EXPECT_EQ(loaded.device.lastLaunch().matrixMultiplyAdds,
            uint64_t(64 * c.n * depth * c.warpgroups));
}

void checkBoth(const Case &c) {
  check(c, AsyncCopyTime::Early);
  check(c, AsyncCopyTime::Late);
}

TEST(Wgmma, TypesOfElements) {
  for (auto [a, b, d] : std::initializer_list<std::array<const char *, 3>>{{"f16", "f16", "f32"},
                                                                           {"f16", "f16", "f16"},
                                                                           {"bf16", "bf16", "f32"},
                                                                           {"tf32", "tf32", "f32"},
                                                                           {"s8", "s8", "s32"},
                                                                           {"s8", "u8", "s32"},
                                                                           {"u8", "s8", "s32"},
                                                                           {"u8", "u8", "s32"},
                                                                           {"e4m3", "e4m3", "f32"},
                                                                           {"e4m3", "e5m2", "f16"},
                                                                           {"e5m2", "e4m3", "f32"},
                                                                           {"e5m2", "e5m2", "f16"}})
    checkBoth({a, b, d, 16, 128, 128});
}

TEST(Wgmma, SwizzlesOfOperandsThatAreMajorInK) {
  for (int swizzle : {16, 32, 64, 128}) {
    checkBoth({"f16", "f16", "f32", 24, swizzle, swizzle});
    checkBoth({"tf32", "tf32", "f32", 8, swizzle, 16});
    checkBoth({"s8", "s8", "s32", 32, 64, swizzle});
  }
}

TEST(Wgmma, SwizzlesOfOperandsThatAreMajorInMOrN) {
  for (int swizzle : {16, 32, 64, 128}) {
    checkBoth({"f16", "f16", "f32", 64, swizzle, swizzle, true, true});
    checkBoth({"bf16", "bf16", "f32", 128, swizzle, 64, true, false});
    checkBoth({"f16", "f16", "f16", 256, 128, swizzle, false, true});
  }
}

TEST(Wgmma, WidthsOfResults) {
  for (int n = 8; n <= 256; n += 8)
    check({"bf16", "bf16", "f32", n, 128, 128}, AsyncCopyTime::Late);
}

TEST(Wgmma, PatternsThatStartAtAnyLine) {
  checkBoth({"f16", "f16", "f32", 16, 128, 128, false, false, 3});
  checkBoth({"f16", "f16", "f32", 16, 64, 128, false, false, 1});
}

TEST(Wgmma, NegatedOperands) {
  Case c{"f16", "f16", "f32", 16, 128, 128};
  for (auto [a, b] : {std::pair(true, false), std::pair(false, true), std::pair(true, true)}) {
    c.negatesA = a;
    c.negatesB = b;
    checkBoth(c);
  }
}

TEST(Wgmma, SumsOfIntegersAtTheEndsOfTheirRange) {
  Case c{"u8", "u8", "s32", 16, 128, 128};
  c.isAtEnd = true;
  checkBoth(c);
  c.saturates = true;
  checkBoth(c);
  c.typeA = "s8";
  checkBoth(c);
}

TEST(Wgmma, WarpgroupsThatShareAnOperand) {
  Case c{"bf16", "bf16", "f32", 64, 128, 128, false, true};
  for (int warpgroups : {2, 3}) {
    c.warpgroups = warpgroups;
    checkBoth(c);
  }
}

} // namespace
