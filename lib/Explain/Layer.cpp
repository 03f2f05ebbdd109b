//===- Layer.cpp - A layer with its numbers --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Layer.h"

#include "Reach.h"

using namespace tconv;
using namespace tconv::explain;

namespace {

int64_t linearIndex(const HostTensor &tensor, const std::vector<int64_t> &index) {
  int64_t linear = 0;
  for (size_t dim = 0; dim < index.size(); ++dim)
    linear = linear * tensor.shape()[dim] + index[dim];
  return linear;
}

/// Calls `visit` with the terms of one input channel, without their values: every
/// combination of the dimensions' reads, the last dimension fastest. Stops when it
/// returns false.
template <typename Visit>
bool visitTerms(Term &term, const std::vector<std::vector<Read>> &reads, const Visit &visit) {
  std::vector<size_t> choice(reads.size(), 0);
  while (true) {
    for (size_t dim = 0; dim < reads.size(); ++dim) {
      term.tap[dim] = reads[dim][choice[dim]].tap;
      term.input.position[dim] = reads[dim][choice[dim]].input;
    }
    if (!visit())
      return false;
    size_t dim = reads.size();
    while (dim > 0 && ++choice[dim - 1] == reads[dim - 1].size())
      choice[--dim] = 0;
    if (dim == 0)
      return true;
  }
}

/// Lists the terms of all input channels of the output's group, and adds up those
/// beyond `maxTerms`.
void addTerms(const Layer &layer, const std::vector<std::vector<Read>> &reads, int64_t maxTerms,
              Contributions &result) {
  const Geometry &geometry = layer.geometry;
  const bool hasValues = layer.hasValues();
  const int64_t inputsPerGroup = geometry.inputChannels / geometry.groups;
  const int64_t outputsPerGroup = geometry.outputChannels / geometry.groups;
  const int64_t firstChannel = result.output.channel / outputsPerGroup * inputsPerGroup;
  Term term{
      {result.output.batch, firstChannel, Position(reads.size())}, Position(reads.size()), 0, 0};
  bool wanted = true;
  for (int64_t ci = firstChannel; wanted && ci < firstChannel + inputsPerGroup; ++ci) {
    term.input.channel = ci;
    wanted = visitTerms(term, reads, [&] {
      term.x = layer.inputAt(term.input);
      term.w = layer.filterAt(ci, result.output.channel, term.tap);
      if (static_cast<int64_t>(result.terms.size()) < maxTerms)
        result.terms.push_back(term);
      else
        result.unlistedSum += term.x * term.w;
      return hasValues || static_cast<int64_t>(result.terms.size()) < maxTerms;
    });
  }
}

} // namespace

double Layer::inputAt(const ElementIndex &index) const {
  if (!hasValues())
    return 0;
  std::vector<int64_t> position{index.batch};
  position.insert(position.end(), index.position.begin(), index.position.end());
  position.insert(channelsLast ? position.end() : position.begin() + 1, index.channel);
  double number = input.at(linearIndex(input, position));
  if (zeroPoints.inputUnsigned && number < 0)
    number += 256;
  return number - static_cast<double>(zeroPoints.input);
}

double Layer::filterAt(int64_t inputChannel, int64_t outputChannel, const Position &tap) const {
  if (!hasValues())
    return 0;
  int64_t perGroup = geometry.outputChannels / geometry.groups;
  std::vector<int64_t> position{inputChannel, outputChannel % perGroup};
  position.insert(position.end(), tap.begin(), tap.end());
  return filter.at(linearIndex(filter, position)) - static_cast<double>(zeroPoints.filter);
}

double Layer::biasAt(int64_t outputChannel) const { return bias ? bias->at(outputChannel) : 0; }

double Contributions::sum() const {
  double total = bias;
  for (const Term &term : terms)
    total += term.x * term.w;
  return unlisted > 0 ? total + unlistedSum : total;
}

Contributions tconv::contributionsTo(const Layer &layer, const ElementIndex &output,
                                     int64_t maxTerms) {
  Contributions result;
  result.output = output;
  result.bias = layer.biasAt(output.channel);
  OperationCount count = OperationCount(layer.geometry.inputChannels / layer.geometry.groups);
  std::vector<Phase> phases;
  for (size_t dim = 0; dim < layer.geometry.dims.size(); ++dim) {
    phases.push_back(phaseOf(layer.geometry.dims[dim], output.position[dim]));
    count *= OperationCount(phases.back().numReads());
  }
  if (count == 0)
    return result;
  // Without values nothing but the listed terms is looked at.
  int64_t limit = layer.hasValues() ? std::numeric_limits<int64_t>::max() : maxTerms;
  std::vector<std::vector<Read>> reads;
  for (size_t dim = 0; dim < phases.size(); ++dim)
    reads.push_back(readsOf(layer.geometry.dims[dim], phases[dim], limit));
  if (maxTerms > 0 || layer.hasValues())
    addTerms(layer, reads, maxTerms, result);
  result.unlisted = count - OperationCount(result.terms.size());
  return result;
}
