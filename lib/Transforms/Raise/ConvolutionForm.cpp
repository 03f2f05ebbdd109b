//===- ConvolutionForm.cpp - Convolutions that may be transposed ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConvolutionForm.h"

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

using Factors = SmallVector<unsigned, 2>;

/// Raises one convolution. Members are filled in the order of the functions.
class Raising {
public:
  Raising(OpBuilder &builder, Location loc, ConvolutionForm &form, SizeAnalysis &analysis,
          std::string &obstacle)
      : builder(builder), loc(loc), form(form), analysis(analysis), obstacle(obstacle) {}

  bool proves() {
    return hasUnitStrides() && looksTransposed() && hasWholeChannels() && rotateFilter() &&
           findPaddings();
  }

  Value emit() {
    const Arrangement inputLists = arrangeInput(), filterLists = arrangeFilter();
    auto [shape, order] = resultLayout();
    auto type = RankedTensorType::get(shape, form.elementType);
    SmallVector<int64_t> none(strides.size(), 0);
    ConvTransposeSignature signature{typeOf(form.input, inputLists),
                                     typeOf(form.filter, filterLists),
                                     form.bias ? cast<RankedTensorType>(form.bias.getType())
                                               : RankedTensorType(),
                                     type,
                                     strides,
                                     begins,
                                     ends,
                                     dilations,
                                     none,
                                     form.groups,
                                     layout};
    if (::tconv::Status status = signature.verify(); !status)
      return fail(status.message()), Value();
    Value input = widen(form.input.arrange(builder, loc, inputLists));
    Value filter = widen(form.filter.arrange(builder, loc, filterLists));
    Value result = ConvTransposeOp::create(builder, loc, type, input, filter, form.bias, strides,
                                           begins, ends, dilations, none, form.groups, layout,
                                           KernelScheduleAttr(), IntegerAttr(), IntegerAttr());
    return arrangeResult(result, order);
  }

private:
  bool fail(const Twine &reason) {
    obstacle = reason.str();
    return false;
  }

  bool hasUnitStrides();
  bool looksTransposed();
  bool hasWholeChannels();
  bool rotateFilter();
  bool findPaddings();
  Factors factorsOf(const TracedTensor &traced, ArrayRef<int64_t> list) const;
  AffineExpr inputSize(ArrayRef<unsigned> factors);
  Layout chooseLayout() const;
  Type widenedType(Type elementType) const;
  Value widen(Value value);
  RankedTensorType typeOf(const TracedTensor &traced, const Arrangement &arrangement) const;
  Arrangement arrangeInput() const;
  Arrangement arrangeFilter() const;
  std::pair<SmallVector<int64_t>, SmallVector<int64_t>> resultLayout() const;
  Value arrangeResult(Value result, ArrayRef<int64_t> order);

  OpBuilder &builder;
  Location loc;
  ConvolutionForm &form;
  SizeAnalysis &analysis;
  std::string &obstacle;
  SmallVector<int64_t> strides, begins, ends, dilations;
  Layout layout = Layout::ChannelsFirst;
};

bool Raising::hasUnitStrides() {
  for (auto [spatial, window] : llvm::enumerate(form.windows))
    if (window.stride != 1)
      return fail("its stride is " + Twine(window.stride) + " in spatial dimension " +
                  Twine(spatial) + ", not 1");
  return true;
}

/// Any convolution of stride 1 is a transposed one of the rotated filter; those are meant
/// that were written as one.
bool Raising::looksTransposed() {
  const bool isSpread =
      llvm::any_of(form.inputSpatial, [&](int64_t dim) { return form.input.dims[dim].stride > 1; });
  return isSpread || form.filter.hasReversal ||
         fail("no zeros stand between the elements of its input, and its filter is not reversed");
}

