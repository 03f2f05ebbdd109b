//===- PropertyTest.cpp - Formulas against enumeration ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every formula of one dimension against loops over the definition, on a grid of all
// small layers.
//
//===----------------------------------------------------------------------===//

#include "tconv/Geometry/CheckedInt.h"
#include "tconv/Geometry/Geometry.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

using namespace tconv;

namespace {

int64_t floorMod(int64_t a, int64_t b) { return (a % b + b) % b; }

/// The position of x[i]*w[k] in y.
int64_t target(const DimGeometry &dim, int64_t i, int64_t k) {
  return i * dim.attributes.stride - dim.attributes.paddingBegin + k * dim.attributes.dilation;
}

std::string name(const DimGeometry &dim) {
  std::ostringstream text;
  text << "I=" << dim.input << " K=" << dim.kernel << " s=" << dim.attributes.stride
       << " d=" << dim.attributes.dilation << " pb=" << dim.attributes.paddingBegin
       << " pe=" << dim.attributes.paddingEnd << " op=" << dim.attributes.outputPadding;
  return text.str();
}

std::vector<DimAttributes> allAttributes() {
  std::vector<DimAttributes> all;
  for (int64_t s = 1; s <= 4; ++s)
    for (int64_t d = 1; d <= 4; ++d)
      for (int64_t pb = -3; pb <= 4; ++pb)
        for (int64_t pe = -3; pe <= 4; ++pe)
          for (int64_t op = 0; op < std::max(s, d); ++op)
            all.push_back({s, pb, pe, d, op});
  return all;
}

/// Calls `check` on each valid layer of the grid; stops at the first that fails.
template <typename Check> void forAllLayers(Check check) {
  for (const DimAttributes &attributes : allAttributes())
    for (int64_t input = 1; input <= 5; ++input)
      for (int64_t kernel = 1; kernel <= 5; ++kernel) {
        auto output = computeOutputSize(input, kernel, attributes);
        ASSERT_TRUE(output);
        if (*output < 1)
          continue;
        DimGeometry dim{attributes, input, kernel, *output};
        SCOPED_TRACE(name(dim));
        check(dim);
        if (::testing::Test::HasFailure())
          return;
      }
}

/// The outputs of the rows, each with its row; fails if two rows share one.
std::map<int64_t, PhaseRow> outputsOfRows(const DimGeometry &dim) {
  std::map<int64_t, PhaseRow> rows;
  for (int64_t firstTap = 0; firstTap < dim.numRows(); ++firstTap) {
    PhaseRow row = dim.row(firstTap);
    EXPECT_LE(row.qBegin, row.qEnd);
    for (int64_t q = row.qBegin; q < row.qEnd; ++q) {
      int64_t o = dim.attributes.stride * q + row.residue - dim.attributes.paddingBegin;
      EXPECT_TRUE(rows.emplace(o, row).second) << "two rows contain output " << o;
    }
  }
  return rows;
}

} // namespace

// O is where the last stamp ends, with the padding cut off.
TEST(Property, OutputSize) {
  forAllLayers([](const DimGeometry &dim) {
    int64_t end = target(dim, dim.input - 1, dim.kernel - 1) + 1;
    EXPECT_EQ(dim.output, end - dim.attributes.paddingEnd + dim.attributes.outputPadding);
  });
}

// Every output that a pair (i, k) meets lies in a row, every output of a row in y.
TEST(Property, RowsHoldTheOutputsThatAreReached) {
  forAllLayers([](const DimGeometry &dim) {
    std::map<int64_t, PhaseRow> rows = outputsOfRows(dim);
    for (auto &[o, row] : rows)
      EXPECT_TRUE(o >= 0 && o < dim.output) << o;
    for (int64_t i = 0; i < dim.input; ++i)
      for (int64_t k = 0; k < dim.kernel; ++k)
        if (int64_t o = target(dim, i, k); o >= 0 && o < dim.output)
          EXPECT_TRUE(rows.count(o)) << o;
  });
}

// The taps of an output's row are those that divide, and read where the formula says.
TEST(Property, TapsOfARow) {
  forAllLayers([](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    for (auto &[o, row] : outputsOfRows(dim)) {
      std::set<int64_t> expected, taps;
      for (int64_t k = 0; k < dim.kernel; ++k)
        if (floorMod(o + a.paddingBegin - k * a.dilation, a.stride) == 0)
          expected.insert(k);
      int64_t q = (o + a.paddingBegin - row.residue) / a.stride;
      for (int64_t j = 0; j < row.taps; ++j) {
        int64_t k = row.firstTap + j * a.tapStep();
        taps.insert(k);
        EXPECT_EQ(target(dim, q + row.inputBase - j * a.inputStep(), k), o);
      }
      EXPECT_EQ(taps, expected) << o;
    }
  });
}

