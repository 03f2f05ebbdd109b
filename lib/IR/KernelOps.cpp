//===- KernelOps.cpp - Operations of the fast tier ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both ops are in destination style, on tensors as on buffers, and bufferize to themselves;
// inputs that are not in row-major order are copied before. Their verifiers hold operands
// against the sizes that attributes and schedule give; whether a kernel computes the schedule is
// for the pass that lowers it.
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ContiguousCopy.h"
#include "tconv/IR/ElementTypes.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Schedule/CheckSchedule.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Sizes of a layer; the input sizes may be missing, where only the filter matters.
::tconv::Geometry createGeometry(ArrayRef<int64_t> kernel, ArrayRef<int64_t> stride,
                                 ArrayRef<int64_t> dilation, int64_t inputChannels,
                                 int64_t outputChannels, int64_t groups) {
  ::tconv::Geometry geometry{1, inputChannels, outputChannels, groups, {}};
  for (auto [k, s, d] : llvm::zip_equal(kernel, stride, dilation))
    geometry.dims.push_back({{s, 0, 0, d, 0}, 1, k, 1});
  return geometry;
}

/// Reads all inputs and writes the destination, if they are buffers.
void getDestinationEffects(
    Operation *op, OpOperand &init,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    if (&operand == &init)
      effects.emplace_back(MemoryEffects::Write::get(), &operand);
    else
      effects.emplace_back(MemoryEffects::Read::get(), &operand);
  }
}

bufferization::AliasingValueList getAliases(OpOperand &operand, OpOperand &init) {
  if (&operand != &init)
    return {};
  return {{operand.getOwner()->getResult(0), bufferization::BufferRelation::Equivalent}};
}

/// The buffer of a tensor, elements in row-major order: kernels address them by
/// their linear index.
FailureOr<Value> getContiguousBuffer(RewriterBase &rewriter, Value tensor,
                                     const bufferization::BufferizationOptions &options,
                                     const bufferization::BufferizationState &state) {
  FailureOr<Value> buffer = bufferization::getBuffer(rewriter, tensor, options, state);
  if (failed(buffer))
    return failure();
  auto type = cast<MemRefType>(buffer->getType());
  if (type.getLayout().isIdentity())
    return *buffer;
  return createContiguousCopy(rewriter, tensor.getLoc(), *buffer);
}

/// The same op on buffers.
LogicalResult bufferizeDestinationOp(Operation *op, OpOperand &init, RewriterBase &rewriter,
                                     const bufferization::BufferizationOptions &options,
                                     const bufferization::BufferizationState &state) {
  if (op->getNumResults() == 0)
    return success();
  rewriter.setInsertionPoint(op);
  SmallVector<Value> buffers;
  for (OpOperand &operand : op->getOpOperands()) {
    FailureOr<Value> buffer =
        &operand == &init ? bufferization::getBuffer(rewriter, operand.get(), options, state)
                          : getContiguousBuffer(rewriter, operand.get(), options, state);
    if (failed(buffer))
      return failure();
    buffers.push_back(*buffer);
  }
  OperationState bufferized(op->getLoc(), op->getName(), buffers, TypeRange{}, op->getAttrs());
  for (Region &region : op->getRegions())
    bufferized.addRegion()->takeBody(region);
  rewriter.create(bufferized);
  bufferization::replaceOpWithBufferizedValues(rewriter, op, buffers[init.getOperandNumber()]);
  return success();
}

} // namespace

//===----------------------------------------------------------------------===//
// pack_filter
//===----------------------------------------------------------------------===//

static ::tconv::Geometry filterGeometry(PackFilterOp op) {
  ArrayRef<int64_t> shape = cast<ShapedType>(op.getFilter().getType()).getShape();
  const auto groups = static_cast<int64_t>(op.getGroups());
  return createGeometry(shape.drop_front(2), op.getStride(), op.getDilation(), shape[0],
                        shape[1] * groups, groups);
}

::tconv::FilterPacking PackFilterOp::getPacking() {
  return getSchedule().getFilterPacking(filterGeometry(*this));
}

