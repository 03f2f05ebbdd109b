//===- Remarks.cpp - What passes chose, and why ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Pipelines/Remarks.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Remarks.h"

void mlir::tconv::enableRemarks(mlir::MLIRContext &context) {
  mlir::remark::RemarkCategories categories;
  const char *ours = "tconv-.*";
  categories.all = categories.passed = categories.missed = categories.analysis = categories.failed =
      ours;
  (void)mlir::remark::enableOptimizationRemarks(
      context, nullptr, std::make_unique<mlir::remark::RemarkEmittingPolicyAll>(), categories,
      /*printAsEmitRemarks=*/true);
}
