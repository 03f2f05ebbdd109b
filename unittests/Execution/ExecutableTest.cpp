//===- ExecutableTest.cpp - Tests of running compiled code ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Executable.h"
#include "tconv/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace tconv;

namespace {

Executable compile(const std::string &source) {
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  auto executable = Executable::compile(*findEntry(*module, "main"), {});
  EXPECT_TRUE(executable.ok());
  return std::move(*executable);
}

HostTensor vector(std::vector<double> values) {
  HostTensor tensor =
      std::move(*HostTensor::allocate(ElementType::F32, {1, 1, int64_t(values.size())}));
  for (size_t element = 0; element < values.size(); ++element)
    tensor.set(element, values[element]);
  return tensor;
}

const std::string layer = R"(
  func.func @main(%x: tensor<1x1x2xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x3xf32> {
    %y = tconv.conv_transpose %x, %w : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
    return %y : tensor<1x1x3xf32>
  })";

// The caller's memory is written, again in each run.
TEST(Executable, WritesInPlace) {
  Executable executable = compile(layer);
  auto outputs = executable.allocateOutputs();
  ASSERT_TRUE(outputs.ok());
  const std::byte *memory = outputs->front().data();
  for (double scale : {1.0, 2.0}) {
    std::vector<HostTensor> inputs;
    inputs.push_back(vector({scale, scale}));
    inputs.push_back(vector({1, 1}));
    ASSERT_TRUE(executable.run(inputs, *outputs).ok());
    EXPECT_EQ(outputs->front().data(), memory);
    EXPECT_EQ(outputs->front().at(0), scale);
    EXPECT_EQ(outputs->front().at(1), 2 * scale);
  }
}

TEST(Executable, RefusesOtherOutputs) {
  Executable executable = compile(layer);
  std::vector<HostTensor> inputs, outputs;
  inputs.push_back(vector({1, 1}));
  inputs.push_back(vector({1, 1}));
  EXPECT_EQ(executable.run(inputs, outputs).message(), "expected 1 outputs of @main, got 0");
  outputs.push_back(vector({0, 0}));
  EXPECT_EQ(executable.run(inputs, outputs).message(),
            "expected 1x1x3xf32 as output 0 of @main, got 1x1x2xf32");
}

// Sizes known only afterwards: the outputs are replaced.
TEST(Executable, ReplacesDynamicOutputs) {
  Executable executable = compile(R"(
    func.func @main(%x: tensor<1x1x?xf32>) -> tensor<1x1x?xf32> {
      return %x : tensor<1x1x?xf32>
    })");
  auto outputs = executable.allocateOutputs();
  ASSERT_TRUE(outputs.ok());
  std::vector<HostTensor> inputs;
  inputs.push_back(vector({5, 6}));
  ASSERT_TRUE(executable.run(inputs, *outputs).ok());
  EXPECT_EQ(outputs->front().typeString(), "1x1x2xf32");
  EXPECT_EQ(outputs->front().at(1), 6);
}

// At a size seen before nothing is allocated for results: they are where the last ones were. Those
// of another size, and of a run that reads the last ones, are elsewhere.
TEST(Executable, ReusesDynamicOutputs) {
  Executable executable = compile(R"(
    func.func @main(%x: tensor<?x1x2xf32>, %w: tensor<1x1x2xf32>) -> tensor<?x1x3xf32> {
      %y = tconv.conv_transpose %x, %w
          : (tensor<?x1x2xf32>, tensor<1x1x2xf32>) -> tensor<?x1x3xf32>
      return %y : tensor<?x1x3xf32>
    })");
  std::vector<HostTensor> outputs = std::move(*executable.allocateOutputs());
  const std::byte *memory = nullptr;
  for (int64_t batch : {3, 3, 3, 5, 5}) {
    std::vector<HostTensor> inputs;
    inputs.push_back(std::move(*HostTensor::allocate(ElementType::F32, {batch, 1, 2})));
    inputs.front().set(2 * batch - 1, double(batch));
    inputs.push_back(vector({1, 10}));
    const bool isKnown = outputs.front().rank() == 3 && outputs.front().shape()[0] == batch;
    ASSERT_TRUE(executable.run(inputs, outputs).ok());
    EXPECT_EQ(outputs.front().shape(), (std::vector<int64_t>{batch, 1, 3}));
    EXPECT_EQ(outputs.front().at(3 * batch - 1), 10.0 * double(batch));
    EXPECT_TRUE(!isKnown || outputs.front().data() == memory);
    memory = outputs.front().data();
  }
}

TEST(Executable, KeepsOutputsThatItReads) {
  Executable executable = compile(R"(
    func.func @main(%x: tensor<?x1x2xf32>, %w: tensor<1x1x1xf32>) -> tensor<?x1x2xf32> {
      %y = tconv.conv_transpose %x, %w
          : (tensor<?x1x2xf32>, tensor<1x1x1xf32>) -> tensor<?x1x2xf32>
      return %y : tensor<?x1x2xf32>
    })");
  std::vector<HostTensor> outputs;
  outputs.push_back(vector({1, 2}));
  std::byte *memory = outputs.front().data();
  std::vector<HostTensor> inputs;
  inputs.push_back(HostTensor::view(ElementType::F32, {1, 1, 2}, memory));
  inputs.push_back(vector({3}));
  ASSERT_TRUE(executable.run(inputs, outputs).ok());
  EXPECT_NE(outputs.front().data(), memory);
  EXPECT_EQ(outputs.front().at(1), 6);
}

// Arguments, constants and shared values as results are each a tensor of their own.
TEST(Executable, SeparatesResults) {
  Executable executable = compile(R"(
    func.func @main(%x: tensor<1x1x2xf32>)
        -> (tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<0xf32>) {
      %c = arith.constant dense<[[[7.0, 8.0]]]> : tensor<1x1x2xf32>
      %none = tensor.empty() : tensor<0xf32>
      return %x, %c, %c, %none
          : tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<0xf32>
    })");
  std::vector<HostTensor> inputs;
  inputs.push_back(vector({5, 6}));
  auto outputs = executable.run(inputs);
  ASSERT_TRUE(outputs.ok());
  EXPECT_EQ((*outputs)[0].at(1), 6);
  EXPECT_EQ((*outputs)[1].at(1), 8);
  EXPECT_EQ((*outputs)[2].at(0), 7);
  EXPECT_EQ((*outputs)[3].numElements(), 0);
}

} // namespace
