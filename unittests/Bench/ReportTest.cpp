//===- ReportTest.cpp - Results as a table, JSON and a picture ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Report.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace tconv;
using namespace tconv::bench;

namespace {

/// A layer of 2e9 useful operations and `bytes` bytes at 1e11 operations a second.
LayerResult resultOf(double seconds, double copyRate) {
  Result<ProblemDescriptor> descriptor = parseDescriptor("ci1000 co1000 i1000 k1");
  LayerResult result;
  result.name = "layer<1>";
  result.problem = *createProblem(*descriptor);
  result.best = result.median = seconds;
  result.runs = 5;
  result.peak = {"some FMA", 1e11};
  result.peakBefore = result.peakAfter = 1e11;
  result.copyRate = copyRate;
  return result;
}

/// Whether a line of a table begins with these cells, however far apart they are.
bool hasRow(const std::string &table, const std::vector<std::string> &cells) {
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string> row(cells.size());
    for (std::string &cell : row)
      words >> cell;
    if (row == cells)
      return true;
  }
  return false;
}

TEST(LayerResult, TheSlowerLimitIsTheRoofline) {
  LayerResult compute = resultOf(0.04, 1e10); // 12 MB in 1.2 ms
  EXPECT_FALSE(compute.isMemoryBound());
  EXPECT_DOUBLE_EQ(compute.rooflineTime(), 0.02);
  EXPECT_DOUBLE_EQ(compute.ratio(), 2);
  EXPECT_DOUBLE_EQ(compute.shareOfPeak(), 0.5);
  LayerResult memory = resultOf(0.24, 1e8); // in 120 ms
  EXPECT_TRUE(memory.isMemoryBound());
  EXPECT_DOUBLE_EQ(memory.rooflineTime(), 0.12);
  EXPECT_DOUBLE_EQ(memory.ratio(), 2);
}

TEST(LayerResult, NoiseBeforeAfterOrThroughoutIsNoticed) {
  EXPECT_FALSE(resultOf(0.04, 1e10).isNoisy());
  for (double LayerResult::*burst : {&LayerResult::peakBefore, &LayerResult::peakAfter}) {
    LayerResult disturbed = resultOf(0.04, 1e10);
    disturbed.*burst = 9e10;
    EXPECT_TRUE(disturbed.isNoisy());
  }
  // All bursts were slow alike, and the layer was not.
  EXPECT_TRUE(resultOf(0.009, 1e10).isNoisy());
}

TEST(LayerResult, MemoryOfUnknownSpeedDoesNotLimit) {
  EXPECT_DOUBLE_EQ(resultOf(0.04, 0).rooflineTime(), 0.02);
}

TEST(Report, MeanOfRatiosIsGeometric) {
  std::vector<LayerResult> results{resultOf(0.04, 1e10), resultOf(0.16, 1e10)};
  EXPECT_DOUBLE_EQ(meanRatio(results), 4);
}

TEST(Report, TableMarksMemoryAndNoise) {
  std::vector<LayerResult> results{resultOf(0.04, 1e10), resultOf(0.24, 1e8)};
  results.back().peakBefore = 9e10;
  std::string table = formatTable(Machine(2), results);
  EXPECT_TRUE(hasRow(table, {"layer<1>", "40.0", "40.0", "50.0", "50.0", "20.0", "2.00"})) << table;
  EXPECT_TRUE(hasRow(table, {"layer<1>", "240", "240", "8.33", "8.33?", "120M", "2.00"})) << table;
  EXPECT_NE(table.find("geometric mean of the ratios: 2.00 (2 layers)"), std::string::npos);
  EXPECT_EQ(formatTable(Machine(2), {}), "");
}

TEST(Report, JsonIsOneLine) {
  std::string json = formatJson(Machine(2), resultOf(0.04, 1e10));
  EXPECT_EQ(json.find('\n'), std::string::npos);
  EXPECT_NE(json.find(R"("ms":40,"med_ms":40,"reps":5,"flops_exact":2000000000,)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("threads":2,"instructions":"some FMA","peak_gflops":100,)"),
            std::string::npos)
      << json;
  EXPECT_EQ(formatJson("a", Error{"expected \"x\"", true}),
            R"({"name":"a","error":"expected \"x\"","unsupported":true})");
}

TEST(Report, PlotNamesEveryLayer) {
  std::string svg = plotRooflines(Machine(1), {resultOf(0.04, 1e10), resultOf(0.24, 1e8)});
  EXPECT_NE(svg.find("layer&lt;1&gt;"), std::string::npos);
  EXPECT_NE(svg.find(">10 ms<"), std::string::npos);
  EXPECT_NE(svg.find(">1 s<"), std::string::npos);
  EXPECT_NE(svg.find("roof memory"), std::string::npos);
}

// The peak of a type is that of what it is computed in, and every type has one.
TEST(Machine, MeasuresEveryType) {
  Machine machine(1);
  for (ElementType type :
       {ElementType::F64, ElementType::F32, ElementType::F16, ElementType::BF16, ElementType::I8}) {
    double rate = machine.measurePeak(type, 0.001);
    EXPECT_GT(rate, 1e8) << name(type);
    EXPECT_GE(machine.peak(type).operationsPerSecond, rate);
    EXPECT_FALSE(machine.peak(type).instructions.empty());
  }
}

TEST(Machine, RemembersCopyRates) {
  Machine machine(2);
  double rate = machine.copyRate(1000);
  EXPECT_GT(rate, 1e6);
  EXPECT_EQ(machine.copyRate(1 << 18), rate); // the smallest working set measured
}

} // namespace
