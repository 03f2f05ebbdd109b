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

#include "../Layers/DescribeLayer.h"
#include "tconv/Transforms/ChooseSchedule.h"
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
    auto selected = chooseSchedule(op, target, direct, llvm::to_vector(sizesHint));
    auto options = remark::RemarkOpts::name("schedule").category(category);
    if (!selected) {
      remark::missed(op.getLoc(), options)
          << "left to the portable tier" << remark::reason("{0}", selected.error().message);
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

::tconv::Result<::tconv::SelectedSchedule>
mlir::tconv::chooseSchedule(ConvTransposeOp op, const ::tconv::TargetCpu &target, bool direct,
                            ArrayRef<int64_t> sizesHint) {
  auto problem = describeLayer(op, sizesHint);
  if (!problem)
    return problem.error();
  const bool isStatic = op.getInputType().hasStaticShape();
  auto hasDynamicRows = ShapedType::isDynamicShape(op.getInputType().getShape().drop_front());
  // Transforms over three dimensions whose sizes are values take seconds to compile.
  const bool isLarge = hasDynamicRows && problem->geometry.dims.size() == 3;
  auto selected = ::tconv::selectSchedule(
      *problem, target, {/*transforms=*/!direct && !isLarge, /*width=*/!hasDynamicRows});
  if (!selected || isStatic)
    return selected;
  selected->reason += ", for sizes of n" + std::to_string(problem->geometry.batch) + " i";
  for (auto [dim, sizes] : llvm::enumerate(problem->geometry.dims))
    selected->reason += (dim ? "x" : "") + std::to_string(sizes.input);
  return selected;
}
