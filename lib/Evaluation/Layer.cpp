//===- Layer.cpp - Layers by the scatter loop -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer is linear, so that errors of its inputs lead at most as far as a layer of their absolute
// values: with |x| + dx and |w| + dw instead of |x| and |w|, the sum of the absolute values of the
// terms grows by at least what the result can change.
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"
#include "TransformedMagnitude.h"

#include "tconv/IR/ConvTransposeSignature.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Reference/Reference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

using namespace tconv;
using mlir::tconv::ConvTransposeOp;
using mlir::tconv::ConvTransposeSignature;

namespace {

/// How a layer computes with its operands, or with magnitudes, which have no zero points.
ConvTransposeAttributes attributesOf(ConvTransposeOp op, bool ofMagnitudes) {
  const ZeroPoints zero = ofMagnitudes ? ZeroPoints() : op.getZeroPoints();
  auto vector = [](llvm::ArrayRef<int64_t> values) { return std::vector<int64_t>(values); };
  return {vector(op.getStride()),
          vector(op.getPaddingBegin()),
          vector(op.getPaddingEnd()),
          vector(op.getDilation()),
          vector(op.getOutputPadding()),
          static_cast<int64_t>(op.getGroups()),
          op.getLayout() == mlir::tconv::Layout::ChannelsLast,
          zero.input,
          zero.filter,
          zero.inputUnsigned};
}

/// The operands as the reference reads them.
struct Operands {
  HostTensor input, filter;
  std::optional<HostTensor> bias;