// Rows begin and end at outputs that read x, unless y itself ends there.
TEST(Property, RowsAreTight) {
  forAllLayers([](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    for (int64_t firstTap = 0; firstTap < dim.numRows(); ++firstTap) {
      PhaseRow row = dim.row(firstTap);
      if (row.qBegin == row.qEnd)
        continue;
      for (int64_t q : {row.qBegin, row.qEnd - 1}) {
        int64_t last = q + row.inputBase, first = last - (row.taps - 1) * a.inputStep();
        EXPECT_TRUE(last >= 0 && first < dim.input) << "row " << firstTap << ", q " << q;
      }
    }
  });
}

// firstOutput and firstInput are the smallest index written and read by the row, and
// maxReach bounds how far the reads leave x.
TEST(Property, FirstOutputFirstInputAndReach) {
  forAllLayers([](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    int64_t reach = *maxReach(CheckedInt(dim.kernel), a).value();
    for (int64_t firstTap = 0; firstTap < dim.numRows(); ++firstTap) {
      auto row = phaseRow(CheckedInt(firstTap), CheckedInt(dim.input), CheckedInt(dim.kernel),
                          CheckedInt(dim.output), a);
      int64_t first = *firstInput(row, a).value(), begin = *row.qBegin.value();
      int64_t count = *row.qEnd.value() - begin, taps = *row.taps.value();
      if (count == 0)
        continue;
      EXPECT_EQ(*firstOutput(row, a).value(),
                begin * a.stride + *row.residue.value() - a.paddingBegin);
      EXPECT_EQ(first, begin + *row.inputBase.value() - (taps - 1) * a.inputStep());
      EXPECT_GE(first, -reach);
      EXPECT_LE(first + count + (taps - 1) * a.inputStep(), dim.input + reach);
    }
  });
}

// rowsCoverOutput holds exactly if every output belongs to a row.
TEST(Property, RowsCoverOutput) {
  forAllLayers([](const DimGeometry &dim) {
    bool all = static_cast<int64_t>(outputsOfRows(dim).size()) == dim.output;
    EXPECT_EQ(dim.rowsCoverOutput(), all);
  });
}

// The correlation of form 2, with x inserted where `insertion` says, reads x[i] with
// the tap k exactly if form 1 does.
TEST(Property, Insertion) {
  forAllLayers([](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    Insertion insertion = dim.insertion();
    ASSERT_EQ(insertion.paddedSize, dim.output + (dim.kernel - 1) * a.dilation);
    ASSERT_GE(insertion.count, 0);
    std::map<int64_t, int64_t> padded; // position to i
    for (int64_t n = 0; n < insertion.count; ++n)
      padded[insertion.begin + n * a.stride] = insertion.first + n;
    for (auto [position, i] : padded) {
      ASSERT_TRUE(position >= 0 && position < insertion.paddedSize) << position;
      ASSERT_TRUE(i >= 0 && i < dim.input) << i;
    }
    std::set<std::array<int64_t, 3>> form1, form2;
    for (int64_t i = 0; i < dim.input; ++i)
      for (int64_t k = 0; k < dim.kernel; ++k)
        if (int64_t o = target(dim, i, k); o >= 0 && o < dim.output)
          form1.insert({o, i, k});
    for (int64_t o = 0; o < dim.output; ++o)
      for (int64_t k = 0; k < dim.kernel; ++k)
        if (auto at = padded.find(o + (dim.kernel - 1 - k) * a.dilation); at != padded.end())
          form2.insert({o, at->second, k});
    EXPECT_EQ(form1, form2);
  });
}

// pairsInside counts the pairs whose product lands in y.
TEST(Property, PairsInside) {
  forAllLayers([](const DimGeometry &dim) {
    int64_t pairs = 0;
    for (int64_t i = 0; i < dim.input; ++i)
      for (int64_t k = 0; k < dim.kernel; ++k)
        pairs += target(dim, i, k) >= 0 && target(dim, i, k) < dim.output;
    EXPECT_EQ(dim.pairsInside(), pairs);
  });
}

// A slab of outputs needs no input outside its range, and with dilation 1 all of it.
TEST(Property, InputRangeOfOutputs) {
  forAllLayers([](const DimGeometry &dim) {
    for (int64_t begin = 0; begin < dim.output; begin += 2)
      for (int64_t end = begin + 1; end <= dim.output; end += 3) {
        std::set<int64_t> needed;
        for (int64_t i = 0; i < dim.input; ++i)
          for (int64_t k = 0; k < dim.kernel; ++k)
            if (target(dim, i, k) >= begin && target(dim, i, k) < end)
              needed.insert(i);
        InputRange range = inputRangeOfOutputs(dim, begin, end);
        ASSERT_TRUE(0 <= range.begin && range.begin <= range.end && range.end <= dim.input);
        for (int64_t i : needed)
          EXPECT_TRUE(i >= range.begin && i < range.end) << i << " of " << begin << ", " << end;
        if (dim.attributes.dilation == 1)
          EXPECT_EQ(range.end - range.begin, static_cast<int64_t>(needed.size()))
              << begin << ", " << end;
      }
  });
}
