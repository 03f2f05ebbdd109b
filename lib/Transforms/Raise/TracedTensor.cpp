//===- TracedTensor.cpp - Where the elements of a tensor come from --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TracedTensor.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace mlir::tconv;

TracedTensor TracedTensor::leaf(Value value) {
  TracedTensor traced;
  traced.base = value;
  for (auto [dim, size] : llvm::enumerate(cast<RankedTensorType>(value.getType()).getShape())) {
    const auto number = static_cast<unsigned>(dim);
    traced.factors.push_back({static_cast<int64_t>(dim), size});
    traced.order.push_back(number);
    traced.dims.push_back({{number}});
  }
  return traced;
}

int64_t TracedTensor::sizeOf(ArrayRef<unsigned> list) const {
  int64_t product = 1;
  for (unsigned number : list) {
    if (ShapedType::isDynamic(factors[number].size))
      return ShapedType::kDynamic;
    product *= factors[number].size;
  }
  return product;
}

void TracedTensor::transpose(ArrayRef<int64_t> permutation) {
  SmallVector<TracedDim> moved;
  for (int64_t source : permutation)
    moved.push_back(dims[source]);
  dims = std::move(moved);
}

bool TracedTensor::reverse(int64_t dim) {
  if (!dims[dim].whole)
    return false;
  for (unsigned number : dims[dim].factors)
    factors[number].reversed = !factors[number].reversed;
  hasReversal = true;
  return true;
}

bool TracedTensor::spread(int64_t dim, int64_t low, int64_t stride) {
  TracedDim &traced = dims[dim];
  std::optional<int64_t> first = llvm::checkedMulAdd(traced.low, stride, low);
  std::optional<int64_t> distance = llvm::checkedMul(traced.stride, stride);
  if (!first || !distance)
    return false;
  traced.low = *first;
  traced.stride = *distance;
  traced.whole = false;
  return true;
}

/// Splits a factor into an outer and an inner one, and gives the inner one's number.
unsigned TracedTensor::splitFactor(unsigned number, int64_t innerSize) {
  const auto innerNumber = static_cast<unsigned>(factors.size());
  factors.push_back(factors[number]);
  factors.back().size = innerSize;
  factors[number].size /= innerSize;
  order.insert(std::next(llvm::find(order, number)), innerNumber);
  return innerNumber;
}

/// Moves the innermost factors of a dimension, `size` elements in all, to a part of it.
bool TracedTensor::takeFactors(TracedDim &dim, int64_t size, TracedDim &part) {
  while (size != 1) {
    if (dim.factors.empty())
      return false;
    unsigned number = dim.factors.pop_back_val();
    const int64_t inner = factors[number].size;
    if (size == 0 || inner == 0 || (size % inner != 0 && inner % size != 0))
      return false;
    if (inner > size) {
      dim.factors.push_back(number);
      number = splitFactor(number, size);
    }
    size /= factors[number].size;
    part.factors.insert(part.factors.begin(), number);
  }
  return true;
}

bool TracedTensor::split(TracedDim dim, ArrayRef<int64_t> sizes, MutableArrayRef<TracedDim> parts) {
  auto isNotOne = [](int64_t size) { return size != 1; };
  // Dimensions of one element on either side change nothing.
  if (llvm::count_if(sizes, isNotOne) <= 1) {
    const auto *first = llvm::find_if(sizes, isNotOne);
    parts[first == sizes.end() ? 0 : first - sizes.begin()] = dim;
    return true;
  }
  if (!dim.whole || ShapedType::isDynamic(sizeOf(dim.factors)) ||
      llvm::any_of(sizes, ShapedType::isDynamic))
    return false;
  for (size_t part = sizes.size(); part-- > 0;)
    if (!takeFactors(dim, sizes[part], parts[part]))
      return false;
  // What is left has one element.
  parts[0].factors.insert(parts[0].factors.begin(), dim.factors.begin(), dim.factors.end());
  return true;
}

bool TracedTensor::expand(ArrayRef<ReassociationIndices> groups, ArrayRef<int64_t> shape) {
  TracedTensor result = *this;
  result.dims.assign(shape.size(), TracedDim());
  for (auto [dim, group] : llvm::enumerate(groups)) {
    SmallVector<int64_t> sizes;
    for (int64_t target : group)
      sizes.push_back(shape[target]);
    auto parts = MutableArrayRef(result.dims).slice(group.front(), group.size());
    if (!result.split(dims[dim], sizes, parts))
      return false;
  }
  *this = std::move(result);
  return true;
}

