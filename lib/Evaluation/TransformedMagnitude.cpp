//===- TransformedMagnitude.cpp - What rounding errors grow with ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TransformedMagnitude.h"

#include "tconv/Schedule/FilterPacking.h"

#include <algorithm>
#include <cmath>

using namespace tconv;

namespace {

using Indices = std::vector<int64_t>;

/// The digits of a number, the last one fastest.
Indices digitsOf(int64_t number, const Indices &sizes) {
  Indices digits(sizes.size());
  for (size_t index = sizes.size(); index-- > 0; number /= sizes[index])
    digits[index] = number % sizes[index];
  return digits;
}

int64_t multiply(const Indices &sizes) {
  int64_t product = 1;
  for (int64_t size : sizes)
    product *= size;
  return product;
}

/// |M| of a row of each dimension's matrix, as factors of row-major columns.
std::vector<double> absoluteRow(const std::vector<CookToom> &transforms,
                                RationalMatrix(CookToom::*matrix), const Indices &rows) {
  std::vector<double> factors{1};
  for (size_t dim = 0; dim < transforms.size(); ++dim) {
    std::vector<double> next;
    for (double outer : factors)
      for (Rational factor : (transforms[dim].*matrix)[static_cast<size_t>(rows[dim])])
        next.push_back(outer * std::abs(factor.toDouble()));
    factors = std::move(next);
  }
  return factors;
}

/// Additions and scalings on the way of a number through a matrix of each dimension.
int64_t countRoundings(const std::vector<CookToom> &transforms, RationalMatrix(CookToom::*matrix)) {
  int64_t roundings = 0;
  for (const CookToom &toom : transforms) {
    int64_t most = 0;
    for (const auto &row : toom.*matrix) {
      int64_t ofRow = -1; // terms are added to a first one
      for (Rational factor : row)
        ofRow += !factor.isZero() + !(factor.isZero() || std::abs(factor.toDouble()) == 1);
      most = std::max(most, ofRow);
    }
    roundings += most;
  }
  return roundings;
}

/// Where elements of x or y stand.
struct Layout {
  Indices sizes;
  int64_t channels;
  bool channelsLast;

  int64_t plane() const { return multiply(sizes); }
  /// Of a pixel's first channel; its channels are `channelStride` apart.
  int64_t position(int64_t image, int64_t pixel) const {
    return image * channels * plane() + pixel * (channelsLast ? channels : 1);
  }
  int64_t channelStride() const { return channelsLast ? 1 : plane(); }
  /// The number of a pixel, or -1 outside.
  int64_t pixel(const Indices &at) const {
    int64_t number = 0;
    for (size_t dim = 0; dim < at.size(); ++dim) {
      if (at[dim] < 0 || at[dim] >= sizes[dim])
        return -1;
      number = number * sizes[dim] + at[dim];
    }
    return number;
  }
};

Layout layoutOf(const Geometry &geometry, int64_t channels, bool last,
                int64_t(DimGeometry::*size)) {
  Layout layout{{}, channels, last};
  for (const DimGeometry &dim : geometry.dims)
    layout.sizes.push_back(dim.*size);
  return layout;
}

class MagnitudeSum {
public:
  MagnitudeSum(const HostTensor &input, const HostTensor &filter, const Geometry &geometry,
               bool channelsLast, const WinogradPlan &plan)
      : input(input), filter(filter), geometry(geometry), plan(plan),
        x(layoutOf(geometry, geometry.inputChannels, channelsLast, &DimGeometry::input)),
        y(layoutOf(geometry, geometry.outputChannels, channelsLast, &DimGeometry::output)),
        inputChannels(geometry.inputChannels / geometry.groups),
        outputChannels(geometry.outputChannels / geometry.groups),
        result(static_cast<size_t>(geometry.batch * geometry.outputChannels * y.plane())) {}

  void addBias(const HostTensor &bias);
  std::vector<double> run(const FilterPacking &packing);

private:
  void addProduct(const WinogradClass &phases, const WinogradPhase &phase, int64_t firstTap,
                  const Indices &product, const FilterPacking &packing);
  std::vector<double> filterRow(const std::vector<double> &factors, int64_t group,
                                const Indices &taps) const;
  void addTile(const WinogradClass &phases, const WinogradPhase &phase, const Indices &product,
               int64_t group, int64_t tile, const std::vector<double> &row);
  std::vector<double> inputRow(const WinogradClass &phases, const std::vector<double> &factors,
                               int64_t group, int64_t image, const Indices &first) const;