bool Raising::hasWholeChannels() {
  for (ArrayRef<int64_t> list : {ArrayRef(form.inputBatch), ArrayRef(form.inputChannels)})
    for (int64_t dim : list)
      if (!form.input.dims[dim].whole)
        return fail("zeros are added to the batch or the channels of its input");
  for (auto [dim, traced] : llvm::enumerate(form.filter.dims))
    if (!traced.whole)
      return fail("zeros are added to dimension " + Twine(dim) + " of its filter");
  return true;
}

bool Raising::rotateFilter() {
  for (int64_t dim : form.filterSpatial)
    form.filter.reverse(dim);
  for (const Factor &factor : form.filter.factors)
    if (factor.reversed && ShapedType::isDynamic(factor.size))
      return fail("its filter has a spatial dimension of unknown size");
  return true;
}

Factors Raising::factorsOf(const TracedTensor &traced, ArrayRef<int64_t> list) const {
  Factors factors;
  for (int64_t dim : list)
    factors.append(traced.dims[dim].factors);
  return factors;
}

/// The number of elements along a spatial dimension.
AffineExpr Raising::inputSize(ArrayRef<unsigned> factors) {
  const int64_t size = form.input.sizeOf(factors);
  if (!ShapedType::isDynamic(size))
    return getAffineConstantExpr(size, builder.getContext());
  return factors.size() == 1
             ? analysis.sizeOf(form.input.base, form.input.factors[factors.front()].baseDim)
             : AffineExpr();
}

/// With `zp[low + i*s] = x[i]` and `y[o] = sum of zp[o + k'*d] * F[k']`, where
/// `F[k'] = w[K - 1 - k']`, an element is `y[i*s + k*d - (d*(K - 1) - low)]`.
bool Raising::findPaddings() {
  for (auto [spatial, window] : llvm::enumerate(form.windows)) {
    const TracedDim &dim = form.input.dims[form.inputSpatial[spatial]];
    const int64_t kernel =
        form.filter.sizeOf(form.filter.dims[form.filterSpatial[spatial]].factors);
    if (ShapedType::isDynamic(kernel))
      return fail("its filter has a spatial dimension of unknown size");
    AffineExpr size = inputSize(dim.factors);
    std::optional<int64_t> left =
        size ? analysis.differenceOf(size * dim.stride, form.sizes[form.resultSpatial[spatial]])
             : std::nullopt;
    if (!left)
      return fail("the size of its result does not follow from its input's in spatial dimension " +
                  Twine(spatial));
    std::optional<int64_t> reach = llvm::checkedMul(window.dilation, kernel - 1);
    std::optional<int64_t> begin = reach ? llvm::checkedSub(*reach, dim.low) : std::nullopt;
    // O = (I - 1)*s - pb - pe + d*(K - 1) + 1, and d*(K - 1) - pb = low.
    std::optional<int64_t> end = llvm::checkedSub(*left, dim.stride);
    end = end ? llvm::checkedAdd(*end, dim.low) : end;
    end = end ? llvm::checkedAdd<int64_t>(*end, 1) : end;
    if (!begin || !end)
      return fail("its sizes exceed 63 bits");
    strides.push_back(dim.stride);
    dilations.push_back(window.dilation);
    begins.push_back(*begin);
    ends.push_back(*end);
  }
  layout = chooseLayout();
  return true;
}

/// The layout that moves the fewest elements: that of the input.
Layout Raising::chooseLayout() const {
  Factors channels = factorsOf(form.input, form.inputChannels);
  Factors spatial = factorsOf(form.input, form.inputSpatial);
  auto positionOf = [&](unsigned factor) { return llvm::find(form.input.order, factor); };
  const bool last = !channels.empty() && llvm::all_of(spatial, [&](unsigned factor) {
    return positionOf(factor) < positionOf(channels.back());
  });
  return last ? Layout::ChannelsLast : Layout::ChannelsFirst;
}

/// The type of the result, where that is a wider float.
Type Raising::widenedType(Type elementType) const {
  const bool widens =
      isa<FloatType>(elementType) && isa<FloatType>(form.elementType) &&
      elementType.getIntOrFloatBitWidth() < form.elementType.getIntOrFloatBitWidth();
  return widens ? form.elementType : elementType;
}