/// One dimension of several: elements of the outer ones stand as far apart as the inner
/// ones are long. All but one may have no more than one element among their zeros.
bool TracedTensor::join(ArrayRef<TracedDim> group, ArrayRef<int64_t> sizes,
                        TracedDim &joined) const {
  joined = TracedDim();
  joined.whole = llvm::all_of(group, [](const TracedDim &dim) { return dim.whole; });
  int64_t inner = 1;
  unsigned withElements = 0;
  for (size_t dim = group.size(); dim-- > 0;) {
    joined.factors.insert(joined.factors.begin(), group[dim].factors.begin(),
                          group[dim].factors.end());
    if (joined.whole)
      continue;
    std::optional<int64_t> low = llvm::checkedMulAdd(group[dim].low, inner, joined.low);
    std::optional<int64_t> stride = llvm::checkedMul(group[dim].stride, inner);
    if (!low || !stride)
      return false;
    joined.low = *low;
    if (sizeOf(group[dim].factors) != 1) {
      joined.stride = *stride;
      ++withElements;
    }
    if (dim == 0)
      break;
    std::optional<int64_t> length = llvm::checkedMul(inner, sizes[dim]);
    if (ShapedType::isDynamic(sizes[dim]) || !length)
      return false;
    inner = *length;
  }
  return withElements <= 1;
}

bool TracedTensor::collapse(ArrayRef<ReassociationIndices> groups, ArrayRef<int64_t> shape) {
  SmallVector<TracedDim> joined(groups.size());
  for (auto [dim, group] : llvm::enumerate(groups)) {
    SmallVector<TracedDim> parts;
    SmallVector<int64_t> sizes;
    for (int64_t source : group) {
      parts.push_back(dims[source]);
      sizes.push_back(shape[source]);
    }
    if (!join(parts, sizes, joined[dim]))
      return false;
  }
  dims = std::move(joined);
  return true;
}

/// The base with its dimensions split into factors, in their order.
Value TracedTensor::expandBase(OpBuilder &builder, Location loc) const {
  auto type = cast<RankedTensorType>(base.getType());
  SmallVector<ReassociationIndices> groups(type.getRank());
  SmallVector<int64_t> shape;
  for (unsigned number : order) {
    groups[factors[number].baseDim].push_back(shape.size());
    shape.push_back(factors[number].size);
  }
  if (static_cast<int64_t>(order.size()) == type.getRank())
    return base;
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), base, groups);
}

namespace {

/// The elements of a tensor with its dimensions permuted, some of them reversed.
Value createPermutation(OpBuilder &builder, Location loc, Value source,
                        ArrayRef<int64_t> permutation, ArrayRef<bool> reversed) {
  auto type = cast<RankedTensorType>(source.getType());
  SmallVector<OpFoldResult> sourceSizes = tensor::getMixedSizes(builder, loc, source);
  SmallVector<OpFoldResult> sizes;
  SmallVector<AffineExpr> exprs(type.getRank());
  for (auto [target, dim] : llvm::enumerate(permutation)) {
    AffineExpr position = builder.getAffineDimExpr(target);
    exprs[dim] = reversed[dim] ? type.getDimSize(dim) - 1 - position : position;
    sizes.push_back(sourceSizes[dim]);
  }
  Value init = tensor::EmptyOp::create(builder, loc, sizes, type.getElementType());
  if (!llvm::is_contained(reversed, true))
    return linalg::TransposeOp::create(builder, loc, source, init, permutation)->getResult(0);
  AffineMap map = AffineMap::get(type.getRank(), 0, exprs, builder.getContext());
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  SmallVector<utils::IteratorType> loops(type.getRank(), utils::IteratorType::parallel);
  return linalg::GenericOp::create(builder, loc, init.getType(), source, init,
                                   ArrayRef{map, identity}, loops,
                                   [](OpBuilder &nested, Location at, ValueRange arguments) {
                                     linalg::YieldOp::create(nested, at, arguments.front());
                                   })
      .getResult(0);
}

/// Adds and removes dimensions of one element: those of a list without factors, and none.
Value addEmptyLists(OpBuilder &builder, Location loc, Value value, const Arrangement &arrangement) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<ReassociationIndices> groups(type.getRank());
  SmallVector<int64_t> shape;
  int64_t source = 0;
  for (auto [dim, list] : llvm::enumerate(arrangement)) {
    if (!groups.empty())
      groups[std::max<int64_t>(0, source - list.empty())].push_back(dim);
    shape.push_back(list.empty() ? 1 : type.getDimSize(source));
    source += !list.empty();
  }
  if (static_cast<int64_t>(shape.size()) == type.getRank())
    return value;
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), value, groups);
}

} // namespace

Value TracedTensor::arrange(OpBuilder &builder, Location loc,
                            const Arrangement &arrangement) const {
  Value value = expandBase(builder, loc);
  SmallVector<int64_t> permutation;
  SmallVector<bool> reversed;
  SmallVector<ReassociationIndices> groups;
  for (const auto &list : arrangement) {
    if (!list.empty())
      groups.emplace_back();
    for (unsigned number : list) {
      groups.back().push_back(permutation.size());
      permutation.push_back(llvm::find(order, number) - order.begin());
    }
  }
  for (unsigned number : order)
    reversed.push_back(factors[number].reversed && factors[number].size != 1);
  if (!isIdentityPermutation(permutation) || llvm::is_contained(reversed, true))
    value = createPermutation(builder, loc, value, permutation, reversed);
  if (groups.size() != permutation.size())
    value = tensor::CollapseShapeOp::create(builder, loc, value, groups);
  return addEmptyLists(builder, loc, value, arrangement);
}
