//===- Random.cpp - Reproducible random tensors -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// xoshiro256** seeded by splitmix64 (Blackman and Vigna, "Scrambled linear
// pseudorandom number generators", 2021). The distributions of the standard library
// are not used: their results differ between implementations.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/Random.h"

#include <bit>

namespace tconv {
namespace {

class Xoshiro256 {
public:
  explicit Xoshiro256(uint64_t seed) {
    for (uint64_t &word : state)
      word = splitmix(seed);
  }

  uint64_t next() {
    uint64_t result = std::rotl(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = std::rotl(state[3], 45);
    return result;
  }

private:
  static uint64_t splitmix(uint64_t &seed) {
    uint64_t mixed = (seed += 0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  uint64_t state[4];
};

/// The first and the number of integers to draw from.
struct Range {
  int64_t first;
  uint64_t count;
};

Range integerRange(ElementType type) {
  if (type == ElementType::I8)
    return {-128, 256};
  if (type == ElementType::I1)
    return {0, 2};
  return {-1000, 2001};
}

} // namespace

void fillRandom(HostTensor &tensor, uint64_t seed) {
  Xoshiro256 generator(seed);
  bool floats = isFloat(tensor.type());
  Range range = integerRange(tensor.type());
  for (int64_t i = 0, e = tensor.numElements(); i != e; ++i) {
    uint64_t bits = generator.next();
    if (floats) // 53 random bits in [0, 2), exact in double
      tensor.set(i, static_cast<double>(bits >> 11) * 0x1p-52 - 1.0);
    else // the upper 32 bits as a fraction of the range
      tensor.setInt(i, range.first + static_cast<int64_t>(((bits >> 32) * range.count) >> 32));
  }
}

} // namespace tconv
