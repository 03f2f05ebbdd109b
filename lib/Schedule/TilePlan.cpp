//===- TilePlan.cpp - The tiles of a layer, as data -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/TilePlan.h"

#include "Chunks.h"
#include "SortedMap.h"
#include "TableLimits.h"
#include "TileShapes.h"
#include "Tuples.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

using namespace tconv;

namespace {

/// Part of the sum of a tile: segments that lie in one reduction block of the phase.
struct Part {
  int64_t block;
  int64_t segmentBegin;
  int64_t segmentEnd;
};

class PlanBuilder {
public:
  PlanBuilder(const Geometry &geometry, const Schedule &schedule, bool forRun)
      : schedule(schedule), forRun(forRun), axes(createAxes(geometry, schedule)),
        packing(FilterPacking::createDirect(geometry, schedule)) {}

  void build();
  /// Unsupported if tables or code are too large.
  Status checkSizes() const;
  TilePlan take() { return std::move(plan); }

private:
  using Intervals = std::vector<const Interval *>;

  bool hasRoomFor(double tiles) const;
  std::pair<int64_t, int64_t> addTemplate(const std::vector<const Signature *> &signatures);
  void addPhase(const std::vector<Intervals> &boxes);
  void shareFetching(size_t first);
  void addTiles(const Intervals &intervals, size_t part);
  void addTile(const Intervals &intervals, const std::vector<int64_t> &first,
               const TileShape &shape, const std::vector<Part> &all, size_t part);
  int64_t numberOf(const TileShape &shape);
  std::vector<Segment> segmentsOf(const Intervals &intervals) const;
  const std::vector<Part> &partsOf(const Intervals &intervals);
  size_t phaseOf(const Intervals &intervals) const;
  void append(const Segment &segment, std::vector<Segment> &segments) const;

  const Schedule &schedule;
  /// Whether the plan may have any size, and tiles any shape.
  bool forRun;
  std::vector<Axis> axes;
  TilePlan plan;
  FilterPacking packing;
  SortedMap<TileShape, int64_t> shapes;
  int64_t lastShape = 0;
  SortedMap<std::vector<int64_t>, std::vector<Part>> parts;
  /// Whether some tiles were left out, since there are too many.
  bool overflows = false;
};

/// Whether the tables may grow by so many tiles.
bool PlanBuilder::hasRoomFor(double tiles) const {
  if (forRun)
    return true;
  return !overflows && double(plan.tiles.size()) + tiles <= double(maxTiles) &&
         static_cast<int64_t>(plan.segments.size()) <= maxSegments;
}

size_t PlanBuilder::phaseOf(const Intervals &intervals) const {
  size_t phase = 0;
  for (size_t axis = 0; axis < axes.size(); ++axis)
    phase = phase * axes[axis].dim.rows.size() + static_cast<size_t>(intervals[axis]->row);
  return phase;
}

/// Appends a segment, or lengthens the one before. Kernels of the family Depthwise read a
/// single step of each: taps of a layer of one channel, which are contiguous, stay apart.
void PlanBuilder::append(const Segment &segment, std::vector<Segment> &segments) const {
  if (!segments.empty() && schedule.family != KernelFamily::Depthwise) {
    Segment &last = segments.back();
    if (last.step + last.length == segment.step &&
        last.x + last.length * channelsPerStep(schedule.dot) == segment.x) {
      last.length += segment.length;
      return;
    }
  }
  segments.push_back(segment);
}

/// The whole sum of the outputs in some intervals, one of each axis.
std::vector<Segment> PlanBuilder::segmentsOf(const Intervals &intervals) const {
  std::vector<size_t> counts;
  for (const Interval *interval : intervals)
    counts.push_back(static_cast<size_t>(interval->tapEnd - interval->tapBegin));
  std::vector<Segment> segments;
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    int64_t x = 0, position = 0;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      const PhaseRow &row = axes[axis].dim.rows[static_cast<size_t>(intervals[axis]->row)];
      int64_t tap = intervals[axis]->tapEnd - 1 - static_cast<int64_t>(tuple[axis]);
      x += (row.inputBase - tap * axes[axis].dim.inputStep) * axes[axis].xStride;
      position = position * row.taps + row.taps - 1 - tap;
    }
    const int64_t tap = packing.firstTaps[phaseOf(intervals)] + position;
    append({x, tap * packing.stepsPerTap, packing.stepsPerTap}, segments);
  });
  return segments;
}