LogicalResult PackFilterOp::verify() {
  auto filter = cast<ShapedType>(getFilter().getType());
  auto init = cast<ShapedType>(getInit().getType());
  if (!filter.hasStaticShape() || filter.getRank() < 3)
    return emitOpError("expected a filter of static sizes [Ci, Co/groups, K...], got ") << filter;
  const auto spatial = static_cast<size_t>(filter.getRank() - 2);
  if (getStride().size() != spatial || getDilation().size() != spatial)
    return emitOpError("expected ") << spatial << " strides and dilations, got "
                                    << getStride().size() << " and " << getDilation().size();
  if (static_cast<int64_t>(getGroups()) < 1 || filter.getDimSize(0) % getGroups() != 0)
    return emitOpError("expected groups that divide the input channels ")
           << filter.getDimSize(0) << ", got " << getGroups();
  if (::tconv::Status status = ::tconv::checkTaps(filterGeometry(*this)); !status)
    return emitOpError("has ") << status.message();
  const int64_t elements = getPacking().elements();
  if (init.getRank() != 1 || init.getDimSize(0) != elements)
    return emitOpError("expected a destination of ") << elements << " elements, got " << init;
  if (getNumResults() == 1 && getResult(0).getType() != init)
    return emitOpError("expected a result of the destination's type, got ")
           << getResult(0).getType();
  return success();
}

void PackFilterOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  getDestinationEffects(*this, getInitMutable(), effects);
}

bool PackFilterOp::bufferizesToMemoryRead(OpOperand &operand,
                                          const bufferization::AnalysisState &) {
  return &operand != &getInitMutable();
}

bool PackFilterOp::bufferizesToMemoryWrite(OpOperand &operand,
                                           const bufferization::AnalysisState &) {
  return &operand == &getInitMutable();
}

bufferization::AliasingValueList
PackFilterOp::getAliasingValues(OpOperand &operand, const bufferization::AnalysisState &) {
  return getAliases(operand, getInitMutable());
}

LogicalResult PackFilterOp::bufferize(RewriterBase &rewriter,
                                      const bufferization::BufferizationOptions &options,
                                      bufferization::BufferizationState &state) {
  return bufferizeDestinationOp(*this, getInitMutable(), rewriter, options, state);
}

//===----------------------------------------------------------------------===//
// kernel
//===----------------------------------------------------------------------===//

::tconv::Geometry KernelOp::getGeometry() {
  ArrayRef<int64_t> input = getInputType().getShape(), output = getOutputType().getShape();
  const int64_t channels = isChannelsLast() ? getInputType().getRank() - 1 : 1;
  const int64_t firstSpatial = isChannelsLast() ? 1 : 2;
  const int64_t batch = ShapedType::isDynamic(input[0]) ? 1 : input[0];
  ::tconv::Geometry geometry{
      batch, input[channels], output[channels], static_cast<int64_t>(getGroups()), {}};
  for (size_t dim = 0; dim < getStride().size(); ++dim) {
    ::tconv::DimAttributes attributes{getStride()[dim], getPaddingBegin()[dim],
                                      getPaddingEnd()[dim], getDilation()[dim],
                                      getOutputPadding()[dim]};
    const int64_t in = input[firstSpatial + dim], out = output[firstSpatial + dim];
    ::tconv::DimGeometry sizes{attributes, in, getKernelShape()[dim], out};
    const bool isOpen = ShapedType::isDynamic(in) || ShapedType::isDynamic(out);
    auto known = isOpen && !ShapedType::isDynamic(in)
                     ? ::tconv::computeOutputSize(in, sizes.kernel, attributes)
                     : std::nullopt;
    if (known.value_or(0) >= 1) {
      sizes.output = *known;
    } else if (isOpen) {
      sizes.input = ::tconv::typicalInputSize(getStride().size(), sizes.attributes);
      sizes.output = ::tconv::computeOutputSize(sizes.input, sizes.kernel, attributes).value_or(1);
    }
    geometry.dims.push_back(sizes);
  }
  return geometry;
}

Type KernelOp::getLayerType() {
  Type type = getInputType().getElementType();
  return type.isInteger(8) ? IntegerType::get(getContext(), 32) : type;
}

Type KernelOp::getAccumulatorType() {
  Type type = getLayerType();
  return type.isF16() || type.isBF16() ? Float32Type::get(getContext()) : type;
}

Type KernelOp::getYieldType() {
  Type type = getOutputType().getElementType();
  return type == getLayerType() ? getAccumulatorType() : type;
}

