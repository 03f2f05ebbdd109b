//===- RandomProblems.h - Pseudo-random layers of realistic sizes -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_SCHEDULE_RANDOMPROBLEMS_H
#define TCONV_UNITTESTS_SCHEDULE_RANDOMPROBLEMS_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/SelectSchedule.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace tconv {

class RandomProblems {
public:
  explicit RandomProblems(unsigned seed) : engine(seed) {}

  int64_t number(int64_t first, int64_t last) {
    return std::uniform_int_distribution<int64_t>(first, last)(engine);
  }
  /// One of some values.
  int64_t oneOf(std::initializer_list<int64_t> values) {
    return values.begin()[number(0, static_cast<int64_t>(values.size()) - 1)];
  }

  /// Of up to three spatial dimensions, of any type, layout and groups, 1 to 2048 channels, and
  /// tensors of fewer than 2^31 elements.
  Problem next() {
    while (true) {
      const int64_t rank = oneOf({1, 2, 2, 2, 3}), groups = oneOf({1, 1, 1, 2, 4, 32, channels()});
      std::vector<int64_t> input, kernel;
      std::vector<DimAttributes> attributes;
      for (int64_t dim = 0; dim < rank; ++dim) {
        input.push_back(magnitude(rank == 1 ? 16384 : rank == 2 ? 512 : 64));
        kernel.push_back(number(1, rank == 1 ? 32 : 7));
        attributes.push_back({.stride = oneOf({1, 2, 2, 2, 3, 4, 8}),
                              .paddingBegin = number(-2, 3),
                              .paddingEnd = number(-2, 3),
                              .dilation = oneOf({1, 1, 1, 2, 3}),
                              .outputPadding = 0});
      }
      auto geometry = Geometry::create(oneOf({1, 1, 1, 2, 8, 16, 64}), channelsOf(groups),
                                       channelsOf(groups), groups, input, kernel, attributes);
      if (geometry && isSmall(*geometry))
        return {.geometry = *geometry,
                .layout = number(0, 1) ? TensorLayout::ChannelsLast : TensorLayout::ChannelsFirst,
                .type = type()};
    }
  }

  /// One that may contradict itself, or the layer.
  GpuSchedule schedule(ElementType type) {
    GpuSchedule s;
    s.math = number(0, 1) ? tensorMath(type, number(0, 1) == 1) : GpuMath::Fma;
    s.kernel = s.math == GpuMath::Fma ? GpuKernel::Simt : GpuKernel::Mma;
    s.warpsM = oneOf({1, 1, 2, 3, 4, 8});
    s.warpsN = oneOf({1, 1, 2, 3, 4});
    const int64_t rows = s.warpsM * s.rowsPerSlice(), columns = s.warpsN * 8;
    s.blockM = rows * number(1, std::max<int64_t>(256 / rows, 1));
    s.blockN = columns * number(1, std::max<int64_t>(number(1, 256) / columns, 1));
    s.blockK = int64_t(1) << std::min(number(2, 8), number(2, 8));
    s.stages = number(2, 8);
    s.splitK = oneOf({1, 1, 1, 2, 3, 7});
    s.raster = oneOf({1, 2, 3, 8});
    s.order = number(0, 1) ? GpuPixelOrder::PixelByPixel : GpuPixelOrder::ImageByImage;
    return s;
  }

  /// The same for the kernel wgmma.
  GpuSchedule warpgroupSchedule(ElementType type) {
    GpuSchedule s = schedule(type);
    s.kernel = GpuKernel::Wgmma;
    s.math = tensorMath(type, /*allowTf32=*/true);
    s.warpsM = oneOf({4, 4, 8, 8, 2});
    s.warpsN = oneOf({1, 1, 1, 1, 2});
    s.blockM = s.warpsM * 16 * number(1, 4);
    s.blockN = 8 * number(1, 32);
    s.blockK = channelsPerChunk(s.math) * oneOf({1, 2, 4, 8, 16});
    return s;
  }

private:
  /// From 1 to a number, each power of two as often as any other; also just beside them.
  int64_t magnitude(int64_t last) {
    const double power = std::uniform_real_distribution<>(0, std::log2(double(last)))(engine);
    return std::clamp<int64_t>(std::llround(std::exp2(power)), 1, last);
  }
  int64_t channels() { return number(0, 1) ? magnitude(2048) : 8 * magnitude(256); }
  int64_t channelsOf(int64_t groups) {
    return groups * std::max<int64_t>(channels() / (groups > 1 ? 4 * groups : 1), 1);
  }
  ElementType type() {
    const ElementType types[] = {ElementType::F64, ElementType::F32, ElementType::F16,
                                 ElementType::BF16, ElementType::I8};
    return types[number(0, 4)];
  }
  static bool isSmall(const Geometry &g) {
    double x = double(g.batch * g.inputChannels), y = double(g.batch * g.outputChannels);
    for (const DimGeometry &dim : g.dims)
      x *= double(dim.input), y *= double(dim.output);
    return x < 0x1p28 && y < 0x1p28;
  }

  std::mt19937 engine;
};

} // namespace tconv

#endif // TCONV_UNITTESTS_SCHEDULE_RANDOMPROBLEMS_H
