//===- LayersTest.cpp - Layers to measure ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Layers.h"
#include "tconv/Bench/Measure.h"

#include <gtest/gtest.h>

using namespace tconv;
using namespace tconv::bench;

namespace {

std::string errorOf(std::string_view text) {
  auto layers = parseLayers(text, "file");
  return layers ? "no error" : layers.message();
}

std::string describe(const NamedLayer &layer) {
  Result<Problem> problem = createProblem(layer.descriptor);
  return problem ? formatDescriptor(*problem) : problem.message();
}

TEST(Layers, MembersMeanWhatDescriptorsMean) {
  auto layers = parseLayers(R"([
    {"name": "a", "tier": "core", "N": 2, "ci": 4, "co": 6, "g": 2, "in": [3, 5], "out": [7, 13],
     "k": [4, 5], "s": [2, 2], "p": [1, 0], "op": [1, 0], "d": [1, 1], "bias": true},
    {"ci": 1, "co": 1, "in": [8], "k": [3], "type": "i8", "layout": "channels_last"}])",
                            "file");
  ASSERT_TRUE(layers) << layers.message();
  ASSERT_EQ(layers->size(), 2u);
  EXPECT_EQ(layers->front().name, "a");
  EXPECT_EQ(describe(layers->front()), "n2 ci4 co6 i3x5 k4x5 s2 p1x0 d1 op1x0 g2 b cf f32");
  EXPECT_EQ(layers->back().name, "n1 ci1 co1 g1 i8 k3 int8");
  EXPECT_EQ(describe(layers->back()), "n1 ci1 co1 i8 k3 s1 p0 d1 op0 g1 cl int8");
}

TEST(Layers, ReadsOneObject) {
  auto layers = parseLayers(R"( {"ci": 1024, "co": 512, "in": [4, 4], "k": [4, 4], "s": [2, 2],
                                "p": [1, 1], "flops": 268435456, "flops_exact": 205520896})",
                            "file");
  ASSERT_TRUE(layers) << layers.message();
  EXPECT_EQ(layers->size(), 1u);
}

TEST(Layers, ReadsLinesWithAndWithoutNames) {
  auto layers =
      parseLayers("# reasons\n\n k=s: i4 k2 s2 # meets itself nowhere\r\ni6 k3 p1:0\n", "file");
  ASSERT_TRUE(layers) << layers.message();
  ASSERT_EQ(layers->size(), 2u);
  EXPECT_EQ(layers->front().name, "k=s");
  EXPECT_EQ(layers->back().name, "i6 k3 p1:0");
  EXPECT_EQ(layers->back().descriptor.attributes[0].paddingEnd, 0);
}

TEST(Layers, ErrorsSayWhichLayer) {
  EXPECT_EQ(errorOf("i4 k2\n\nb: i4"),
            "file:3: expected k with the size of the kernel, as in k3x3");
  EXPECT_EQ(errorOf("[]"), "file: expected at least one layer, got none");
  EXPECT_EQ(errorOf("  \n"), "file: expected at least one layer, got none");
  EXPECT_EQ(errorOf(R"([{"ci": 1, "co": 1, "in": [4]}])"), "file: missing value at layers[0].k");
  EXPECT_EQ(errorOf(R"({"ci": "1"})"), "file: expected integer at layers[0].ci");
  EXPECT_EQ(errorOf(R"({"ci": 1, "co": 1, "in": [4], "k": [2], "out": [6]})"),
            "file: layer 0: expected an output size of 5, which follows from the other numbers, "
            "got 6");
  EXPECT_EQ(errorOf(R"({"ci": 1, "co": 1, "in": [4], "k": [2], "layout": "nhwc"})"),
            "file: layer 0: expected a layout channels_first or channels_last, got 'nhwc'");
  EXPECT_EQ(errorOf(R"({"name": "a", "ci": 1, "co": 1, "in": [4], "k": [2], "flops_exact": 9})"),
            "file: layer 'a': expected flops_exact of 16, which follows from the sizes, got 9");
  EXPECT_NE(errorOf("[{]").find("file: expected JSON: "), std::string::npos);
}

TEST(Layers, OptionsGoBeforeWhatLayersSay) {
  auto layers = parseLayers("co64 i4 k2 cf f64", "file");
  ASSERT_TRUE(layers) << layers.message();
  MeasureOptions options;
  Result<Problem> problem = problemOf(layers->front(), options);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->layout, TensorLayout::ChannelsFirst);
  EXPECT_EQ(problem->type, ElementType::F64);
  options.layout = TensorLayout::ChannelsLast;
  options.type = ElementType::BF16;
  problem = problemOf(layers->front(), options);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->layout, TensorLayout::ChannelsLast);
  EXPECT_EQ(problem->type, ElementType::BF16);
}

} // namespace
