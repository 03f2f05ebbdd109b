//===- RandomLayers.h - Pseudo-random layers --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_SCHEDULE_RANDOMLAYERS_H
#define TCONV_UNITTESTS_SCHEDULE_RANDOMLAYERS_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/Schedule.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace tconv {

/// A schedule of a transformed layer, of which only the tile matters.
inline Schedule winograd(int64_t tile) {
  Schedule schedule;
  schedule.family = KernelFamily::Winograd;
  schedule.tile = tile;
  return schedule;
}

class RandomLayers {
public:
  explicit RandomLayers(unsigned seed) : engine(seed) {}

  int64_t number(int64_t first, int64_t last) {
    return std::uniform_int_distribution<int64_t>(first, last)(engine);
  }

  /// A layer of up to three spatial dimensions.
  Geometry layer() {
    while (true) {
      std::vector<int64_t> input, kernel;
      std::vector<DimAttributes> attributes;
      for (int64_t dim = number(1, 3); dim > 0; --dim) {
        input.push_back(number(1, 7));
        kernel.push_back(number(1, 5));
        attributes.push_back({number(1, 4), number(-2, 3), number(-2, 3), number(1, 3), 0});
      }
      const int64_t groups = number(1, 2);
      auto geometry = Geometry::create(number(1, 3), groups * number(1, 3), groups * number(1, 20),
                                       groups, input, kernel, attributes);
      if (geometry)
        return *geometry;
    }
  }

  /// A number in [first, last] of which small ones are as likely as large ones.
  int64_t size(int64_t first, int64_t last) {
    std::uniform_real_distribution<double> logarithm(std::log(first), std::log(last + 1));
    return std::clamp(static_cast<int64_t>(std::exp(logarithm(engine))), first, last);
  }

private:
  std::mt19937 engine;
};

} // namespace tconv

#endif // TCONV_UNITTESTS_SCHEDULE_RANDOMLAYERS_H
