//===- ArtefactsTest.cpp - Files and explanations, from C -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv-c/Compiler.h"

#include "gtest/gtest.h"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

/// The text of a module for a descriptor.
std::string moduleOf(const char *descriptor, bool constantWeights = false) {
  char *text = nullptr;
  EXPECT_EQ(tconvLayerToModule(descriptor, constantWeights, &text), TCONV_OK) << tconvGetError();
  std::string module = text ? text : "";
  tconvTextFree(text);
  return module;
}

/// An explanation, or the message why there is none.
std::string explain(const std::string &module, const char *form, const char *at = nullptr,
                    std::vector<TconvArray> inputs = {}) {
  char *text = nullptr;
  int status = tconvExplain(module.c_str(), nullptr, inputs.empty() ? nullptr : inputs.data(),
                            static_cast<int>(inputs.size()), at, form, "a title", &text);
  EXPECT_EQ(status == TCONV_OK, text != nullptr);
  std::string result = text ? text : tconvGetError();
  tconvTextFree(text);
  return result;
}

bool contains(const std::string &text, const std::string &piece) {
  return text.find(piece) != std::string::npos;
}

TEST(ExplainTest, AnswersInEveryForm) {
  std::string module = moduleOf("i4x4 k4 s2 p1");
  EXPECT_TRUE(contains(explain(module, "text"), "196 of them with an element of x"));
  EXPECT_TRUE(contains(explain(module, "text", "0,1"), "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0]"));
  EXPECT_TRUE(contains(explain(module, "svg", "0,1"), "<svg"));
  std::string page = explain(module, "html"), stages = explain(module, "html-stages");
  EXPECT_TRUE(contains(page, "a title"));
  EXPECT_FALSE(contains(page, "\"sentence\":"));
  EXPECT_TRUE(contains(stages, "\"sentence\":"));
}

// The values of the arrays stand in the sum, not sample ones.
TEST(ExplainTest, TakesValues) {
  std::string module = moduleOf("i2 k2 s2");
  float x[] = {3, 5}, w[] = {7, 11};
  int64_t shape[] = {1, 1, 2};
  std::vector<TconvArray> inputs = {{x, 3, shape}, {w, 3, shape}};
  EXPECT_TRUE(contains(explain(module, "text", "3", inputs), "= 55"));
}

TEST(ExplainTest, RefusesWhatCannotBeExplained) {
  std::string module = moduleOf("i2 k2 s2");
  EXPECT_EQ(explain(module, "pdf"),
            "expected text, svg, html or html-stages as the form, got 'pdf'");
  EXPECT_TRUE(contains(explain(module, "text", "9"), "got 9"));
  EXPECT_TRUE(contains(explain(module, "svg", "9"), "got 9"));
  float x[] = {3, 5};
  int64_t shape[] = {1, 1, 2};
  EXPECT_EQ(explain(module, "text", nullptr, {{x, 3, shape}}),
            "expected an array for each of 2 arguments, got 1");
  EXPECT_TRUE(contains(explain("func.func @main() {\n  return\n}\n", "text"),
                       "expected one tconv.conv_transpose in @main, found 0"));
  EXPECT_TRUE(contains(explain("func", "text"), "could not be read as a module"));
}

TEST(CompileToFileTest, WritesCodeAndHeader) {
  std::string folder = testing::TempDir() + "tconv-artefact-" + std::to_string(getpid());
  std::string path = folder + ".s", header = folder + ".h";
  std::string module = moduleOf("i4x4 k4 s2 p1");
  ASSERT_EQ(tconvCompileToFile(module.c_str(), nullptr, path.c_str(), header.c_str()), TCONV_OK)
      << tconvGetError();
  std::stringstream code, declarations;
  code << std::ifstream(path).rdbuf();
  declarations << std::ifstream(header).rdbuf();
  EXPECT_TRUE(contains(code.str(), "_run:"));
  EXPECT_TRUE(contains(declarations.str(), "_run("));
  unlink(path.c_str());
  unlink(header.c_str());
}

TEST(CompileToFileTest, SaysWhatIsWrong) {
  std::string module = moduleOf("i4x4 k4 s2 p1");
  EXPECT_EQ(tconvCompileToFile(module.c_str(), nullptr, "layer.dll", nullptr), TCONV_ERROR);
  EXPECT_STREQ(tconvGetError(),
               "expected an output that ends in .so, .o, .s, .ll or .mlir, got 'layer.dll'");
  EXPECT_EQ(tconvCompileToFile("func", nullptr, "layer.o", nullptr), TCONV_ERROR);
  EXPECT_TRUE(contains(tconvGetError(), "line 1, column"));
}

TEST(ExecutableTest, KnowsWhichInputsAreConstants) {
  TconvExecutable *executable = nullptr;
  ASSERT_EQ(tconvCompile(moduleOf("i4 k4 s2 b", true).c_str(), nullptr, &executable), TCONV_OK)
      << tconvGetError();
  std::vector<int> constants;
  for (int number = 0; number < 4; ++number)
    constants.push_back(tconvExecutableIsConstantInput(executable, number));
  EXPECT_EQ(constants, (std::vector<int>{0, 1, 1, 0}));
  tconvExecutableFree(executable);
}

} // namespace
