//===- Check.cpp - Comparing results with the reference -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Check.h"

#include "tconv/Evaluation/Evaluate.h"
#include "tconv/HostTensor/Compare.h"
#include "tconv/Support/Errors.h"
#include "tconv/Transforms/ChooseSchedule.h"
#include "tconv/Transforms/DescribeTarget.h"

#include <cmath>

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

/// The schedule of a layer that code made with `options` computes by transforms.
std::optional<Schedule> transformsOf(ConvTransposeOp op, const CompileOptions &options) {
  using mlir::tconv::Algorithm;
  if (options.target.kind != mlir::tconv::Target::Cpu ||
      (options.algorithm != Algorithm::Auto && options.algorithm != Algorithm::Direct))
    return std::nullopt;
  Schedule schedule;
  if (auto written = llvm::dyn_cast_if_present<mlir::tconv::ScheduleAttr>(op.getScheduleAttr())) {
    schedule = written.toSchedule();
  } else {
    auto target = mlir::tconv::describeTarget(options.target.cpu);
    auto chosen = mlir::tconv::chooseSchedule(op, target, options.algorithm == Algorithm::Direct,
                                              options.sizesHint);
    if (!chosen)
      return std::nullopt;
    schedule = chosen->schedule;
  }
  return schedule.family == KernelFamily::Winograd ? std::optional(schedule) : std::nullopt;
}

/// An element that the reference knows nothing of agrees with everything; so does an integer that
/// rounding before it may have moved this far.
bool isTolerated(const HostTensor &result, const BoundedResult &reference, int64_t element) {
  const double bound = reference.bound.at(element);
  if (isFloat(result.type()))
    return std::isinf(bound);
  auto distance = static_cast<double>(result.intAt(element)) -
                  static_cast<double>(reference.value.intAt(element));
  return bound > 0 && std::abs(distance) <= bound;
}

/// Compares a result with the reference, which takes over what is tolerated.
Status checkResult(const HostTensor &result, BoundedResult &reference) {
  for (int64_t i = 0; i < result.numElements() && reference.value.shape() == result.shape(); ++i) {
    if (!isTolerated(result, reference, i))
      continue;
    if (isFloat(result.type()))
      reference.value.set(i, result.at(i));
    else
      reference.value.setInt(i, result.intAt(i));
  }
  auto tolerance = [&](int64_t element) { return reference.bound.at(element); };
  auto mismatch = compare(result, reference.value, tolerance);
  if (!mismatch)
    return mismatch.error();
  if (*mismatch)
    return Error{"the result differs from the scatter loop: " + describe(**mismatch)};
  return success();
}

int64_t countUnknown(const HostTensor &bound) {
  int64_t count = 0;
  for (int64_t i = 0; i < bound.numElements(); ++i)
    count += std::isinf(bound.at(i));
  return count;
}

} // namespace

Result<std::string> tconv::checkAgainstReference(mlir::func::FuncOp function,
                                                 const std::vector<HostTensor> &inputs,
                                                 const std::vector<HostTensor> &results,
                                                 const CompileOptions &options) {
  // Tensor cores read 10 bits of a fraction and drop the others.
  EvaluationOptions evaluation{options.target.allowTf32 ? 0x1p-10 : 0,
                               [&](ConvTransposeOp op) { return transformsOf(op, options); }};
  auto references = evaluateFunction(function, inputs, evaluation);
  if (!references)
    return references.error();
  if (references->empty())
    return unsupported("--check takes functions that have results");
  int64_t elements = 0, unknown = 0;
  for (auto [result, reference] : llvm::zip_equal(results, *references)) {
    if (Status status = checkResult(result, reference); !status)
      return status.error();
    elements += result.numElements();
    unknown += countUnknown(reference.bound);
  }
  if (unknown > 0 && unknown == elements)
    return unsupported("--check has no bound for any element of the results");
  return std::to_string(elements - unknown) + " elements agree with the scatter loop" +
         (unknown > 0 ? ", " + std::to_string(unknown) + " have no bound to be held against" : "");
}
