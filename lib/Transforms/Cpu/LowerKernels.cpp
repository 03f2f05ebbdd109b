//===- LowerKernels.cpp - Kernels as loops over vectors -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds the loops of each tconv.kernel and tconv.pack_filter on buffers, as their
// schedules say:
//
//   tconv.kernel ins(%x, %packed : ...) outs(%y : ...) attributes {...}
//
// becomes
//
//   scf.parallel (%task) = (%c0) to (%tasks) step (%c1) {
//     ... vector.load, vector.broadcast, vector.fma, vector.store ...
//   }
//
// Test: test/Transforms/Cpu/lower-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Transforms/DescribeTarget.h"
#include "tconv/Transforms/KernelAttributes.h"
#include "tconv/Transforms/Passes.h"

#include "../Layers/DescribeLayer.h"
#include "Kernels/LayoutConversion.h"
#include "Kernels/PackFilter.h"
#include "Kernels/TiledKernel.h"
#include "Kernels/WidthKernel.h"
#include "Kernels/Winograd/WinogradKernel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERKERNELSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Buffers of a kernel, which `free` frees behind it.
class Scratch {
public:
  explicit Scratch(Emitter &b) : b(b) {}
  void free() {
    for (Value buffer : llvm::reverse(buffers))
      memref::DeallocOp::create(b, buffer);
  }
  Value allocate(Type type, Value elements) {
    SmallVector<int64_t> shape;
    SmallVector<Value> sizes;
    dispatchIndexOpFoldResults(getAsOpFoldResult(elements), sizes, shape);
    auto buffer =
        memref::AllocOp::create(b, MemRefType::get(shape, type), sizes, b.getI64IntegerAttr(64));
    return buffers.emplace_back(buffer);
  }

private:
  Emitter &b;
  SmallVector<Value> buffers;
};

bool rowsCoverOutput(const ::tconv::Geometry &geometry) {
  return llvm::all_of(geometry.dims,
                      [](const ::tconv::DimGeometry &dim) { return dim.rowsCoverOutput(); });
}

void prepareInput(Emitter &b, KernelLayer &layer, Scratch &scratch) {
  layer.x = b.flatten(layer.op.getInput());
  if (readsInPlace(layer))
    return;
  Value packed = scratch.allocate(layer.factorType(), b.mul(layer.xPixels(b), layer.xChannels()));
  emitPackInput(b, layer, layer.x, packed);
  layer.x = packed;
}

/// A number of each channel as one of each padded lane of each group, in a type that holds it.
Value packChannels(Emitter &b, const KernelLayer &layer, Value numbers, Type type,
                   Scratch &scratch) {
  Value packed =
      scratch.allocate(type, b.index(layer.packing.paddedLanes() * layer.packing.groups));
  emitPackChannels(b, layer, numbers, packed);
  return packed;
}

void prepareNeighbours(Emitter &b, KernelLayer &layer, Scratch &scratch) {
  if (Value bias = layer.op.getBias())
    layer.bias = packChannels(b, layer, bias, layer.sum, scratch);
  const bool packs = !layer.defersEpilogue();
  for (Value neighbour : layer.op.getNeighbours())
    layer.neighbours.push_back(
        packs && KernelOp::isPerChannel(neighbour)
            ? packChannels(b, layer, neighbour, getElementTypeOrSelf(neighbour), scratch)
            : b.flatten(neighbour));
}

/// Emits the loops that read layer.x and write layer.y.
::tconv::Status emitLoops(Emitter &b, SymbolTable &symbols, const KernelLayer &layer) {
  if (layer.schedule.family == ::tconv::KernelFamily::Width) {
    auto rows = ::tconv::RowPlan::create(layer.geometry, layer.schedule);
    if (!rows)
      return rows.error();
    emitWidthKernel(b, symbols, layer, *rows);
    return ::tconv::success();
  }
  if (layer.schedule.family == ::tconv::KernelFamily::Winograd) {
    if (!rowsCoverOutput(layer.geometry))
      emitBackground(b, layer);
    emitWinogradKernel(b, symbols, layer);
    return ::tconv::success();
  }
  auto plan = ::tconv::TilePlan::create(layer.geometry, layer.schedule);
  if (!plan)
    return plan.error();
  if (!rowsCoverOutput(layer.geometry))
    emitBackground(b, layer);
  emitTiledKernel(b, symbols, layer, *plan);
  return ::tconv::success();
}