/// The sum cut at the reduction blocks of the phase; one part without segments if no
/// tap reads inside of x.
const std::vector<Part> &PlanBuilder::partsOf(const Intervals &intervals) {
  const size_t phase = phaseOf(intervals);
  std::vector<int64_t> key{static_cast<int64_t>(phase)};
  for (const Interval *interval : intervals)
    key.insert(key.end(), {interval->tapBegin, interval->tapEnd});
  auto [cut, isNew] = parts.add(key);
  if (!isNew)
    return cut;
  const int64_t first = packing.firstTaps[phase] * packing.stepsPerTap;
  const int64_t size = schedule.reductionBlock ? schedule.reductionBlock : packing.steps();
  auto end = [&] { return static_cast<int64_t>(plan.segments.size()); };
  for (Segment rest : segmentsOf(intervals))
    while (rest.length > 0 && hasRoomFor(0)) {
      const int64_t block = (rest.step - first) / size;
      const int64_t length = std::min(rest.length, first + (block + 1) * size - rest.step);
      if (cut.empty() || cut.back().block != block)
        cut.push_back({block, end(), end()});
      plan.segments.push_back({rest.x, rest.step, length});
      cut.back().segmentEnd = end();
      rest.x += length * channelsPerStep(schedule.dot);
      rest.step += length;
      rest.length -= length;
    }
  if (cut.empty())
    cut.push_back({0, end(), end()});
  plan.inParts |= cut.size() > 1;
  return cut;
}

int64_t PlanBuilder::numberOf(const TileShape &shape) {
  // Most tiles look like the one before.
  if (!plan.shapes.empty() && plan.shapes[static_cast<size_t>(lastShape)] == shape)
    return lastShape;
  auto [number, isNew] = shapes.add(shape);
  if (isNew) {
    number = static_cast<int64_t>(plan.shapes.size());
    plan.shapes.push_back(shape);
  }
  return lastShape = number;
}

void PlanBuilder::addTile(const Intervals &intervals, const std::vector<int64_t> &first,
                          const TileShape &shape, const std::vector<Part> &all, size_t part) {
  Tile tile{numberOf(shape),
            0,
            0,
            all[part].segmentBegin,
            all[part].segmentEnd,
            0,
            packing.lanes,
            part > 0,
            part + 1 < all.size()};
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    tile.x += first[axis] * axes[axis].xStride;
    tile.y += first[axis] * axes[axis].yStride +
              axes[axis].yBase[static_cast<size_t>(intervals[axis]->row)];
  }
  if (schedule.fusedPhases > 1) {
    const int64_t perPhase = packing.lanes / schedule.fusedPhases;
    tile.laneBegin = intervals.back()->phaseBegin * perPhase;
    tile.laneEnd = intervals.back()->phaseEnd * perPhase;
    plan.clipped |= tile.laneEnd - tile.laneBegin < packing.lanes;
  }
  plan.tiles.push_back(tile);
}

/// Cuts the box of some intervals into tiles, for one part of the sum.
void PlanBuilder::addTiles(const Intervals &intervals, size_t part) {
  const std::vector<Part> &all = partsOf(intervals);
  std::vector<int64_t> begin, extents;
  for (const Interval *interval : intervals) {
    begin.push_back(interval->begin);
    extents.push_back(interval->end - interval->begin);
  }
  if (forRun) {
    const Box box{begin, extents};
    for (LinearTiles tiles(axes, box, schedule.pixels); tiles.advance();)
      addTile(intervals, tiles.position(), tiles.shape(), all, part);
    return;
  }
  std::vector<int64_t> box = fillTile(extents, schedule.pixels);
  if (!hasRoomFor(countBoxes(extents, box))) {
    overflows = true;
    return;
  }
  std::vector<std::vector<Piece>> pieces;
  std::vector<size_t> counts;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    pieces.push_back(splitEvenly(intervals[axis]->begin, intervals[axis]->end, box[axis]));
    counts.push_back(pieces.back().size());
  }
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    std::vector<Piece> tile;
    std::vector<int64_t> first;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      tile.push_back(pieces[axis][tuple[axis]]);
      first.push_back(tile.back().begin);
    }
    addTile(intervals, first, shapeOfBox(axes, tile), all, part);
  });
}

