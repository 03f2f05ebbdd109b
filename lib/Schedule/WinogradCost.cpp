//===- WinogradCost.cpp - Estimated time of transformed layers ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Transforms cost what their vectors take, in and out, with loops over tiles that each have a price
// to start; products are estimated as a layer of one tap (TileCost.cpp); and the transformed filter
// comes from the third cache once for each chunk of tiles. In cycles of one core.
//
//===----------------------------------------------------------------------===//

#include "WinogradCost.h"

#include "TileCost.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

/// What a vector of transformed x takes, and one of transformed sums, with their shares of
/// loads, additions and stores; and what a tile takes in each loop over tiles, in cycles. A byte of
/// the filter, that is fetched ahead from the third cache. (Measured on Sapphire Rapids.)
constexpr double inputCycles = 5, outputCycles = 5, tileCycles = 50, filterByteCycles = 1.0 / 64;

/// All products of one row of the transformed filter and `tiles` tiles: a layer of one tap.
double productCycles(const Geometry &geometry, Schedule schedule, const TargetCpu &target,
                     int64_t tiles) {
  Geometry products = geometry;
  products.batch = 1;
  products.dims = {{.attributes = {}, .input = tiles, .kernel = 1, .output = tiles}};
  schedule.family = KernelFamily::OutputChannels;
  schedule.reductionBlock = 0;
  return estimateCycles(products, schedule, target);
}

} // namespace

double tconv::estimateWinogradCycles(const Geometry &geometry, const Schedule &schedule,
                                     const TargetCpu &target) {
  const WinogradPlan plan = WinogradPlan::create(geometry, schedule);
  const auto packing = FilterPacking::create(geometry, schedule);
  const double chunks = double(ceilDivide(plan.tiles, schedule.blockPixels));
  const double blocks = double(packing.numBlocks());
  // Each part of the lane blocks has tasks of its own, which transform x for themselves.
  const double parts = double(ceilDivide(packing.numBlocks(), schedule.blocksPerTask));
  double loops = 0; // over the tiles of a chunk
  for (const WinogradClass &each : plan.classes)
    loops += parts + double(each.phases.size()) * blocks;
  const double inputs =
      double(plan.products * ceilDivide(packing.inputChannels, schedule.vectorLength)) * parts;
  const double outputs = double(plan.filterRows * (packing.paddedLanes() / schedule.vectorLength));
  const double perTile = inputs * inputCycles + outputs * outputCycles + loops * tileCycles;
  // The last chunk has fewer register tiles.
  auto products = [&](int64_t tiles) {
    const int64_t whole = ceilDivide(tiles, schedule.pixels) * schedule.pixels;
    return double(plan.filterRows) * productCycles(geometry, schedule, target, whole);
  };
  const int64_t rest = plan.tiles % schedule.blockPixels;
  const double allProducts =
      double(plan.tiles / schedule.blockPixels) * products(schedule.blockPixels) +
      (rest > 0 ? products(rest) : 0);
  const double bytes = double(packing.transformedGroupElements() * packing.groups) *
                       double(target.vectorBytes) / double(schedule.vectorLength);
  return double(plan.tiles) * double(packing.groups) * perTile + allProducts +
         chunks * bytes * filterByteCycles;
}

OperationCount tconv::countMultiplications(const Geometry &geometry, const Schedule &schedule) {
  const WinogradPlan plan = WinogradPlan::create(geometry, schedule);
  const int64_t outputChannels = geometry.outputChannels / geometry.groups;
  return double(plan.tiles) * double(plan.filterRows) * double(geometry.inputChannels) *
         double(outputChannels);
}
