//===- SelectGpuSchedule.cpp - A schedule for each layer on a GPU ---------===//
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
//   %y = tconv.conv_transpose %x, %w gpu_schedule <...> : ...
//
// if the fast tier takes the layer; a schedule that is there already is kept, if the GPU can obey
// it.
//
// Test: test/Transforms/Gpu/select-gpu-schedule.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "../Layers/DescribeLayer.h"
#include "tconv/Schedule/CheckGpuSchedule.h"
#include "tconv/Schedule/SelectGpuSchedule.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_SELECTGPUSCHEDULEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr llvm::StringLiteral category = "tconv-select-gpu-schedule";

using Target = ::tconv::Result<TargetGpu>;

::tconv::Result<::tconv::SelectedGpuSchedule> select(ConvTransposeOp op, const Target &target,
                                                     bool allowTf32) {
  if (!target)
    return target.error();
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  return ::tconv::selectGpuSchedule(*problem, *target, allowTf32);
}

/// Of a schedule that was written by hand.
::tconv::Status check(ConvTransposeOp op, GpuScheduleAttr schedule, const Target &target) {
  if (!target)
    return target.error();
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  return ::tconv::checkGpuSchedule(schedule.toSchedule(), *problem, *target);
}

struct SelectGpuSchedulePass : mlir::tconv::impl::SelectGpuSchedulePassBase<SelectGpuSchedulePass> {
  using SelectGpuSchedulePassBase::SelectGpuSchedulePassBase;

  void runOnOperation() override {
    Target target = TargetGpu::of(arch);
    if (!target && !target.error().unsupported) {
      getOperation()->emitError() << target.message();
      return signalPassFailure();
    }
    getOperation()->walk([&](ConvTransposeOp op) {
      if (!op.getScheduleAttr())
        return schedule(op, target);
      auto kept = dyn_cast<GpuScheduleAttr>(op.getScheduleAttr());
      if (::tconv::Status status = kept ? check(op, kept, target) : ::tconv::success(); !status) {
        op.emitError("the schedule does not fit the layer: ") << status.message();
        signalPassFailure();
      }
    });
  }

  void schedule(ConvTransposeOp op, const Target &target) {
    auto selected = select(op, target, allowTf32);
    auto options = remark::RemarkOpts::name("schedule").category(category);
    if (!selected) {
      remark::missed(op.getLoc(), options)
          << "left to the portable tier" << remark::reason("{0}", selected.error().message);
      return;
    }
    auto attribute = GpuScheduleAttr::get(&getContext(), selected->schedule);
    op.setScheduleAttr(attribute);
    std::string text;
    llvm::raw_string_ostream(text) << attribute;
    remark::passed(op.getLoc(), options) << text << remark::reason("{0}", selected->reason);
  }
};

} // namespace