LogicalResult lowerKernel(KernelOp op, SymbolTable &symbols, const ::tconv::TargetCpu &target) {
  Emitter b(op.getLoc(), op);
  KernelLayer layer = KernelLayer::of(op, target);
  if (layer.geometry.batch == 0) {
    op.erase();
    return success();
  }
  auto problem = describeLayer(op);
  if (!problem)
    return op.emitError(problem.message());
  if (::tconv::Status status = ::tconv::checkSchedule(layer.schedule, *problem); !status)
    return op.emitError("the schedule does not fit the layer: ") << status.message();
  layer.locate(b);
  Scratch scratch(b);
  prepareInput(b, layer, scratch);
  prepareNeighbours(b, layer, scratch);
  Value result = b.flatten(op.getInit());
  Value elements = b.mul(layer.yPixels(b), layer.geometry.outputChannels);
  layer.y = writesInPlace(layer) ? result : scratch.allocate(layer.storedType(), elements);
  if (::tconv::Status status = emitLoops(b, symbols, layer); !status)
    return op.emitError("the schedule does not fit the layer: ") << status.message();
  if (!writesInPlace(layer))
    emitUnpackOutput(b, layer, layer.y, result);
  scratch.free();
  op.erase();
  return success();
}

void lowerPacking(PackFilterOp op, SymbolTable &symbols) {
  Emitter b(op.getLoc(), op);
  emitPackFilter(b, symbols, op);
  const ::tconv::FilterPacking packing = op.getPacking();
  if (packing.transformedRows > 0)
    emitFilterTransform(b, symbols, packing, op.getInit());
  op.erase();
}

/// Whether a function holds nothing but kernels, and memory for them.
bool hasKernelsOnly(func::FuncOp function) {
  bool hasKernel = false;
  WalkResult result = function.walk([&](Operation *op) {
    hasKernel |= isa<KernelOp, PackFilterOp>(op);
    bool isOther = isa<linalg::LinalgOp, LoopLikeOpInterface>(op) || op->getNumSuccessors() > 0;
    return isOther ? WalkResult::interrupt() : WalkResult::advance();
  });
  return hasKernel && !result.wasInterrupted();
}

/// Whether the inner loops of all kernels carry their addresses along, and are followed by
/// no loops for single steps: code for others gets better by strength reduction.
bool carriesAddresses(func::FuncOp function, const ::tconv::TargetCpu &target) {
  WalkResult result = function.walk([&](KernelOp op) {
    KernelLayer layer = KernelLayer::of(op, target);
    const ::tconv::Schedule &schedule = layer.schedule;
    const bool carries = schedule.family == ::tconv::KernelFamily::OutputChannels &&
                         !layer.hasRuntimePlan() && // adds what tables say to each address
                         layer.packing.stepsPerTap % schedule.unroll == 0 &&
                         schedule.reductionBlock % schedule.unroll == 0;
    return carries ? WalkResult::advance() : WalkResult::interrupt();
  });
  return !result.wasInterrupted();
}

/// Says that the code generator need not look for vectors: they are written out. Perhaps
/// it need not look for addresses either.
void markKernels(func::FuncOp function, const ::tconv::TargetCpu &target) {
  Builder b(function.getContext());
  SmallVector<StringRef> marks{::tconv::kernelAttribute};
  if (carriesAddresses(function, target))
    marks.push_back(::tconv::carriedAddressesAttribute);
  function->setAttr("passthrough", b.getStrArrayAttr(marks));
}

struct LowerKernelsPass : mlir::tconv::impl::LowerKernelsPassBase<LowerKernelsPass> {
  using LowerKernelsPassBase::LowerKernelsPassBase;

  void runOnOperation() override {
    if (failed(checkKinds()))
      return signalPassFailure();
    SymbolTable symbols(getOperation());
    const ::tconv::TargetCpu target = describeTarget(targetCpu);
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (hasKernelsOnly(function))
        markKernels(function, target);
    SmallVector<KernelOp> kernels;
    SmallVector<PackFilterOp> filters;
    getOperation().walk([&](KernelOp op) { kernels.push_back(op); });
    getOperation().walk([&](PackFilterOp op) { filters.push_back(op); });
    for (PackFilterOp op : filters)
      lowerPacking(op, symbols);
    for (KernelOp op : kernels)
      if (failed(lowerKernel(op, symbols, target)))
        return signalPassFailure();
  }

  LogicalResult checkKinds() {
    WalkResult result = getOperation().walk([](Operation *op) {
      auto schedule = op->getAttrOfType<KernelScheduleAttr>("schedule");
      if (!isa<KernelOp, PackFilterOp>(op) || isa<ScheduleAttr>(schedule))
        return WalkResult::advance();
      op->emitError("expected a schedule for a processor, got ") << schedule;
      return WalkResult::interrupt();
    });
    return failure(result.wasInterrupted());
  }
};

} // namespace