  Result<ReferenceResult> run(ConvTransposeOp op, bool ofMagnitudes = false) const {
    return referenceConvTranspose(input, filter, bias ? &*bias : nullptr,
                                  attributesOf(op, ofMagnitudes));
  }
};

using Convert = llvm::function_ref<Result<HostTensor>(const NumberTensor &)>;

Result<Operands> convert(const NumberTensor &input, const NumberTensor &filter,
                         const NumberTensor *bias, Convert convert) {
  Result<HostTensor> x = convert(input), w = convert(filter);
  if (!x || !w)
    return x ? w.error() : x.error();
  Operands operands{std::move(*x), std::move(*w), std::nullopt};
  if (!bias)
    return operands;
  Result<HostTensor> b = convert(*bias);
  if (!b)
    return b.error();
  operands.bias = std::move(*b);
  return operands;
}

/// F64 for floating-point numbers, and integers in their type.
Result<HostTensor> valuesOf(const NumberTensor &tensor) {
  const bool floats = tensor.type().isFloat();
  Result<HostTensor> values =
      HostTensor::allocate(floats ? ElementType::F64 : tensor.type().element, tensor.shape());
  for (int64_t i = 0; values && i < tensor.numElements(); ++i)
    if (floats)
      values->set(i, tensor.at(i).real.value);
    else
      values->setInt(i, tensor.at(i).integer);
  return values;
}

/// The values with 0 for each that may be a subnormal bf16; nothing if there is none.
Result<std::optional<HostTensor>> withoutSubnormals(const NumberTensor &tensor) {
  Result<HostTensor> values = valuesOf(tensor);
  if (!values)
    return values.error();
  bool found = false;
  for (int64_t i = 0; i < tensor.numElements(); ++i) {
    const Bounded real = tensor.at(i).real;
    if (real.value == 0 || !(std::abs(real.value) - real.bound < 0x1p-126))
      continue;
    values->set(i, 0);
    found = true;
  }
  return found ? std::optional(std::move(*values)) : std::nullopt;
}

/// The part of `magnitude` that is of products with a subnormal factor, which instructions for bf16
/// take as zero; no elements if there are none.
Result<HostTensor> subnormalMagnitude(ConvTransposeOp op, const NumberTensor &input,
                                      const NumberTensor &filter, const HostTensor &magnitude) {
  Result<std::optional<HostTensor>> x = withoutSubnormals(input), w = withoutSubnormals(filter);
  if (!x || !w)
    return x ? w.error() : x.error();
  if (!*x && !*w)
    return HostTensor();
  Operands normal;
  for (auto [operand, flushed, tensor] :
       {std::tuple(&normal.input, &*x, &input), std::tuple(&normal.filter, &*w, &filter)}) {
    Result<HostTensor> values =
        *flushed ? Result<HostTensor>(std::move(**flushed)) : valuesOf(*tensor);
    if (!values)
      return values;
    *operand = std::move(*values);
  }
  Result<ReferenceResult> sums = normal.run(op);
  if (!sums)
    return sums.error();
  for (int64_t i = 0; i < magnitude.numElements(); ++i)
    sums->magnitude.set(i, std::max(magnitude.at(i) - sums->magnitude.at(i), 0.0));
  return std::move(sums->magnitude);
}

/// |x| and, with bounds, |x| + dx; with a zero point, no less than of the differences.
Result<HostTensor> magnitudesOf(const NumberTensor &tensor, bool withBounds, double zeroPoint = 0) {
  Result<HostTensor> values = HostTensor::allocate(ElementType::F64, tensor.shape());
  for (int64_t i = 0; values && i < tensor.numElements(); ++i) {
    Number number = tensor.at(i);
    Bounded real = tensor.type().isFloat() ? number.real : number.toBounded();
    values->set(i, std::abs(real.value) + std::abs(zeroPoint) + (withBounds ? real.bound : 0));
  }
  return values;
}

/// The bound of an element, and the magnitude that its own rounding errors are relative to.
struct Reach {
  double bound = 0, magnitude = 0;
};

/// How far inexact inputs lead: `exact` and `reached` are the sums of the absolute values of the
/// terms without and with the bounds of the inputs.
Reach reachOf(double exact, double reached, int64_t terms) {
  constexpr double unknown = std::numeric_limits<double>::infinity();
  if (std::isinf(exact) || std::isnan(exact))
    return {0, exact}; // infinite, or a nan, whatever the others are
  if (!std::isfinite(reached))
    return {unknown, exact};
  // Both sums are rounded in f64.
  return {reached - exact + 4 * static_cast<double>(terms) * 0x1p-53 * reached, reached};
}

/// The layer with the sizes of these operands, whatever its types say.
Result<Geometry> geometryOf(ConvTransposeOp op, const NumberTensor &input,
                            const NumberTensor &filter) {
  const std::vector<int64_t> &x = input.shape(), &w = filter.shape();
  std::vector<int64_t> sizes;
  std::vector<DimAttributes> attributes;
  for (int64_t dim = 0; dim < op.getNumSpatialDims(); ++dim) {
    sizes.push_back(x[static_cast<size_t>(op.getSpatialDim(dim))]);
    attributes.push_back(op.getDimAttributes(dim));
  }
  const auto groups = static_cast<int64_t>(op.getGroups());
  return Geometry::create(x[0], w[0], w[1] * groups, groups, sizes, {w.begin() + 2, w.end()},
                          attributes);
}

/// What the rounding errors of a layer that is computed by transforms grow with.
Result<TransformedMagnitude> transformMagnitude(ConvTransposeOp op, const Schedule &schedule,
                                                const NumberTensor &input,
                                                const NumberTensor &filter,
                                                const NumberTensor *bias) {
  Result<Operands> absolute = convert(input, filter, bias, [](const NumberTensor &tensor) {
    return magnitudesOf(tensor, /*withBounds=*/true);
  });
  if (!absolute)
    return absolute.error();
  auto geometry = geometryOf(op, input, filter);
  if (!geometry)
    return geometry.error();
  return computeTransformedMagnitude(absolute->input, absolute->filter,
                                     absolute->bias ? &*absolute->bias : nullptr, *geometry,
                                     op.getLayout() == mlir::tconv::Layout::ChannelsLast, schedule);
}

/// A result of the sizes that the layer has for these operands.
Result<NumberTensor> allocateResult(ConvTransposeOp op, NumberType type, const NumberTensor &input,
                                    const NumberTensor &filter) {
  auto typeOf = [](mlir::Value value, const NumberTensor &tensor) {
    return mlir::cast<mlir::RankedTensorType>(value.getType()).clone(tensor.shape());
  };
  auto signature = ConvTransposeSignature::of(op);
  signature.input = typeOf(op.getInput(), input);
  signature.filter = typeOf(op.getFilter(), filter);
  return NumberTensor::allocate(type, std::vector<int64_t>(signature.inferOutput().getShape()));
}

/// The sums of the absolute values of the terms, without and with the bounds of the operands.
Result<std::array<HostTensor, 2>> sumMagnitudes(ConvTransposeOp op, const NumberTensor &input,
                                                const NumberTensor &filter,
                                                const NumberTensor *bias) {
  std::array<HostTensor, 2> magnitudes;
  for (bool withBounds : {false, true}) {
    const ZeroPoints zero = op.getZeroPoints();
    const double byInput = std::abs(static_cast<double>(zero.input)) + 256 * zero.inputUnsigned;
    Result<Operands> absolute = convert(input, filter, bias, [&](const NumberTensor &tensor) {
      const double by = &tensor == &input ? byInput : &tensor == &filter ? double(zero.filter) : 0;
      return magnitudesOf(tensor, withBounds, by);
    });
    if (!absolute)
      return absolute.error();
    Result<ReferenceResult> sums = absolute->run(op, /*ofMagnitudes=*/true);
    if (!sums)
      return sums.error();
    magnitudes[withBounds] = std::move(sums->value);
  }
  return magnitudes;
}

} // namespace

