//===- HostTensorTest.cpp - Tests of the tensors themselves -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Allocation, access, random contents and comparison.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/HostTensor.h"

#include "tconv/HostTensor/Compare.h"
#include "tconv/HostTensor/Random.h"
#include "tconv/Support/Memory.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace tconv;

static HostTensor make(ElementType type, std::vector<int64_t> shape,
                       const std::vector<double> &values) {
  HostTensor tensor = std::move(*HostTensor::allocate(type, std::move(shape)));
  for (size_t i = 0; i != values.size(); ++i)
    isFloat(type) ? tensor.set(i, values[i]) : tensor.setInt(i, static_cast<int64_t>(values[i]));
  return tensor;
}

TEST(HostTensor, IsAlignedAndZero) {
  HostTensor tensor = make(ElementType::F16, {3, 5}, {});
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.data()) % HostTensor::alignment, 0u);
  EXPECT_EQ(tensor.numElements(), 15);
  EXPECT_EQ(tensor.sizeInBytes(), 30);
  EXPECT_EQ(tensor.typeString(), "3x5xf16");
  EXPECT_EQ(tensor.at(14), 0);
  EXPECT_EQ(make(ElementType::F32, {}, {}).typeString(), "f32");
  EXPECT_EQ(make(ElementType::F32, {}, {}).numElements(), 1);
  EXPECT_EQ(make(ElementType::I8, {4, 0, 2}, {}).numElements(), 0);
  EXPECT_EQ(HostTensor().numElements(), 0);
}

TEST(HostTensor, RefusesBadShapes) {
  auto message = [](std::vector<int64_t> shape) {
    return HostTensor::allocate(ElementType::F32, std::move(shape)).message();
  };
  EXPECT_EQ(message({2, -3}), "expected no negative dimension, got 2x-3xf32");
  EXPECT_EQ(message({int64_t(1) << 32, int64_t(1) << 30}),
            "expected a size in bytes below 2^63, got 4294967296x1073741824xf32");
  EXPECT_EQ(message(std::vector<int64_t>(65, 1)), "expected at most 64 dimensions, got 65");
  std::string memory = message({int64_t(1) << 55});
  EXPECT_EQ(memory.find("not enough memory for a tensor of 36028797018963968xf32: "
                        "144115188075855872 bytes needed, "),
            0u);
  EXPECT_GT(availableMemory(), 0u);
}

TEST(HostTensor, StoresEveryType) {
  for (ElementType type : {ElementType::F64, ElementType::F32, ElementType::F16, ElementType::BF16,
                           ElementType::I64, ElementType::I32, ElementType::I16, ElementType::I8}) {
    HostTensor tensor = make(type, {3}, {1, -2, 3});
    EXPECT_EQ(tensor.at(1), -2);
    EXPECT_EQ(tensor.at(2), 3);
  }
  HostTensor bytes = make(ElementType::I8, {2}, {});
  bytes.setInt(1, 300);
  EXPECT_EQ(bytes.intAt(1), 44);
  EXPECT_EQ(make(ElementType::I1, {1}, {7}).intAt(0), 1);
}

TEST(HostTensor, MovesAndClones) {
  HostTensor tensor = make(ElementType::I32, {2}, {5, 6});
  HostTensor copy = std::move(*tensor.clone());
  copy.setInt(0, 9);
  HostTensor moved = std::move(tensor);
  EXPECT_EQ(moved.intAt(0), 5);
  EXPECT_EQ(copy.intAt(0), 9);
  EXPECT_EQ(copy.intAt(1), 6);
}

TEST(Random, IsReproducible) {
  HostTensor wide = make(ElementType::F64, {1000}, {}), again = make(ElementType::F64, {1000}, {});
  HostTensor narrow = make(ElementType::F16, {1000}, {});
  fillRandom(wide, 1);
  fillRandom(again, 1);
  fillRandom(narrow, 1);
  double sum = 0;
  for (int i = 0; i != 1000; ++i) {
    EXPECT_EQ(wide.at(i), again.at(i));
    EXPECT_EQ(narrow.at(i), roundTo(ElementType::F16, wide.at(i)));
    EXPECT_TRUE(wide.at(i) >= -1 && wide.at(i) < 1);
    sum += wide.at(i);
  }
  EXPECT_LT(std::abs(sum), 100);
  fillRandom(again, 2);
  EXPECT_NE(wide.at(0), again.at(0));
}

TEST(Random, StaysInTheRangeOfIntegers) {
  struct {
    ElementType type;
    int64_t first, last;
  } ranges[] = {
      {ElementType::I8, -128, 127}, {ElementType::I1, 0, 1}, {ElementType::I32, -1000, 1000}};
  for (auto [type, first, last] : ranges) {
    HostTensor tensor = make(type, {20000}, {});
    fillRandom(tensor, 3);
    int64_t least = 0, most = 0;
    for (int i = 0; i != 20000; ++i) {
      least = std::min(least, tensor.intAt(i));
      most = std::max(most, tensor.intAt(i));
    }
    EXPECT_EQ(least, first);
    EXPECT_EQ(most, last);
  }
}

TEST(Compare, CountsAndLocatesTheFirst) {
  HostTensor expected = make(ElementType::F64, {2, 2}, {1, 2, 3, 4});
  HostTensor got = make(ElementType::F32, {2, 2}, {1, 2.5, 3.1, 4});
  std::optional<Mismatch> mismatch = *compare(got, expected, 0.25);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(describe(*mismatch),
            "1 element differs, at [0, 1]: expected 2, got 2.5, tolerance 0.25");
  EXPECT_EQ((*compare(got, expected))->count, 2);
  EXPECT_FALSE(*compare(got, expected, 0.5));
  EXPECT_FALSE(*compare(got, expected, [](int64_t i) { return i == 1 ? 0.5 : 0.2; }));
}

TEST(Compare, TreatsNanAndInfinityAsValues) {
  HostTensor expected = make(ElementType::F64, {5}, {NAN, INFINITY, -INFINITY, 70000, 1});
  EXPECT_FALSE(
      *compare(make(ElementType::F16, {5}, {NAN, INFINITY, -INFINITY, INFINITY, 1}), expected));
  EXPECT_EQ(
      (*compare(make(ElementType::F32, {5}, {0, -INFINITY, 1e30, INFINITY, NAN}), expected, 1e9))
          ->count,
      5);
}

TEST(Compare, TakesIntegersExactly) {
  HostTensor expected = make(ElementType::I32, {2}, {1, 2});
  EXPECT_FALSE(*compare(make(ElementType::I8, {2}, {1, 2}), expected));
  EXPECT_EQ((*compare(make(ElementType::I32, {2}, {1, 3}), expected, 10))->count, 1);
  EXPECT_EQ(compare(make(ElementType::I32, {1}, {1}), expected).message(),
            "expected 2xi32, got 1xi32");
  EXPECT_FALSE(compare(make(ElementType::F32, {2}, {1, 2}), expected).ok());
}
