//===- WinogradPlan.cpp - The transforms of a layer, as data --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: unittests/Schedule/WinogradPlanTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/WinogradPlan.h"

#include "Tuples.h"
#include "tconv/Support/Division.h"

#include <algorithm>
#include <cstdlib>
#include <map>

using namespace tconv;

namespace {

int64_t tapsOfRow(const DimGeometry &dim, int64_t firstTap) {
  return ceilDivide(dim.kernel - firstTap, dim.attributes.tapStep());
}

/// The tiles that cover the positions of all phases.
WinogradDim coverPositions(const DimGeometry &dim, const Schedule &schedule) {
  WinogradDim result{tileOutputs(dim, schedule), 0, 0};
  int64_t begin = 0, end = 0;
  for (int64_t index = 0; index < dim.numRows(); ++index) {
    const PhaseRow row = dim.row(index);
    if (row.qBegin == row.qEnd)
      continue;
    begin = begin == end ? row.qBegin : std::min(begin, row.qBegin);
    end = std::max(end, row.qEnd);
  }
  result.firstPosition = begin;
  result.tiles = ceilDivide(end - begin, result.outputs);
  return result;
}

/// The class of phases with these numbers of taps.
WinogradClass createClass(const std::vector<int64_t> &taps, const std::vector<WinogradDim> &dims) {
  WinogradClass result;
  for (size_t dim = 0; dim < dims.size(); ++dim)
    result.transforms.push_back(CookToom::create(dims[dim].outputs, taps[dim]));
  return result;
}

template <typename Size> int64_t multiply(const std::vector<CookToom> &transforms, Size size) {
  int64_t product = 1;
  for (const CookToom &transform : transforms)
    product *= size(transform);
  return product;
}

} // namespace

int64_t WinogradClass::products() const {
  return multiply(transforms, [](const CookToom &toom) { return toom.products(); });
}

int64_t WinogradClass::taps() const {
  return multiply(transforms, [](const CookToom &toom) { return toom.taps; });
}

std::vector<int64_t> WinogradClass::window() const {
  std::vector<int64_t> sizes;
  for (const CookToom &transform : transforms)
    sizes.push_back(transform.window());
  return sizes;
}

std::vector<int64_t> WinogradClass::tapSizes() const {
  std::vector<int64_t> sizes;
  for (const CookToom &transform : transforms)
    sizes.push_back(transform.taps);
  return sizes;
}

Status tconv::checkTransforms(const Geometry &geometry, const Schedule &schedule) {
  // All products of a tile are written out in the code.
  constexpr int64_t mostProducts = 128, mostPhases = 1 << 12, mostPadding = 1 << 30;
  int64_t products = 1, phases = 1;
  for (const DimGeometry &dim : geometry.dims) {
    if (dim.attributes.inputStep() != 1)
      return Error{"expected dilations that divide the strides for the family winograd, got " +
                   std::to_string(dim.attributes.dilation) + " and " +
                   std::to_string(dim.attributes.stride)};
    if (std::abs(dim.attributes.paddingBegin) > mostPadding || dim.attributes.stride > mostPadding)
      return Error{"expected strides and paddings up to " + std::to_string(mostPadding) +
                   " for the family winograd"};
    const int64_t ofDim = CookToom::products(tileOutputs(dim, schedule), tapsOfRow(dim, 0));
    products = std::min(products, mostProducts) * std::min(ofDim, mostProducts + 1);
    phases = std::min(phases, mostPhases) * std::min(dim.numRows(), mostPhases + 1);
  }
  if (products > mostProducts || phases > mostPhases)
    return Error{"expected at most " + std::to_string(mostProducts) + " products of a tile and " +
                 std::to_string(mostPhases) + " phases for the family winograd"};
  return success();
}

int64_t tconv::tileOutputs(const DimGeometry &dim, const Schedule &schedule) {
  const int64_t most = tapsOfRow(dim, 0);
  return most > 1 && CookToom::exists(schedule.tile, most) ? schedule.tile : 1;
}

double tconv::directProducts(const WinogradPlan &plan) {
  double outputs = 1, taps = 0;
  for (const WinogradDim &dim : plan.dims)
    outputs *= double(dim.outputs);
  for (const WinogradClass &each : plan.classes)
    taps += double(each.taps()) * double(each.phases.size());
  return outputs * taps;
}

WinogradPlan WinogradPlan::create(const Geometry &geometry, const Schedule &schedule) {
  WinogradPlan plan;
  plan.tiles = geometry.batch;
  std::vector<size_t> rows;
  for (const DimGeometry &dim : geometry.dims) {
    plan.dims.push_back(coverPositions(dim, schedule));
    plan.tiles *= plan.dims.back().tiles;
    rows.push_back(static_cast<size_t>(dim.numRows()));
  }
  std::map<std::vector<int64_t>, WinogradClass, std::greater<>> classes;
  int64_t number = 0;
  forEachTuple(rows, [&](const std::vector<size_t> &tuple) {
    WinogradPhase phase{number++, {}};
    std::vector<int64_t> taps;
    for (size_t index = 0; index < tuple.size(); ++index) {
      const DimGeometry &dim = geometry.dims[index];
      const PhaseRow row = dim.row(static_cast<int64_t>(tuple[index]));
      taps.push_back(row.taps);
      phase.offsets.push_back(row.residue - dim.attributes.paddingBegin);
    }
    auto [entry, isNew] = classes.try_emplace(taps);
    if (isNew)
      entry->second = createClass(taps, plan.dims);
    entry->second.phases.push_back(phase);
  });
  for (auto &[taps, each] : classes) {
    each.firstRow = plan.filterRows;
    plan.products += each.products();
    plan.filterRows += each.products() * static_cast<int64_t>(each.phases.size());
    plan.mostProducts = std::max(plan.mostProducts, each.products());
    plan.classes.push_back(std::move(each));
  }
  return plan;
}
