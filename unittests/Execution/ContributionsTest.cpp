//===- ContributionsTest.cpp - Explanations against compiled results ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For every output element of random layers, the contributions that tconv-explain
// lists add up to what the compiled code computes.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Executable.h"
#include "tconv/Explain/Layer.h"
#include "tconv/HostTensor/Random.h"
#include "tconv/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <random>

using namespace tconv;

namespace {

struct RandomLayer {
  Geometry geometry;
  std::string module;
};

std::string tensorOf(const std::vector<int64_t> &shape) {
  return "tensor<" + typeString(ElementType::F64, shape) + ">";
}

/// A small layer of one to three dimensions, its output at least 1 everywhere.
RandomLayer randomLayer(std::mt19937 &random) {
  auto pick = [&](int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random() % static_cast<uint64_t>(high - low + 1));
  };
  while (true) {
    int64_t rank = pick(1, 3), groups = pick(1, 2);
    std::vector<int64_t> input, kernel;
    std::vector<DimAttributes> attributes;
    std::string stride, padding, dilation, outputPadding;
    for (int64_t dim = 0; dim < rank; ++dim) {
      DimAttributes a{pick(1, 4), pick(-1, 3), pick(-1, 3), pick(1, 3), 0};
      a.outputPadding = pick(0, std::max(a.stride, a.dilation) - 1);
      input.push_back(pick(1, 4));
      kernel.push_back(pick(1, 4));
      attributes.push_back(a);
      std::string comma = dim ? ", " : "";
      stride += comma + std::to_string(a.stride);
      padding +=
          comma + "[" + std::to_string(a.paddingBegin) + ", " + std::to_string(a.paddingEnd) + "]";
      dilation += comma + std::to_string(a.dilation);
      outputPadding += comma + std::to_string(a.outputPadding);
    }
    Result<Geometry> geometry = Geometry::create(
        pick(1, 2), groups * pick(1, 2), groups * pick(1, 2), groups, input, kernel, attributes);
    if (!geometry)
      continue;
    std::vector<int64_t> x{geometry->batch, geometry->inputChannels};
    std::vector<int64_t> w{geometry->inputChannels, geometry->outputChannels / groups};
    std::vector<int64_t> y{geometry->batch, geometry->outputChannels};
    for (const DimGeometry &dim : geometry->dims) {
      x.push_back(dim.input);
      w.push_back(dim.kernel);
      y.push_back(dim.output);
    }
    std::string types = tensorOf(x) + ", " + tensorOf(w);
    return {*geometry, "func.func @main(%x: " + tensorOf(x) + ", %w: " + tensorOf(w) + ") -> " +
                           tensorOf(y) + " {\n  %y = tconv.conv_transpose %x, %w stride [" +
                           stride + "] padding [" + padding + "] dilation [" + dilation +
                           "] output_padding [" + outputPadding + "] groups " +
                           std::to_string(groups) + " : (" + types + ") -> " + tensorOf(y) +
                           "\n  return %y : " + tensorOf(y) + "\n}\n"};
  }
}

/// The index of an element of y that has this position in C order.
ElementIndex unravel(const HostTensor &output, int64_t linear) {
  std::vector<int64_t> index(output.shape().size());
  for (size_t dim = index.size(); dim-- > 0; linear /= output.shape()[dim])
    index[dim] = linear % output.shape()[dim];
  return {index[0], index[1], Position(index.begin() + 2, index.end())};
}

std::vector<HostTensor> compileAndRun(const RandomLayer &layer) {
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(layer.module, &context);
  EXPECT_TRUE(module) << layer.module;
  auto entry = findEntry(*module, "main");
  auto inputs = randomInputs(entry->entry, 7);
  auto executable = Executable::compile(*entry, {});
  EXPECT_TRUE(executable.ok());
  auto results = executable->run(*inputs);
  EXPECT_TRUE(results.ok());
  inputs->push_back(std::move(results->front()));
  return std::move(*inputs);
}

TEST(Contributions, AddUpToCompiledResults) {
  std::mt19937 random(20);
  for (int trial = 0; trial < 24; ++trial) {
    RandomLayer source = randomLayer(random);
    std::vector<HostTensor> tensors = compileAndRun(source);
    HostTensor output = std::move(tensors[2]);
    auto layer = createLayer(source.geometry, std::move(tensors[0]), std::move(tensors[1]),
                             std::nullopt, /*channelsLast=*/false);
    ASSERT_TRUE(layer.ok());
    for (int64_t element = 0; element < output.numElements(); ++element)
      EXPECT_NEAR(contributionsTo(*layer, unravel(output, element)).sum(), output.at(element),
                  1e-12)
          << "element " << element << " of\n"
          << source.module;
  }
}

} // namespace