Value Raising::widen(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  Type wide = widenedType(type.getElementType());
  return wide == type.getElementType()
             ? value
             : arith::ExtFOp::create(builder, loc, type.clone(wide), value).getResult();
}

RankedTensorType Raising::typeOf(const TracedTensor &traced, const Arrangement &arrangement) const {
  SmallVector<int64_t> shape;
  for (const auto &list : arrangement)
    shape.push_back(traced.sizeOf(list));
  return RankedTensorType::get(shape, widenedType(getElementTypeOrSelf(traced.base)));
}

Arrangement Raising::arrangeInput() const {
  Arrangement lists{factorsOf(form.input, form.inputBatch)};
  for (int64_t dim : form.inputSpatial)
    lists.push_back(form.input.dims[dim].factors);
  lists.insert(layout == Layout::ChannelsFirst ? lists.begin() + 1 : lists.end(),
               factorsOf(form.input, form.inputChannels));
  return lists;
}

Arrangement Raising::arrangeFilter() const {
  Arrangement lists{factorsOf(form.filter, form.filterInputs),
                    factorsOf(form.filter, form.filterOutputs)};
  for (int64_t dim : form.filterSpatial)
    lists.push_back(form.filter.dims[dim].factors);
  return lists;
}

/// The sizes of the op's result and, for each of its dimensions split into those of the
/// convolution's result, which one that is.
std::pair<SmallVector<int64_t>, SmallVector<int64_t>> Raising::resultLayout() const {
  SmallVector<SmallVector<int64_t>> lists{form.resultBatch};
  for (int64_t dim : form.resultSpatial)
    lists.push_back({dim});
  lists.insert(layout == Layout::ChannelsFirst ? lists.begin() + 1 : lists.end(),
               form.resultChannels);
  SmallVector<int64_t> shape, order;
  for (const auto &list : lists) {
    shape.push_back(1);
    for (int64_t dim : list) {
      const bool dynamic =
          ShapedType::isDynamic(shape.back()) || ShapedType::isDynamic(form.shape[dim]);
      shape.back() = dynamic ? ShapedType::kDynamic : shape.back() * form.shape[dim];
      order.push_back(dim);
    }
  }
  return {shape, order};
}

Value Raising::arrangeResult(Value result, ArrayRef<int64_t> order) {
  SmallVector<size_t> lengths{form.resultBatch.size()};
  lengths.append(form.resultSpatial.size(), 1);
  lengths.insert(layout == Layout::ChannelsFirst ? lengths.begin() + 1 : lengths.end(),
                 form.resultChannels.size());
  SmallVector<ReassociationIndices> groups;
  SmallVector<int64_t> shape, target;
  for (size_t length : lengths) {
    ReassociationIndices &group = groups.emplace_back();
    for (size_t dim = 0; dim < std::max<size_t>(length, 1); ++dim) {
      group.push_back(shape.size());
      target.push_back(length == 0 ? -1 : order.front());
      shape.push_back(length == 0 ? 1 : form.shape[target.back()]);
      order = order.drop_front(length == 0 ? 0 : 1);
    }
  }
  TracedTensor traced = TracedTensor::leaf(result);
  if (!traced.expand(groups, shape))
    return fail("its batch has several dimensions of unknown size"), Value();
  Arrangement arrangement(form.shape.size());
  for (auto [dim, place] :
       llvm::enumerate(target)) // a batch of one that nobody asked for: anywhere
    arrangement[std::max<int64_t>(place, 0)].append(traced.dims[dim].factors);
  return traced.arrange(builder, loc, arrangement);
}

} // namespace

Value mlir::tconv::raiseConvolution(OpBuilder &builder, Location loc, ConvolutionForm &form,
                                    SizeAnalysis &analysis, std::string &obstacle) {
  Raising raising(builder, loc, form, analysis, obstacle);
  return raising.proves() ? raising.emit() : Value();
}