  const HostTensor &input, &filter;
  const Geometry &geometry;
  const WinogradPlan &plan;
  Layout x, y;
  int64_t inputChannels, outputChannels;
  std::vector<double> result;
};

void MagnitudeSum::addBias(const HostTensor &bias) {
  for (int64_t image = 0; image < geometry.batch; ++image)
    for (int64_t pixel = 0; pixel < y.plane(); ++pixel)
      for (int64_t channel = 0; channel < y.channels; ++channel)
        result[y.position(image, pixel) + channel * y.channelStride()] +=
            std::abs(bias.at(channel));
}

std::vector<double> MagnitudeSum::run(const FilterPacking &packing) {
  for (const WinogradClass &phases : plan.classes) {
    Indices sizes;
    for (const CookToom &toom : phases.transforms)
      sizes.push_back(toom.products());
    for (const WinogradPhase &phase : phases.phases)
      for (int64_t product = 0; product < phases.products(); ++product)
        addProduct(phases, phase, packing.firstTaps[static_cast<size_t>(phase.number)],
                   digitsOf(product, sizes), packing);
  }
  return std::move(result);
}

/// One product of all tiles, for one phase.
void MagnitudeSum::addProduct(const WinogradClass &phases, const WinogradPhase &phase,
                              int64_t firstTap, const Indices &product,
                              const FilterPacking &packing) {
  const Indices taps(packing.tapOrder.begin() + firstTap,
                     packing.tapOrder.begin() + firstTap + phases.taps());
  const auto factors = absoluteRow(phases.transforms, &CookToom::filter, product);
  for (int64_t group = 0; group < geometry.groups; ++group) {
    const std::vector<double> row = filterRow(factors, group, taps);
    for (int64_t tile = 0; tile < plan.tiles; ++tile)
      addTile(phases, phase, product, group, tile, row);
  }
}

/// |G| |g| of each pair of channels of a group.
std::vector<double> MagnitudeSum::filterRow(const std::vector<double> &factors, int64_t group,
                                            const Indices &taps) const {
  const int64_t pairs = inputChannels * outputChannels;
  const int64_t elements = filter.numElements() / (geometry.inputChannels * outputChannels);
  std::vector<double> row(static_cast<size_t>(pairs));
  for (int64_t pair = 0; pair < pairs; ++pair)
    for (size_t tap = 0; tap < taps.size(); ++tap)
      if (factors[tap] != 0)
        row[static_cast<size_t>(pair)] +=
            factors[tap] * std::abs(filter.at((group * pairs + pair) * elements + taps[tap]));
  return row;
}

/// |B| |d| of each input channel of a group; what is not finite is left out, since its outputs
/// are computed by the definition.
std::vector<double> MagnitudeSum::inputRow(const WinogradClass &phases,
                                           const std::vector<double> &factors, int64_t group,
                                           int64_t image, const Indices &first) const {
  std::vector<double> row(static_cast<size_t>(inputChannels));
  const Indices window = phases.window();
  for (size_t element = 0; element < factors.size(); ++element) {
    Indices at = digitsOf(static_cast<int64_t>(element), window);
    for (size_t dim = 0; dim < at.size(); ++dim)
      at[dim] += first[dim] + 1 - phases.transforms[dim].taps;
    const int64_t pixel = factors[element] == 0 ? -1 : x.pixel(at);
    for (int64_t channel = 0; pixel >= 0 && channel < inputChannels; ++channel) {
      const double value = input.at(x.position(image, pixel) +
                                    (group * inputChannels + channel) * x.channelStride());
      if (std::isfinite(value))
        row[static_cast<size_t>(channel)] += factors[element] * std::abs(value);
    }
  }
  return row;
}

void MagnitudeSum::addTile(const WinogradClass &phases, const WinogradPhase &phase,
                           const Indices &product, int64_t group, int64_t tile,
                           const std::vector<double> &row) {
  Indices counts{geometry.batch}, sizes;
  for (const WinogradDim &dim : plan.dims) {
    counts.push_back(dim.tiles);
    sizes.push_back(dim.outputs);
  }
  Indices first = digitsOf(tile, counts);
  const int64_t image = first.front();
  first.erase(first.begin());
  for (size_t dim = 0; dim < first.size(); ++dim)
    first[dim] = plan.dims[dim].firstPosition + first[dim] * plan.dims[dim].outputs;
  const auto inputs = inputRow(phases, absoluteRow(phases.transforms, &CookToom::input, product),
                               group, image, first);
  std::vector<double> sums(static_cast<size_t>(outputChannels));
  for (int64_t channel = 0; channel < inputChannels; ++channel)
    for (int64_t output = 0; output < outputChannels; ++output)
      sums[output] += inputs[channel] * row[channel * outputChannels + output];
  for (int64_t number = 0; number < multiply(sizes); ++number) {
    Indices at = digitsOf(number, sizes);
    double factor = 1;
    for (size_t dim = 0; dim < at.size(); ++dim) {
      factor *= std::abs(phases.transforms[dim].output[at[dim]][product[dim]].toDouble());
      at[dim] = (first[dim] + at[dim]) * geometry.dims[dim].attributes.stride + phase.offsets[dim];
    }
    const int64_t pixel = factor == 0 ? -1 : y.pixel(at);
    for (int64_t channel = 0; pixel >= 0 && channel < outputChannels; ++channel)
      result[y.position(image, pixel) + (group * outputChannels + channel) * y.channelStride()] +=
          factor * sums[channel];
  }
}

} // namespace

TransformedMagnitude tconv::computeTransformedMagnitude(const HostTensor &input,
                                                        const HostTensor &filter,
                                                        const HostTensor *bias,
                                                        const Geometry &geometry, bool channelsLast,
                                                        const Schedule &schedule) {
  const WinogradPlan plan = WinogradPlan::create(geometry, schedule);
  TransformedMagnitude transformed;
  MagnitudeSum sum(input, filter, geometry, channelsLast, plan);
  if (bias)
    sum.addBias(*bias);
  transformed.magnitude = sum.run(FilterPacking::create(geometry, schedule));
  for (const WinogradClass &phases : plan.classes) {
    // f64 is not transformed in a wider type.
    const int64_t ofFilter = filter.type() == ElementType::F64
                                 ? countRoundings(phases.transforms, &CookToom::filter)
                                 : 1;
    transformed.terms =
        std::max(transformed.terms, countRoundings(phases.transforms, &CookToom::input) + ofFilter +
                                        geometry.inputChannels / geometry.groups +
                                        countRoundings(phases.transforms, &CookToom::output) + 1);
  }
  return transformed;
}