/// The result, and what the region reads beside the sums.
static LogicalResult verifyElements(KernelOp op) {
  ShapedType output = op.getOutputType();
  Type element = output.getElementType(), sum = op.getAccumulatorType();
  if (!isStoredInVectors(element) || element.getIntOrFloatBitWidth() > sum.getIntOrFloatBitWidth())
    return op.emitOpError("expected elements of 1, 2, 4 or 8 bytes, no wider than ")
           << sum << ", the type of the sums, got " << element;
  if (element != op.getLayerType() && op.getEpilogue().empty())
    return op.emitOpError("expected a region that changes the type from ")
           << op.getLayerType() << " to " << element << ", found none";
  const int64_t channels = op.getGeometry().outputChannels;
  for (Value neighbour : op.getNeighbours()) {
    auto type = cast<ShapedType>(neighbour.getType());
    const bool isKnown = type.hasRank() && isStoredInVectors(type.getElementType());
    const bool perChannel = isKnown && type.getShape() == ArrayRef(channels);
    if (!perChannel && (!isKnown || type.getShape() != output.getShape()))
      return op.emitOpError("expected a neighbour of the result's shape, or of ")
             << channels << " numbers, got " << type;
  }
  return success();
}

LogicalResult KernelOp::verify() {
  ShapedType input = getInputType(), output = getOutputType();
  const bool hasRank =
      input.getRank() == output.getRank() && input.getRank() >= 3 && input.getRank() <= 5;
  const int64_t channels = isChannelsLast() ? input.getRank() - 1 : 1;
  if (!hasRank || input.isDynamicDim(channels) || output.isDynamicDim(channels))
    return emitOpError("expected an input and a destination of the same rank from 3 to 5 and "
                       "static numbers of channels, got ")
           << input << " and " << output;
  auto schedule = dyn_cast<ScheduleAttr>(getSchedule());
  if (schedule && schedule.toSchedule().family == ::tconv::KernelFamily::Width &&
      ShapedType::isDynamicShape(input.getShape().drop_front()))
    return emitOpError("expected static spatial sizes for the family width, got ") << input;
  const auto spatial = static_cast<size_t>(input.getRank() - 2);
  for (ArrayRef<int64_t> values : {getKernelShape(), getStride(), getPaddingBegin(),
                                   getPaddingEnd(), getDilation(), getOutputPadding()})
    if (values.size() != spatial)
      return emitOpError("expected ") << spatial << " entries in each attribute of the spatial "
                                      << "dimensions, got " << values.size();
  auto filter = cast<ShapedType>(getFilter().getType());
  ::tconv::Geometry geometry = getGeometry();
  if (::tconv::Status status = ::tconv::checkTaps(geometry); !status)
    return emitOpError("has ") << status.message();
  const int64_t elements = getSchedule().getFilterPacking(geometry).elements();
  if (filter.getRank() != 1 || filter.getDimSize(0) != elements)
    return emitOpError("expected a packed filter of ") << elements << " elements, got " << filter;
  for (size_t dim = 0; dim < spatial; ++dim) {
    const ::tconv::DimGeometry &sizes = geometry.dims[dim];
    if (::tconv::computeOutputSize(sizes.input, sizes.kernel, sizes.attributes) != sizes.output)
      return emitOpError("expected the output size ")
             << ::tconv::describeOutputSize(sizes.input, sizes.kernel, sizes.attributes)
             << " in spatial dimension " << dim << ", got " << sizes.output;
  }
  if (getNumResults() == 1 && getResult(0).getType() != output)
    return emitOpError("expected a result of the destination's type, got ")
           << getResult(0).getType();
  return verifyElements(*this);
}

LogicalResult KernelOp::verifyRegions() {
  if (getEpilogue().empty()) {
    if (!getNeighbours().empty())
      return emitOpError("expected a region that reads the neighbours, found none");
    return success();
  }
  SmallVector<Type> types{getAccumulatorType()};
  for (Value neighbour : getNeighbours())
    types.push_back(getElementTypeOrSelf(neighbour));
  Block &block = getEpilogue().front();
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  if (block.getArgumentTypes() != TypeRange(types) || !yield ||
      yield.getValue().getType() != getYieldType())
    return emitOpError("expected a region that takes ")
           << types << " and yields " << getYieldType();
  return success();
}

void KernelOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  getDestinationEffects(*this, getInitMutable(), effects);
}

bool KernelOp::bufferizesToMemoryRead(OpOperand &operand, const bufferization::AnalysisState &) {
  return &operand != &getInitMutable();
}

bool KernelOp::bufferizesToMemoryWrite(OpOperand &operand, const bufferization::AnalysisState &) {
  return &operand == &getInitMutable();
}

bufferization::AliasingValueList KernelOp::getAliasingValues(OpOperand &operand,
                                                             const bufferization::AnalysisState &) {
  return getAliases(operand, getInitMutable());
}

LogicalResult KernelOp::bufferize(RewriterBase &rewriter,
                                  const bufferization::BufferizationOptions &options,
                                  bufferization::BufferizationState &state) {
  return bufferizeDestinationOp(*this, getInitMutable(), rewriter, options, state);
}
