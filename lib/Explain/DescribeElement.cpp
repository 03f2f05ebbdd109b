//===- DescribeElement.cpp - An output element in words -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same sum three times: as stamps, as a window of the zero-inserted input, and as
// the sub-kernel of a phase.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Reach.h"
#include "Sum.h"
#include "tconv/Explain/Describe.h"

using namespace tconv;
using namespace tconv::explain;

namespace {

/// As many terms are listed; the sums are of all.
constexpr int64_t maxListed = 16;

/// What all forms need.
struct Element {
  const Layer &layer;
  Names names;
  Contributions contributions;
  SumText sum;
  std::vector<Phase> phases;

  const DimGeometry &dim(size_t i) const { return layer.geometry.dims[i]; }
  size_t numDims() const { return phases.size(); }
  int64_t output(size_t i) const { return contributions.output.position[i]; }
};

Element elementOf(const Layer &layer, const ElementIndex &output) {
  Contributions contributions = contributionsTo(layer, output, maxListed);
  SumText sum = sumText(layer, contributions);
  Element element{layer, Names(layer), std::move(contributions), std::move(sum), {}};
  for (size_t dim = 0; dim < layer.geometry.dims.size(); ++dim)
    element.phases.push_back(phaseOf(layer.geometry.dims[dim], output.position[dim]));
  return element;
}

/// "[1,2]" of a number per dimension.
template <typename Get> std::string indexText(const Element &element, const Get &get) {
  std::vector<int64_t> numbers;
  for (size_t dim = 0; dim < element.numDims(); ++dim)
    numbers.push_back(get(dim));
  return "[" + joinNumbers(numbers, ",") + "]";
}

/// A line per term, `line` without indentation and product, then what comes besides.
template <typename Line> std::string listTerms(const Element &element, const Line &line) {
  std::string text;
  for (const Term &term : element.contributions.terms) {
    text += "   " + line(term);
    text += element.layer.hasValues() ? ": " + productText(element.layer, term) + "\n" : "\n";
  }
  if (element.contributions.unlisted > 0)
    text += "   and " + formatCount(element.contributions.unlisted) + " more\n";
  if (element.layer.bias)
    text += "   and the bias b[" + std::to_string(element.contributions.output.channel) + "]\n";
  std::string numbers = numbersAndTotal(element.sum);
  return numbers.empty() ? text : text + "   sum: " + numbers + "\n";
}

std::string describeStamps(const Element &element) {
  auto line = [&](const Term &term) {
    std::string origin = indexText(element, [&](size_t dim) {
      const DimAttributes &a = element.dim(dim).attributes;
      return term.input.position[dim] * a.stride - a.paddingBegin;
    });
    return element.names.x(term.input) + " stamps w at " + origin + "; here its " +
           element.names.w(term, element.contributions.output);
  };
  return "\n1. stamps that add up: x[i] stamps w, scaled by it, onto y at i*s - pb\n" +
         listTerms(element, line);
}

/// How many products of the window are with what.
std::string countsText(const Element &element) {
  ProductCounts counts =
      countProducts(element.layer.geometry, element.contributions.output.position);
  return formatCount(counts.all()) + " products: " + formatCount(counts.real) +
         " with elements of x, " + formatCount(counts.inserted) + " with inserted zeros, " +
         formatCount(counts.padded) + " with padded zeros";
}

std::string describeZeroInsertion(const Element &element) {
  std::string window;
  for (size_t i = 0; i < element.numDims(); ++i) {
    const DimGeometry &dim = element.dim(i);
    window += (i ? ", " : "") + std::to_string(element.output(i)) + ".." +
              std::to_string(element.output(i) + dim.attributes.dilation * (dim.kernel - 1));
    if (dim.attributes.dilation > 1 && dim.kernel > 1)
      window += ":" + std::to_string(dim.attributes.dilation);
  }
  auto line = [&](const Term &term) {
    std::string position = indexText(element, [&](size_t dim) {
      return zeroFront(element.dim(dim)) +
             term.input.position[dim] * element.dim(dim).attributes.stride;
    });
    std::string flipped =
        indexText(element, [&](size_t dim) { return element.dim(dim).kernel - 1 - term.tap[dim]; });
    return "zp" + position + " = " + element.names.x(term.input) + " meets the flipped kernel's " +
           flipped + ", which is " + element.names.w(term, element.contributions.output);
  };
  return "\n2. zero insertion: zp is x with s - 1 zeros between its elements, padded by "
         "d*(K - 1) - pb in front;\n   the flipped kernel lies on zp[" +
         window + "]\n" + windowBlock(element.layer, element.contributions.output) + "   " +
         countsText(element) + "\n" + listTerms(element, line);
}

std::string describeTaps(const Element &element) {
  ProductCounts counts =
      countProducts(element.layer.geometry, element.contributions.output.position);
  std::vector<int64_t> shape;
  for (const Phase &phase : element.phases)
    shape.push_back(phase.taps);
  if (counts.ofPhase == 0)
    return "   no tap has this residue: k*d = r (mod s) has no solution k < K\n";
  std::string text = "   the taps with k*d = r (mod s) are the sub-kernel " +
                     subKernelName(element.layer.geometry, element.phases) + " of " +
                     joinNumbers(shape, "x") + (shape.size() == 1 ? " taps" : "") + "\n" +
                     subKernelBlock(element.layer, element.contributions.output);
  return text + "   " + formatCount(counts.ofPhase) + " products: " + formatCount(counts.real) +
         " with elements of x, " + formatCount(counts.ofPhase - counts.real) + " outside x\n";
}

std::string describePhase(const Element &element) {
  std::string text = "\n3. phase: ";
  text += "t = o + pb = " + indexText(element, [&](size_t dim) {
            return element.output(dim) + element.dim(dim).attributes.paddingBegin;
          });
  text += ", residue r = t mod s = " +
          indexText(element, [&](size_t dim) { return element.phases[dim].residue; });
  text += ", q = floor(t/s) = " +
          indexText(element, [&](size_t dim) { return element.phases[dim].q; }) + "\n";
  auto line = [&](const Term &term) {
    return element.names.w(term, element.contributions.output) + " reads " +
           element.names.x(term.input);
  };
  return text + describeTaps(element) + listTerms(element, line);
}

} // namespace

std::string tconv::describeElement(const Layer &layer, const ElementIndex &output) {
  Element element = elementOf(layer, output);
  return joinSum(element.sum) + "\n" + describeStamps(element) + describeZeroInsertion(element) +
         describePhase(element);
}
