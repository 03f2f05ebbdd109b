//===- CompilerTest.cpp - The compiler, from C ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv-c/Compiler.h"

#include "gtest/gtest.h"

#include <numeric>
#include <string>
#include <vector>

namespace {

const char *const dynamicLayer = R"(
func.func @main(%x: tensor<?x1x?xf32>, %w: tensor<1x1x3xf32>) -> tensor<?x1x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<?x1x?xf32>, tensor<1x1x3xf32>) -> tensor<?x1x?xf32>
  return %y : tensor<?x1x?xf32>
}
)";

struct Compiled {
  explicit Compiled(const char *module,
                    std::vector<std::pair<const char *, const char *>> set = {}) {
    TconvOptions *options = tconvOptionsCreate();
    tconvOptionsSet(options, "cache", "false");
    for (auto [name, value] : set)
      EXPECT_EQ(tconvOptionsSet(options, name, value), TCONV_OK) << tconvGetError();
    status = tconvCompile(module, options, &executable);
    tconvOptionsFree(options);
  }
  ~Compiled() { tconvExecutableFree(executable); }

  TconvExecutable *executable = nullptr;
  int status;
};

/// A tensor with its sizes.
struct Tensor {
  Tensor(std::vector<int64_t> sizes, float first)
      : shape(std::move(sizes)),
        values(std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>())) {
    std::iota(values.begin(), values.end(), first);
  }
  TconvArray array() { return {values.data(), static_cast<int>(shape.size()), shape.data()}; }

  std::vector<int64_t> shape;
  std::vector<float> values;
};

TEST(CompilerTest, DescribesWhatItTakesAndGives) {
  Compiled layer(dynamicLayer);
  ASSERT_EQ(layer.status, TCONV_OK) << tconvGetError();
  EXPECT_EQ(tconvExecutableGetNumInputs(layer.executable), 2);
  EXPECT_EQ(tconvExecutableGetNumResults(layer.executable), 1);
  EXPECT_EQ(tconvExecutableTakesResults(layer.executable), 0);
  TconvTensorType type;
  ASSERT_EQ(tconvExecutableGetInput(layer.executable, 0, &type), TCONV_OK);
  EXPECT_STREQ(type.elementType, "f32");
  EXPECT_EQ(std::vector<int64_t>(type.shape, type.shape + type.rank),
            (std::vector<int64_t>{-1, 1, -1}));
  EXPECT_EQ(tconvExecutableGetResult(layer.executable, 1, &type), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected the number of one of 1 results, got 1");
}

// Results of dynamic sizes are memory of their own, which the caller frees.
TEST(CompilerTest, GivesResultsOfDynamicSizes) {
  Compiled layer(dynamicLayer);
  ASSERT_EQ(layer.status, TCONV_OK) << tconvGetError();
  Tensor x({1, 1, 2}, 1), w({1, 1, 3}, 1);
  TconvArray inputs[] = {x.array(), w.array()};
  int64_t shape[3];
  TconvArray result = {nullptr, 0, shape};
  ASSERT_EQ(tconvExecutableRun(layer.executable, nullptr, inputs, &result), TCONV_OK)
      << tconvGetError();
  EXPECT_EQ(result.rank, 3);
  EXPECT_EQ(std::vector<int64_t>(shape, shape + 3), (std::vector<int64_t>{1, 1, 5}));
  auto *y = static_cast<float *>(result.data);
  EXPECT_EQ(std::vector<float>(y, y + 5), (std::vector<float>{1, 2, 5, 4, 6}));
  tconvArrayFree(result.data);
}

TEST(CompilerTest, RefusesTensorsThatDoNotFit) {
  Compiled layer(dynamicLayer);
  ASSERT_EQ(layer.status, TCONV_OK) << tconvGetError();
  Tensor x({1, 1, 2}, 1), wide({1, 2, 3}, 1), w({1, 1, 3}, 1);
  int64_t shape[3];
  TconvArray result = {nullptr, 0, shape};
  TconvArray inputs[] = {x.array(), wide.array()};
  EXPECT_EQ(tconvExecutableRun(layer.executable, nullptr, inputs, &result), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected 1x1x3xf32 as input 1 of @main, got 1x2x3xf32");
  inputs[1] = {w.values.data(), 2, w.shape.data()};
  EXPECT_EQ(tconvExecutableRun(layer.executable, nullptr, inputs, &result), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected 1x1x3xf32 as input 1, got a tensor of rank 2");
  inputs[1] = {nullptr, 3, w.shape.data()};
  EXPECT_EQ(tconvExecutableRun(layer.executable, nullptr, inputs, &result), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected the address of input 1, got null");
}

TEST(CompilerTest, SaysWhereAModuleIsWrong) {
  Compiled broken("func.func @main() {\n  return %x : f32\n}\n");
  EXPECT_EQ(broken.status, TCONV_ERROR);
  EXPECT_EQ(broken.executable, nullptr);
  EXPECT_STREQ(tconvGetError(), "line 2, column 10: error: use of undeclared SSA value name\n"
                                "the text could not be read as a module");
}

TEST(CompilerTest, SaysWhatPassesChose) {
  char *module;
  ASSERT_EQ(tconvLayerToModule("i4x4 k4 s2 p1", 0, &module), TCONV_OK) << tconvGetError();
  Compiled layer(module, {{"algorithm", "phases"}, {"remarks", "true"}});
  ASSERT_EQ(layer.status, TCONV_OK) << tconvGetError();
  EXPECT_NE(std::string(tconvExecutableGetRemarks(layer.executable)).find("4 phases"),
            std::string::npos);
  char *text;
  ASSERT_EQ(tconvModuleToStage(module, nullptr, "input", &text), TCONV_OK);
  EXPECT_NE(std::string(text).find("tconv.conv_transpose"), std::string::npos);
  tconvTextFree(text);
  EXPECT_EQ(tconvModuleToStage(module, nullptr, "output", &text), TCONV_ERROR);
  EXPECT_EQ(std::string(tconvGetError()).find("expected one of the stages input, "), 0u);
  tconvTextFree(module);
}

TEST(CompilerTest, RefusesOptionsThatDoNotExist) {
  TconvOptions *options = tconvOptionsCreate();
  EXPECT_EQ(tconvOptionsSet(options, "threads", "-1"), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(),
               "expected a number of threads from 0 to 65536 as the option threads, got '-1'");
  EXPECT_EQ(tconvOptionsSet(options, "cache", "yes"), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected true or false as the option cache, got 'yes'");
  EXPECT_EQ(tconvOptionsSet(options, "arch", "sm"), TCONV_ERROR);
  EXPECT_EQ(tconvOptionsSet(options, "speed", "1"), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(), "expected the option algorithm, allow-tf32, arch, cache, entry, "
                                "remarks, target, target-cpu or threads, got 'speed'");
  tconvOptionsFree(options);
}

TEST(CompilerTest, RefusesDescriptorsOfNoLayer) {
  char *text;
  EXPECT_EQ(tconvLayerToModule("i4x4", 0, &text), TCONV_ERROR);
  EXPECT_EQ(text, nullptr);
  EXPECT_STRNE(tconvGetError(), "");
}

} // namespace