/// Appends the tiles of one phase: reduction block by reduction block, so that tiles
/// which follow each other read the same part of the filter.
void PlanBuilder::addPhase(const std::vector<Intervals> &boxes) {
  SortedMap<int64_t, std::vector<std::pair<const Intervals *, size_t>>> turns;
  double atLeast = 0; // tiles that come
  for (const Intervals &intervals : boxes) {
    const std::vector<Part> &cut = partsOf(intervals);
    atLeast += double(cut.size());
    if (!hasRoomFor(atLeast)) {
      overflows = true;
      return;
    }
    for (size_t part = 0; part < cut.size(); ++part)
      turns[cut[part].block].emplace_back(&intervals, part);
  }
  for (const auto &[block, turn] : turns) {
    const size_t first = plan.tiles.size();
    for (const auto &[intervals, part] : turn)
      addTiles(*intervals, part);
    shareFetching(first);
  }
}

/// Deals the fetching of the next reduction block out to the tiles from `first` on.
void PlanBuilder::shareFetching(size_t first) {
  const auto count = static_cast<uint64_t>(plan.tiles.size() - first);
  if (count == 0)
    return;
  const auto logShares = static_cast<int64_t>(std::bit_width(count)) - 1;
  plan.leastLogShares = first == 0 ? logShares : std::min(plan.leastLogShares, logShares);
  for (size_t tile = first; tile < plan.tiles.size(); ++tile) {
    plan.tiles[tile].share = static_cast<int64_t>(tile - first) & ((int64_t(1) << logShares) - 1);
    plan.tiles[tile].logShares = logShares;
  }
}

/// Appends the tiles of a block, phase by phase.
std::pair<int64_t, int64_t>
PlanBuilder::addTemplate(const std::vector<const Signature *> &signatures) {
  const auto first = static_cast<int64_t>(plan.tiles.size());
  std::vector<size_t> counts;
  for (const Signature *signature : signatures)
    counts.push_back(signature->size());
  SortedMap<size_t, std::vector<Intervals>> boxes; // by phase
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    Intervals intervals;
    for (size_t axis = 0; axis < axes.size(); ++axis)
      intervals.push_back(&(*signatures[axis])[tuple[axis]]);
    boxes[phaseOf(intervals)].push_back(std::move(intervals));
  });
  for (const auto &[phase, boxesOfPhase] : boxes)
    addPhase(boxesOfPhase);
  return {first, static_cast<int64_t>(plan.tiles.size())};
}

/// A plan without blocks if no output has a tap.
void PlanBuilder::build() {
  if (axes.empty())
    return;
  const std::vector<int64_t> box = boxOfBlocks(axes, schedule);
  std::vector<ChunkedAxis> chunked;
  std::vector<size_t> counts;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    chunked.push_back(chunk(axes[axis].dim, box[axis]));
    counts.push_back(chunked.back().chunks.size());
  }
  SortedMap<std::vector<const Signature *>, std::pair<int64_t, int64_t>> templates;
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    Block block{0, 0, 0, 0};
    std::vector<const Signature *> signatures;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      const ChunkedAxis &cut = chunked[axis];
      signatures.push_back(&cut.signatures[cut.signatureOf[tuple[axis]]]);
      block.x += cut.chunks[tuple[axis]].begin * axes[axis].xStride;
      block.y += cut.chunks[tuple[axis]].begin * axes[axis].yStride;
    }
    auto [tiles, isNew] = templates.add(signatures);
    if (isNew)
      tiles = addTemplate(signatures);
    std::tie(block.tileBegin, block.tileEnd) = tiles;
    plan.blocks.push_back(block);
  });
}

Status PlanBuilder::checkSizes() const {
  const auto segments = double(plan.segments.size());
  if (Status status = checkLimit(segments, maxSegments, "segments"); !status)
    return status;
  const double tiles = overflows ? HUGE_VAL : double(plan.tiles.size());
  if (Status status = checkLimit(tiles, maxTiles, "different tiles"); !status)
    return status;
  return checkLimit(countCode(plan, packing, schedule), maxCode, codeUnit);
}

} // namespace

Result<TilePlan> TilePlan::create(const Geometry &geometry, const Schedule &schedule) {
  if (Status status = checkTileTables(geometry, schedule); !status)
    return status.error();
  if (Status status = checkBlocks(createAxes(geometry, schedule), schedule); !status)
    return status.error();
  PlanBuilder builder(geometry, schedule, /*forRun=*/false);
  builder.build();
  if (Status status = builder.checkSizes(); !status)
    return status.error();
  return builder.take();
}

TilePlan TilePlan::createForRun(const Geometry &geometry, const Schedule &schedule) {
  PlanBuilder builder(geometry, schedule, /*forRun=*/true);
  builder.build();
  return builder.take();
}
