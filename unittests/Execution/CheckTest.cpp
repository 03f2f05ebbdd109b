//===- CheckTest.cpp - What --check accepts and refuses -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check is worth what it refuses: of graphs around layers, results of the compiler's pass, and
// the same with one element changed by little do not.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Check.h"
#include "tconv/Execution/Executable.h"
#include "tconv/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <cmath>

using namespace tconv;

namespace {

/// A module, what it computes for random inputs, and a check of that.
class CheckedRun {
public:
  explicit CheckedRun(const std::string &source) : context(makeRegistry()) {
    module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
    mlir::OwningOpRef<mlir::ModuleOp> lowered;
    auto entry = findEntry(*module, "main");
    function = entry->asFunc();
    auto executable = Executable::compile(entry->copyTo(lowered), {});
    EXPECT_TRUE(executable.ok());
    inputs = std::move(*randomInputs(entry->entry, 1));
    results = std::move(*executable->run(inputs));
  }

  /// Empty if the check passes.
  std::string check() {
    Result<std::string> verdict = checkAgainstReference(function, inputs, results);
    return verdict ? "" : verdict.message();
  }

  std::vector<HostTensor> inputs, results;

private:
  static mlir::DialectRegistry makeRegistry() {
    mlir::DialectRegistry registry;
    mlir::tconv::registerAllDialects(registry);
    return registry;
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
};

/// A layer, `between`, and a second layer of its result %r; T is the type of both results.
std::string twoLayers(std::string type, std::string between) {
  std::string text = R"(
  func.func @main(%x: tensor<1x3x4x4xE>, %w: tensor<3x4x4x4xE>, %v: tensor<4x4x3x3xE>) -> T {
    %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1]
        : (tensor<1x3x4x4xE>, tensor<3x4x4x4xE>) -> T
    )" + between + R"(
    %z = tconv.conv_transpose %r, %v padding [1, 1] : (T, tensor<4x4x3x3xE>) -> T
    return %z : T
  })";
  for (size_t at = 0; (at = text.find('T', at)) != text.npos;)
    text.replace(at, 1, "tensor<1x4x8x8xE>");
  for (size_t at = 0; (at = text.find('E', at)) != text.npos;)
    text.replace(at, 1, type);
  return text;
}

// The bound is a small multiple of what the type rounds: a change of some hundred roundings is
// noticed.
TEST(Check, RefusesAChangedElementOfASecondLayer) {
  for (auto [type, roundoff] :
       {std::pair("f64", 0x1p-53), {"f32", 0x1p-24}, {"f16", 0x1p-11}, {"bf16", 0x1p-8}})
    for (std::string between :
         {"%r = math.tanh %y : T", "%r = arith.addf %y, %y : T",
          "%n = arith.negf %y : T %e = math.exp %n : T %d = arith.addf %e, %e : T "
          "%r = arith.divf %y, %d : T"}) {
      CheckedRun run(twoLayers(type, between));
      ASSERT_EQ(run.check(), "") << type << " " << between;
      HostTensor &result = run.results[0];
      double scale = 0;
      for (int64_t i = 0; i < result.numElements(); ++i)
        scale = std::max(scale, std::abs(result.at(i)));
      for (int64_t element : {int64_t(0), result.numElements() - 1}) {
        double kept = result.at(element);
        result.set(element, kept + 500 * roundoff * scale);
        EXPECT_NE(run.check().find("the result differs"), std::string::npos)
            << type << " " << between;
        result.set(element, kept);
      }
    }
}

// Integers are exact; only next to where a rounding decides may they be one off.
TEST(Check, RefusesAChangedInteger) {
  CheckedRun run(R"(
  func.func @main(%x: tensor<1x3x5xi8>, %w: tensor<3x2x3xi8>) -> tensor<1x2x7xi8> {
    %y = tconv.conv_transpose %x, %w : (tensor<1x3x5xi8>, tensor<3x2x3xi8>) -> tensor<1x2x7xi32>
    %s = arith.constant dense<0.00117> : tensor<1x2x7xf32>
    %f = arith.sitofp %y : tensor<1x2x7xi32> to tensor<1x2x7xf32>
    %m = arith.mulf %f, %s : tensor<1x2x7xf32>
    %e = math.roundeven %m : tensor<1x2x7xf32>
    %r = arith.fptosi %e : tensor<1x2x7xf32> to tensor<1x2x7xi8>
    return %r : tensor<1x2x7xi8>
  })");
  ASSERT_EQ(run.check(), "");
  HostTensor &result = run.results[0];
  int refused = 0;
  for (int64_t i = 0; i < result.numElements(); ++i) {
    int64_t kept = result.intAt(i);
    result.setInt(i, kept + 1);
    refused += !run.check().empty();
    result.setInt(i, kept);
  }
  EXPECT_GE(refused, result.numElements() - 1);
}

} // namespace