Result<NumberTensor> Evaluator::evaluateLayer(ConvTransposeOp op) {
  const NumberTensor &input = get(op.getInput()), &filter = get(op.getFilter());
  const NumberTensor *bias = op.getBias() ? &get(op.getBias()) : nullptr;
  Result<NumberType> type = NumberType::of(op.getOutput().getType());
  if (!type)
    return type.error();
  TensorResult result = allocateResult(op, *type, input, filter);
  if (!result || result->numElements() == 0) // an empty batch: there is nothing to compute
    return result;
  Result<Operands> operands = convert(input, filter, bias, valuesOf);
  if (!operands)
    return operands.error();
  Result<ReferenceResult> reference = operands->run(op);
  if (!reference)
    return reference.error();
  Result<HostTensor> lost = type->element == ElementType::BF16
                                ? subnormalMagnitude(op, input, filter, reference->magnitude)
                                : HostTensor();
  if (!lost)
    return lost.error();
  const bool exact = input.isExact() && filter.isExact() && (!bias || bias->isExact());
  Result<std::array<HostTensor, 2>> magnitudes =
      exact ? std::array<HostTensor, 2>() : sumMagnitudes(op, input, filter, bias);
  if (!magnitudes)
    return magnitudes.error();
  TransformedMagnitude transformed;
  if (auto schedule = options.transforms ? options.transforms(op) : std::nullopt) {
    auto computed = transformMagnitude(op, *schedule, input, filter, bias);
    if (!computed)
      return computed.error();
    transformed = std::move(*computed);
  }
  const int64_t terms = std::max(reference->terms, transformed.terms);
  const double factorError = type->element == ElementType::F32 ? options.factorError : 0;
  for (int64_t i = 0; i < result->numElements(); ++i) {
    Reach reach = exact ? Reach{0, type->isFloat() ? reference->magnitude.at(i) : 0}
                        : reachOf((*magnitudes)[0].at(i), (*magnitudes)[1].at(i), reference->terms);
    if (!type->isFloat()) {
      result->set(i, Number::of(reference->value.intAt(i), std::ceil(reach.bound)));
      continue;
    }
    const double value = reference->value.at(i);
    if (transformed.terms > 0 && std::isfinite(reach.magnitude))
      reach.magnitude = std::max(reach.magnitude, transformed.magnitude[static_cast<size_t>(i)]);
    reach.bound += errorBound(type->element, value, reach.magnitude, terms, factorError,
                              lost->numElements() ? lost->at(i) : 0);
    // What is infinite or a nan is so whatever is rounded.
    const bool isBounded = std::isfinite(value) && !std::isnan(reach.bound);
    result->set(i, Number::of(Bounded{value, isBounded ? reach.bound : 0}));
  }
  return result;
}
