//===- RuntimePlan.cpp - The tiles of a layer whose sizes are dynamic -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: unittests/Schedule/RuntimePlanTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/RuntimePlan.h"

#include "TableLimits.h"
#include "tconv/Support/Division.h"

#include <algorithm>
#include <initializer_list>

using namespace tconv;

namespace {

/// Words of the schedule and the channels, and of each dimension.
constexpr int64_t wordsOfLayer = 16, wordsOfDim = 6;

/// Takes words one by one.
class Reader {
public:
  explicit Reader(const int64_t *words) : words(words) {}
  int64_t next() { return *words++; }

private:
  const int64_t *words;
};

Schedule readSchedule(Reader &reader) {
  Schedule schedule;
  schedule.family = static_cast<KernelFamily>(reader.next());
  schedule.dot = static_cast<DotProduct>(reader.next());
  for (int64_t Schedule::*field :
       {&Schedule::vectorLength, &Schedule::pixels, &Schedule::vectors, &Schedule::fusedPhases,
        &Schedule::blockPixels, &Schedule::blocksPerTask, &Schedule::reductionBlock,
        &Schedule::unroll, &Schedule::tile})
    schedule.*field = reader.next();
  schedule.prefetch = reader.next() != 0;
  return schedule;
}

/// Without its sizes.
DimGeometry readDim(Reader &reader) {
  DimGeometry dim;
  dim.kernel = reader.next();
  for (int64_t DimAttributes::*field :
       {&DimAttributes::stride, &DimAttributes::paddingBegin, &DimAttributes::paddingEnd,
        &DimAttributes::dilation, &DimAttributes::outputPadding})
    dim.attributes.*field = reader.next();
  return dim;
}

/// So large that tasks are not too many.
void limitBlocks(const Geometry &geometry, Schedule &schedule) {
  double positions = double(geometry.batch);
  for (const DimGeometry &dim : geometry.dims)
    positions *= double(dim.input);
  schedule.blockPixels = std::max(schedule.blockPixels, int64_t(positions / manyBlocks));
}

class Writer {
public:
  /// Where the next table begins.
  int64_t position() const { return static_cast<int64_t>(words.size()); }
  void append(std::initializer_list<int64_t> row) {
    words.insert(words.end(), row.begin(), row.end());
  }
  void appendShape(const TileShape &shape, const std::vector<int64_t> &sizes, int64_t pixels) {
    int64_t code = static_cast<int64_t>(sizes.size()) - 1;
    while (sizes[static_cast<size_t>(code)] < shape.pixels())
      --code;
    append({code});
    for (const std::vector<int64_t> &offsets : {shape.x, shape.y}) {
      words.insert(words.end(), offsets.begin(), offsets.end());
      words.resize(words.size() + static_cast<size_t>(pixels - shape.pixels()), offsets.front());
    }
  }
  std::vector<int64_t> words;
};

std::vector<int64_t> writeTables(const TilePlan &plan, const Schedule &schedule) {
  Writer writer;
  writer.words.resize(PlanColumns::header);
  writer.words[0] = static_cast<int64_t>(plan.blocks.size());
  writer.words[1] = writer.position();
  for (const Block &block : plan.blocks)
    writer.append({block.tileBegin, block.tileEnd, block.x, block.y});
  writer.words[2] = writer.position();
  for (const Tile &tile : plan.tiles)
    writer.append({tile.shape, tile.x, tile.y, tile.segmentBegin, tile.segmentEnd, tile.laneBegin,
                   tile.laneEnd, tile.continues, tile.unfinished, tile.share, tile.logShares});
  writer.words[3] = writer.position();
  for (const Segment &segment : plan.segments)
    writer.append({segment.x, segment.step, segment.length});
  writer.words[4] = writer.position();
  const std::vector<int64_t> sizes = tileSizes(schedule);
  for (const TileShape &shape : plan.shapes)
    writer.appendShape(shape, sizes, schedule.pixels);
  return std::move(writer.words);
}

} // namespace

std::vector<int64_t> PlanRequest::encode(const Geometry &geometry, const Schedule &s) {
  std::vector<int64_t> words{static_cast<int64_t>(geometry.dims.size()),
                             geometry.inputChannels,
                             geometry.outputChannels,
                             geometry.groups,
                             static_cast<int64_t>(s.family),
                             static_cast<int64_t>(s.dot),
                             s.vectorLength,
                             s.pixels,
                             s.vectors,
                             s.fusedPhases,
                             s.blockPixels,
                             s.blocksPerTask,
                             s.reductionBlock,
                             s.unroll,
                             s.tile,
                             s.prefetch};
  for (const DimGeometry &dim : geometry.dims) {
    const DimAttributes &attributes = dim.attributes;
    words.insert(words.end(),
                 {dim.kernel, attributes.stride, attributes.paddingBegin, attributes.paddingEnd,
                  attributes.dilation, attributes.outputPadding});
  }
  words.push_back(geometry.batch);
  for (const DimGeometry &dim : geometry.dims)
    words.push_back(dim.input);
  return words;
}

int64_t PlanRequest::numWords(int64_t rank) {
  return wordsOfLayer + rank * wordsOfDim + numSizes(rank);
}

std::vector<int64_t> tconv::tileSizes(const Schedule &schedule) {
  std::vector<int64_t> sizes;
  for (int64_t quarters : {4, 3, 2, 1, 0}) {
    const int64_t size = std::max<int64_t>(ceilDivide(schedule.pixels * quarters, 4), 1);
    if (sizes.empty() || size < sizes.back())
      sizes.push_back(size);
  }
  return sizes;
}

std::optional<std::vector<int64_t>> tconv::createRuntimePlan(const int64_t *request) {
  Reader reader(request);
  const auto rank = static_cast<size_t>(reader.next());
  Geometry geometry;
  for (int64_t Geometry::*field :
       {&Geometry::inputChannels, &Geometry::outputChannels, &Geometry::groups})
    geometry.*field = reader.next();
  Schedule schedule = readSchedule(reader);
  for (size_t dim = 0; dim < rank; ++dim)
    geometry.dims.push_back(readDim(reader));
  geometry.batch = reader.next();
  for (DimGeometry &dim : geometry.dims) {
    dim.input = reader.next();
    const auto output = computeOutputSize(dim.input, dim.kernel, dim.attributes);
    if (geometry.batch < 0 || dim.input < 0 || output.value_or(0) < 1)
      return std::nullopt;
    dim.output = *output;
  }
  limitBlocks(geometry, schedule);
  return writeTables(TilePlan::createForRun(geometry, schedule), schedule);
}
