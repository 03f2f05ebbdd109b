//===- DescriptorTest.cpp - Layers written in one line --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Problem/Descriptor.h"

#include <gtest/gtest.h>

using namespace tconv;

namespace {

Result<Problem> read(const std::string &text) {
  Result<ProblemDescriptor> descriptor = parseDescriptor(text);
  return descriptor ? createProblem(*descriptor) : Result<Problem>(descriptor.error());
}

std::string errorOf(const std::string &text) {
  Result<Problem> problem = read(text);
  return problem ? "no error" : problem.message();
}

TEST(Descriptor, SpreadsOneNumberOverAllDimensions) {
  Result<Problem> problem = read("n2 ci512 co256 i8x6 k4 s2 p1");
  ASSERT_TRUE(problem) << problem.message();
  const Geometry &geometry = problem->geometry;
  EXPECT_EQ(geometry.batch, 2);
  EXPECT_EQ(geometry.inputChannels, 512);
  EXPECT_EQ(geometry.outputChannels, 256);
  ASSERT_EQ(geometry.dims.size(), 2u);
  EXPECT_EQ(geometry.dims[0].output, 16);
  EXPECT_EQ(geometry.dims[1].output, 12);
  EXPECT_EQ(geometry.dims[1].kernel, 4);
}

TEST(Descriptor, DefaultsAreThoseOfThePlainestLayer) {
  Result<ProblemDescriptor> descriptor = parseDescriptor("i3 k2");
  ASSERT_TRUE(descriptor) << descriptor.message();
  EXPECT_EQ(descriptor->batch, 1);
  EXPECT_EQ(descriptor->groups, 1);
  EXPECT_EQ(descriptor->attributes[0].stride, 1);
  EXPECT_EQ(descriptor->type, ElementType::F32);
  EXPECT_FALSE(descriptor->bias);
  EXPECT_FALSE(descriptor->layout.has_value());
}

TEST(Descriptor, WordsGiveBiasLayoutAndType) {
  Result<Problem> problem = read("ci4 co6 i5 k3 b cl bf16");
  ASSERT_TRUE(problem) << problem.message();
  EXPECT_TRUE(problem->bias);
  EXPECT_EQ(problem->layout, TensorLayout::ChannelsLast);
  EXPECT_EQ(problem->type, ElementType::BF16);
  EXPECT_EQ(problem->inputShape(), (std::vector<int64_t>{1, 5, 4}));
  EXPECT_EQ(problem->filterShape(), (std::vector<int64_t>{4, 6, 3}));
  EXPECT_EQ(problem->outputShape(), (std::vector<int64_t>{1, 7, 6}));
}

// i8 is a size, so the type needs a name of its own.
TEST(Descriptor, I8IsASizeAndInt8AType) {
  Result<Problem> problem = read("i8 k3 int8");
  ASSERT_TRUE(problem) << problem.message();
  EXPECT_EQ(problem->geometry.dims[0].input, 8);
  EXPECT_EQ(problem->type, ElementType::I8);
  EXPECT_EQ(problem->resultType(), ElementType::I32);
}

TEST(Descriptor, PaddingMayDifferAtTheEndsAndBeNegative) {
  Result<Problem> problem = read("i4x4 k4 s2 p1:2x-1");
  ASSERT_TRUE(problem) << problem.message();
  const DimAttributes &first = problem->geometry.dims[0].attributes;
  EXPECT_EQ(first.paddingBegin, 1);
  EXPECT_EQ(first.paddingEnd, 2);
  EXPECT_EQ(problem->geometry.dims[1].attributes.paddingEnd, -1);
}

// What is printed for a layer must give the same layer when it is used to repeat a run.
TEST(Descriptor, RoundTrips) {
  for (const char *text :
       {"n1 ci512 co256 i8x8 k4x4 s2 p1 d1 op0 g1 cf f32",
        "n3 ci4 co6 i5x6x7 k3x2x1 s2x3x1 p1:0x0:2x-1 d1x2x1 op1x0x0 g2 b cl bf16",
        "n1 ci4 co4 i9 k1 s1 p0 d1 op0 g4 b cf int8",
        "n1 ci4 co4 i9 k1 s1 p0 d1 op0 g4 cf zx-128 zw7 int8",
        "n1 ci4 co4 i9 k1 s1 p0 d1 op0 g4 cl zx255 uint8"}) {
    Result<Problem> problem = read(text);
    ASSERT_TRUE(problem) << problem.message();
    EXPECT_EQ(formatDescriptor(*problem), text);
  }
}

// The counts that rooflines are made of, against numbers known from elsewhere.
TEST(Descriptor, CountsOfKnownLayers) {
  Result<Problem> dcgan = read("ci1024 co512 i4x4 k4 s2 p1");
  ASSERT_TRUE(dcgan) << dcgan.message();
  EXPECT_EQ(dcgan->usefulOperations(), 205520896);
  EXPECT_EQ(dcgan->bytes(), 33751040);
  Result<Problem> pix2pix = read("ci128 co3 i128x128 k4 s2 p1 b");
  ASSERT_TRUE(pix2pix) << pix2pix.message();
  EXPECT_EQ(pix2pix->usefulOperations(), 199756800);
  EXPECT_EQ(pix2pix->bytes(), 9199628);
}

TEST(Descriptor, ZeroPointsAreThoseOfBytes) {
  EXPECT_EQ(errorOf("i4 k2 zx1"), "expected int8 or uint8 for the zero points zx and zw, got f32");
  EXPECT_EQ(errorOf("i4 k2 zx128 int8"), "expected zx from -128 to 127, got 128");
  EXPECT_EQ(errorOf("i4 k2 zx-1 uint8"), "expected zx from 0 to 255, got -1");
  EXPECT_EQ(errorOf("i4 k2 zw128 uint8"), "expected zw from -128 to 127, got 128");
}

TEST(Descriptor, ErrorsNameTheTokenAndWhatWasExpected) {
  EXPECT_EQ(errorOf("i4x4"), "expected k with the size of the kernel, as in k3x3");
  EXPECT_EQ(errorOf("k4"), "expected i with the size of the input, as in i4x4");
  EXPECT_EQ(
      errorOf("i4 k2 z3"),
      "expected n, ci, co, g, i, o, k, s, p, d, op, zx or zw with its numbers, b, cf, cl or an "
      "element type (f64, f32, f16, bf16, int8, uint8), got 'z3'");
  EXPECT_EQ(
      errorOf("i4 k2 sx"),
      "expected n, ci, co, g, i, o, k, s, p, d, op, zx or zw with its numbers, b, cf, cl or an "
      "element type (f64, f32, f16, bf16, int8, uint8), got 'sx'");
  EXPECT_EQ(errorOf("i4 k2 s2y"), "expected s and numbers, as in s2 or s2x3, got 's2y'");
  EXPECT_EQ(errorOf("i4 k2 p1:"),
            "expected p and numbers, as in p1, p1x0 or p1:2 for begin and end, got 'p1:'");
  EXPECT_EQ(errorOf("i4 k2 n"), "expected n and a number, as in n2, got 'n'");
  EXPECT_EQ(errorOf("i4 k2 n2x2"), "expected one number in 'n2x2'");
  EXPECT_EQ(errorOf("i4 k2 s0"), "expected a number from 1 to 2147483647 in 's0', got 0");
  EXPECT_EQ(errorOf("i4 k2 s1 s2"), "expected s once, got it again in 's2'");
  EXPECT_EQ(errorOf("i4 k2 b b"), "expected b once, got it again in 'b'");
  EXPECT_EQ(errorOf("i4 k2 cl cf"), "expected a layout once, got it again in 'cf'");
  EXPECT_EQ(errorOf("i4 k2 f32 int8"), "expected an element type once, got it again in 'int8'");
  EXPECT_EQ(errorOf("i4x4x4 k2x2"), "expected 1 or 3 numbers in k, got 2");
  EXPECT_EQ(errorOf("i4x4x4x4 k2"), "expected 1 to 3 spatial dimensions, got 4");
}

TEST(Descriptor, ErrorsOfNumbersThatDoNotFitTogether) {
  EXPECT_EQ(errorOf("ci4 co6 i4 k2 g4"), "expected a number of groups that divides the 4 input "
                                         "and 6 output channels, got 4");
  EXPECT_EQ(errorOf("i4 k2 s2 op2"), "expected an output padding from 0 to 1 (below the larger "
                                     "of stride and dilation), got 2");
  EXPECT_EQ(errorOf("i4x4 k4 s2 p1 o8x9"), "expected an output size of 8x8, which follows from "
                                           "the other numbers, got 8x9");
  EXPECT_EQ(errorOf("i4x4 k4 s2 p1 o8"), "no error");
  EXPECT_NE(errorOf("i2 k2 s2 p2").find("the full result has 4 elements"), std::string::npos);
}

TEST(ModuleText, HoldsTheWholeLayer) {
  Result<Problem> problem = read("ci4 co6 i5 k3 p1:0 g2 b cl int8");
  ASSERT_TRUE(problem) << problem.message();
  EXPECT_EQ(moduleText(*problem),
            "func.func @main(%x: tensor<1x5x4xi8>, %w: tensor<4x3x3xi8>, %b: tensor<6xi32>) -> "
            "tensor<1x6x6xi32> {\n"
            "  %y = tconv.conv_transpose %x, %w, %b stride [1] padding [[1, 0]] dilation [1] "
            "output_padding [0] groups 2 channels_last\n"
            "      : (tensor<1x5x4xi8>, tensor<4x3x3xi8>, tensor<6xi32>) -> tensor<1x6x6xi32>\n"
            "  return %y : tensor<1x6x6xi32>\n}\n");
  EXPECT_NE(moduleText(*problem, true).find("%w: tensor<4x3x3xi8> {tconv.constant}"),
            std::string::npos);
}

} // namespace
