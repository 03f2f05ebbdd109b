//===- PrintTest.cpp - Tests of the printed form ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every expected text was printed by NumPy 2.1.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/Print.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace tconv;

static std::string print(ElementType type, std::vector<int64_t> shape,
                         const std::function<double(int64_t)> &value) {
  HostTensor tensor = std::move(*HostTensor::allocate(type, std::move(shape)));
  for (int64_t i = 0; i != tensor.numElements(); ++i)
    isFloat(type) ? tensor.set(i, value(i)) : tensor.setInt(i, static_cast<int64_t>(value(i)));
  return formatNumpy(tensor);
}

static std::string print(ElementType type, std::vector<int64_t> shape,
                         const std::vector<double> &values) {
  return print(type, std::move(shape), [&](int64_t i) { return values[i]; });
}

TEST(Print, Positional) {
  EXPECT_EQ(print(ElementType::F32, {3, 4}, [](int64_t i) { return i / 8.0; }),
            "[[0.    0.125 0.25  0.375]\n [0.5   0.625 0.75  0.875]\n"
            " [1.    1.125 1.25  1.375]]");
  EXPECT_EQ(print(ElementType::F16, {2}, {65504, 2.5}), "[6.55e+04 2.50e+00]");
  EXPECT_EQ(print(ElementType::F16, {1}, {65504}), "[65504.]");
}

TEST(Print, Scientific) {
  EXPECT_EQ(print(ElementType::F64, {2, 2}, {1e-5, 1, -2.5, 3e7}),
            "[[ 1.0e-05  1.0e+00]\n [-2.5e+00  3.0e+07]]");
  EXPECT_EQ(print(ElementType::F32, {2}, {0.0001, -0.0}), "[ 0.0001 -0.    ]");
  EXPECT_EQ(print(ElementType::F32, {3}, {0.1, 1e-4, -0.0}), "[ 1.e-01  1.e-04 -0.e+00]");
  EXPECT_EQ(print(ElementType::F16, {3}, {0.1, 65504, 1 / 3.0}), "[9.998e-02 6.550e+04 3.333e-01]");
  EXPECT_EQ(print(ElementType::BF16, {3}, {0.1, 1 / 3.0, 1e20}),
            "[1.00097656e-01 3.33984375e-01 9.97277101e+19]");
}

TEST(Print, NonFinite) {
  EXPECT_EQ(print(ElementType::F32, {4}, {NAN, INFINITY, -INFINITY, 1.5}), "[ nan  inf -inf  1.5]");
}

TEST(Print, IntegersAndBooleans) {
  EXPECT_EQ(print(ElementType::I32, {2, 3, 4}, [](int64_t i) { return i - 5; }),
            "[[[-5 -4 -3 -2]\n  [-1  0  1  2]\n  [ 3  4  5  6]]\n\n"
            " [[ 7  8  9 10]\n  [11 12 13 14]\n  [15 16 17 18]]]");
  EXPECT_EQ(print(ElementType::I1, {1, 2}, {1, 0}), "[[ True False]]");
}

TEST(Print, Scalars) {
  EXPECT_EQ(print(ElementType::F32, {}, {0.1}), "0.1");
  EXPECT_EQ(print(ElementType::F64, {}, {1e-5}), "1e-05");
  EXPECT_EQ(print(ElementType::F64, {}, {3}), "3.0");
  EXPECT_EQ(print(ElementType::I64, {}, {3}), "3");
  EXPECT_EQ(print(ElementType::I1, {}, {1}), "True");
}

TEST(Print, Empty) { EXPECT_EQ(print(ElementType::F32, {2, 0, 3}, std::vector<double>()), "[]"); }

TEST(Print, WrapsLongLines) {
  EXPECT_EQ(print(ElementType::F64, {30}, [](int64_t i) { return i / 7.0; }),
            "[0.         0.14285714 0.28571429 0.42857143 0.57142857 0.71428571\n"
            " 0.85714286 1.         1.14285714 1.28571429 1.42857143 1.57142857\n"
            " 1.71428571 1.85714286 2.         2.14285714 2.28571429 2.42857143\n"
            " 2.57142857 2.71428571 2.85714286 3.         3.14285714 3.28571429\n"
            " 3.42857143 3.57142857 3.71428571 3.85714286 4.         4.14285714]");
}

TEST(Print, SummarizesAbove1000Elements) {
  EXPECT_EQ(print(ElementType::F32, {30, 40}, [](int64_t i) { return i / 4.0; }),
            "[[0.0000e+00 2.5000e-01 5.0000e-01 ... 9.2500e+00 9.5000e+00 9.7500e+00]\n"
            " [1.0000e+01 1.0250e+01 1.0500e+01 ... 1.9250e+01 1.9500e+01 1.9750e+01]\n"
            " [2.0000e+01 2.0250e+01 2.0500e+01 ... 2.9250e+01 2.9500e+01 2.9750e+01]\n"
            " ...\n"
            " [2.7000e+02 2.7025e+02 2.7050e+02 ... 2.7925e+02 2.7950e+02 2.7975e+02]\n"
            " [2.8000e+02 2.8025e+02 2.8050e+02 ... 2.8925e+02 2.8950e+02 2.8975e+02]\n"
            " [2.9000e+02 2.9025e+02 2.9050e+02 ... 2.9925e+02 2.9950e+02 2.9975e+02]]");
}
