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
// Test: test/Transforms/select-schedule.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/TilePlan.h"

#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

#include <unistd.h>

namespace mlir::tconv {
#define GEN_PASS_DEF_SELECTSCHEDULEPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr llvm::StringLiteral category = "tconv-select-schedule";

using Features = llvm::StringSet<llvm::MallocAllocator>;

/// The features of a processor; empty for an unknown one.
Features featuresOf(StringRef cpu) {
  Features features;
  if (cpu.empty() || cpu == "host") {
    for (const auto &feature : llvm::sys::getHostCPUFeatures())
      if (feature.second)
        features.insert(feature.first());
    return features;
  }
  SmallVector<StringRef> names;
  if (llvm::X86::parseArchX86(cpu) != llvm::X86::CK_None)
    llvm::X86::getFeaturesForCPU(cpu, names);
  // LLVM lists what others do not imply: avx512vl, but not avx512f.
  llvm::StringMap<bool> implied;
  for (StringRef name : names) {
    implied[name] = true;
    llvm::X86::updateImpliedFeatures(name, true, implied);
  }
  for (const auto &feature : implied)
    features.insert(feature.first());
  return features;
}

int64_t cacheSize(int name, int64_t fallback) {
  long size = sysconf(name);
  return size > 0 ? size : fallback;
}

::tconv::TargetCpu describeTarget(StringRef cpu) {
  Features features = featuresOf(cpu);
  ::tconv::TargetCpu target;
  if (features.contains("avx512f") && features.contains("avx512vl") &&
      features.contains("avx512bw") && features.contains("avx512dq")) {
    target.vectorBytes = 64;
    target.vectorRegisters = 32;
    target.loads = 2;
  } else if (!features.contains("avx2") || !features.contains("fma")) {
    target.vectorBytes = 16;
    target.loads = 2;
  }
  target.hasInt16Pairs = features.contains("sse2");
  target.hasBf16Pairs = target.vectorBytes == 64 && features.contains("avx512bf16");
  target.hasInt8Quads = target.vectorBytes == 64 && features.contains("avx512vnni");
  if (cpu.empty() || cpu == "host") {
    target.l1 = cacheSize(_SC_LEVEL1_DCACHE_SIZE, target.l1);
    target.l2 = cacheSize(_SC_LEVEL2_CACHE_SIZE, target.l2);
  }
  return target;
}

::tconv::Error unsupported(const Twine &message) { return {message.str(), true}; }

/// The layer, if everything about it is known.
::tconv::Result<::tconv::LayerProblem> describeLayer(ConvTransposeOp op) {
  if (!op.getInputType().hasStaticShape() || !op.getFilterType().hasStaticShape() ||
      !op.getOutputType().hasStaticShape())
    return unsupported("sizes are dynamic");
  std::string type;
  llvm::raw_string_ostream(type) << op.getInputType().getElementType();
  auto parsed = ::tconv::parseElementType(type);
  if (!parsed)
    return unsupported("the element type is not supported");
  return ::tconv::LayerProblem{*op.getGeometry(), *parsed, op.getLayout() == Layout::ChannelsLast};
}

::tconv::Result<::tconv::SelectedSchedule> select(ConvTransposeOp op,
                                                  const ::tconv::TargetCpu &target) {
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  auto selected = ::tconv::selectSchedule(*problem, target);
  if (!selected)
    return selected;
  auto plan = ::tconv::TilePlan::create(problem->geometry, selected->schedule);
  if (!plan)
    return plan.error();
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
