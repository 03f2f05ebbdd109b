//===- StagedInput.cpp - An input's tile in shared memory -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiling through shared memory: a block's threads copy a tile of each input together, neighbours in
// memory by neighbouring threads, so that accesses coalesce. All loads of a step come before its
// stores, so that they wait for memory together. Rows are padded against bank conflicts.
//
//===----------------------------------------------------------------------===//

#include "StagedInput.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tconv;

/// Elements behind each row of a tile: without them the elements of one lane would share a
/// bank of shared memory. A multiple of 4 keeps rows aligned for vector loads.
constexpr int64_t rowPadding = 4;
/// Bytes of the widest load from shared memory.
constexpr int64_t widestLoad = 16;

Value mlir::tconv::emitIsInside(Emitter &emitter, Value index, Value count, int64_t tile) {
  std::optional<int64_t> known = getConstantIntValue(count);
  return known && *known % tile == 0 ? Value() : emitter.less(index, count);
}

Value mlir::tconv::emitAnd(Emitter &emitter, Value a, Value b) {
  return a && b ? emitter.createOrFold<arith::AndIOp>(a, b) : a ? a : b;
}

StagedInput::StagedInput(Emitter &emitter, const TileSite &site, const OperandValues &operand,
                         LoopKind kind, Value begin)
    : site(site), operand(operand), kind(kind),
      width(kind == LoopKind::Row ? site.shape.rows : site.shape.columns),
      type(site.values.contraction.resultType()) {
  const Contraction &contraction = site.values.contraction;
  auto shared = gpu::AddressSpaceAttr::get(emitter.getContext(), gpu::AddressSpace::Workgroup);
  auto memoryType =
      MemRefType::get({site.shape.depth, width + rowPadding}, type, AffineMap(), shared);
  memory = gpu::LaunchOp(site.launch).addWorkgroupAttribution(memoryType, emitter.getLoc());
  const bool isLeft = &operand == &site.values.left;
  assign(emitter, contraction.isReductionInnermost(isLeft ? contraction.left : contraction.right));
  for (Value place : places)
    addLane(emitter, place, begin);
}

/// Deals the elements of the tile out to threads, such that neighbouring threads copy
/// neighbours in memory.
void StagedInput::assign(Emitter &emitter, bool alongReduction) {
  const int64_t threads = site.shape.threads(), depth = site.shape.depth;
  const int64_t inner = std::min(alongReduction ? depth : width, threads);
  const int64_t outer = threads / inner;
  auto spread = [&](Value first, int64_t step, int64_t size) {
    return llvm::map_to_vector(llvm::seq(size / step),
                               [&](int64_t i) { return emitter.add(first, i * step); });
  };
  SmallVector<Value> innerPlaces =
      spread(emitter.rem(site.thread, inner), inner, alongReduction ? depth : width);
  SmallVector<Value> outerPlaces =
      spread(emitter.div(site.thread, inner), outer, alongReduction ? width : depth);
  places = alongReduction ? outerPlaces : innerPlaces;
  depths = alongReduction ? innerPlaces : outerPlaces;
}

void StagedInput::addLane(Emitter &emitter, Value place, Value begin) {
  const ContractionValues &values = site.values;
  const Contraction &contraction = values.contraction;
  Value lane = emitter.add(begin, place);
  Value position = operand.advance(emitter, operand.start, contraction.batch, site.batchIndices);
  position = operand.advance(emitter, position, contraction.loops(kind),
                             values.delinearize(emitter, kind, lane));
  lanes.push_back(
      {place, position, emitIsInside(emitter, lane, values.count(emitter, kind), width)});
}

/// An element, or zero where there is none.
Value StagedInput::emitElement(Emitter &emitter, Value valid, Value position) {
  auto load = [&] { return emitter.widen(emitter.load(operand.memory, position), type); };
  if (!valid)
    return load();
  auto branch = scf::IfOp::create(emitter, TypeRange(type), valid, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(emitter);
  emitter.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(emitter, load());
  emitter.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(emitter, emitter.zero(type));
  return branch.getResult(0);
}

SmallVector<Value> StagedInput::emitElements(Emitter &emitter, Value begin) {
  const ContractionValues &values = site.values;
  Value count = values.count(emitter, LoopKind::Reduction);
  SmallVector<Value> elements;
  for (Value depth : depths) {
    Value step = emitter.add(begin, depth);
    Value inside = emitIsInside(emitter, step, count, site.shape.depth);
    Value distance = operand.advance(emitter, emitter.index(0), values.contraction.reduction,
                                     values.delinearize(emitter, LoopKind::Reduction, step));
    for (const Lane &lane : lanes)
      elements.push_back(emitElement(emitter, emitAnd(emitter, lane.valid, inside),
                                     emitter.add(lane.position, distance)));
  }
  return elements;
}

void StagedInput::emitStores(Emitter &emitter, ValueRange elements) {
  for (Value depth : depths)
    for (const Lane &lane : lanes) {
      memref::StoreOp::create(emitter, elements.front(), memory, ValueRange{depth, lane.place});
      elements = elements.drop_front();
    }
}

Value StagedInput::emitLoad(Emitter &emitter, Value depth, Value lane, int64_t count) {
  const int64_t bytes = count * type.getIntOrFloatBitWidth() / 8;
  return vector::LoadOp::create(emitter, VectorType::get(count, type), memory,
                                ValueRange{depth, lane}, /*nontemporal=*/false,
                                llvm::MaybeAlign(std::min(bytes, widestLoad)));
}
