//===- SelectSchedule.cpp - A schedule for each layer of the fast tier ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w : ...
//
// becomes
//
//   %y = tconv.conv_transpose %x, %w schedule <...> : ...
//
// if the fast tier takes the layer; a schedule that is there already is kept.
//
// Test: test/Transforms/Cpu/select-schedule.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "../Layers/LayerProblem.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/TilePlan.h"
#include "tconv/Transforms/DescribeTarget.h"

#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_SELECTSCHEDULEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr llvm::StringLiteral category = "tconv-select-schedule";

/// Whether the tables of a schedule are small enough.
::tconv::Status checkPlan(const ::tconv::LayerProblem &problem, const ::tconv::Schedule &schedule) {
  if (schedule.family == ::tconv::KernelFamily::Width) {
    auto plan = ::tconv::RowPlan::create(problem.geometry, schedule);
    return plan ? ::tconv::success() : ::tconv::Status(plan.error());
  }
  auto plan = ::tconv::TilePlan::create(problem.geometry, schedule);
  return plan ? ::tconv::success() : ::tconv::Status(plan.error());
}

::tconv::Result<::tconv::SelectedSchedule> select(ConvTransposeOp op,
                                                  const ::tconv::TargetCpu &target) {
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  auto selected = ::tconv::selectSchedule(*problem, target);
  if (!selected)
    return selected;
  if (::tconv::Status status = checkPlan(*problem, selected->schedule); !status)
    return status.error();
  return selected;
}

struct SelectSchedulePass : mlir::tconv::impl::SelectSchedulePassBase<SelectSchedulePass> {
  using SelectSchedulePassBase::SelectSchedulePassBase;

  void runOnOperation() override {
    ::tconv::TargetCpu target = describeTarget(targetCpu);
    getOperation()->walk([&](ConvTransposeOp op) {
      if (!op.getScheduleAttr())
        schedule(op, target);
    });
  }

  void schedule(ConvTransposeOp op, const ::tconv::TargetCpu &target) {
    auto selected = select(op, target);
    auto options = remark::RemarkOpts::name("schedule").category(category);
    if (!selected) {
      remark::missed(op.getLoc(), options)
          << "left to the portable tier: " << remark::reason("{0}", selected.error().message);
      return;
    }
    auto attribute = ScheduleAttr::get(&getContext(), selected->schedule);
    op.setScheduleAttr(attribute);
    std::string text;
    llvm::raw_string_ostream(text) << attribute;
    remark::passed(op.getLoc(), options) << text << remark::reason("{0}", selected->reason);
  }
};

} // namespace
