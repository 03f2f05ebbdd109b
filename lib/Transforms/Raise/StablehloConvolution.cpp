//===- StablehloConvolution.cpp - What a stablehlo.convolution says -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dialects that are not registered have no verifiers, so that everything an op says is
// checked here against StableHLO's specification before it is believed; the messages are
// those of a verifier.
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"
#include "Stablehlo.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Reads `[b, f, 0, 1]`: which dimension is the first named, which the second, and which
/// belong to the spatial ones.
std::optional<OperandDims> consumeDims(StringRef &text, char batch, char channels) {
  if (!text.consume_front("["))
    return std::nullopt;
  auto [inside, rest] = text.split(']');
  text = rest.ltrim();
  OperandDims dims{-1, -1, {}};
  SmallVector<StringRef> names;
  inside.split(names, ',');
  dims.spatial.assign(names.size() < 2 ? 0 : names.size() - 2, -1);
  for (auto [position, name] : llvm::enumerate(names)) {
    name = name.trim();
    size_t spatial;
    int64_t *place = name == StringRef(&batch, 1)      ? &dims.batch
                     : name == StringRef(&channels, 1) ? &dims.channels
                     : !name.getAsInteger(10, spatial) && spatial < dims.spatial.size()
                         ? &dims.spatial[spatial]
                         : nullptr;
    if (!place || *place != -1)
      return std::nullopt;
    *place = static_cast<int64_t>(position);
  }
  return dims.batch != -1 && dims.channels != -1 ? std::optional(dims) : std::nullopt;
}

/// Reads one op; the members are filled in the order of the functions.
class Reader {
public:
  explicit Reader(Operation *op) : op(op) {}

  LogicalResult read() {
    if (op->getNumOperands() != 2 || op->getNumResults() != 1)
      return op->emitOpError("expected two operands and a result");
    return success(succeeded(readTypes()) && succeeded(readDims()) && succeeded(readGroups()) &&
                   succeeded(readSpatial()) && succeeded(checkChannels()) &&
                   succeeded(checkResult()));
  }

  ConvolutionSpec spec;

private:
  LogicalResult readTypes();
  LogicalResult readDims();
  LogicalResult readGroups();
  LogicalResult readSpatial();
  LogicalResult checkChannels();
  LogicalResult checkResult();
  FailureOr<SmallVector<int64_t>> readFactors(StringRef name);
  FailureOr<SmallVector<int64_t>> readPadding();

  Operation *op;
  RankedTensorType input, filter;
  size_t count = 0; // of spatial dimensions
};

LogicalResult Reader::readTypes() {
  input = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  filter = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
  spec.result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!input || !filter || !spec.result)
    return op->emitOpError("expected ranked tensors");
  if (input.getRank() != filter.getRank() || input.getRank() != spec.result.getRank())
    return op->emitOpError("expected an input, a filter and a result of the same rank, got ")
           << input << ", " << filter << " and " << spec.result;
  if (!input.getElementType().isIntOrFloat() || !filter.getElementType().isIntOrFloat() ||
      !spec.result.getElementType().isIntOrFloat())
    return op->emitOpError("expected integers or floats");
  spec.input = op->getOperand(0);
  spec.filter = op->getOperand(1);
  return success();
}

LogicalResult Reader::readDims() {
  std::optional<StringRef> text = getOpaqueText(op, "dimension_numbers");
  if (!text)
    return op->emitOpError("expected dimension_numbers = #stablehlo.conv<...>");
  StringRef rest = *text;
  auto fail = [&] {
    return op->emitOpError("expected dimension_numbers like #stablehlo.conv<[b, f, 0]x[0, i, o]->"
                           "[b, f, 0]>, got ")
           << *text;
  };
  if (!rest.consume_front("conv<"))
    return fail();
  auto inputDims = consumeDims(rest, 'b', 'f');
  if (!inputDims || !rest.consume_front("x"))
    return fail();
  auto filterDims = consumeDims(rest, 'i', 'o');
  if (!filterDims || !rest.consume_front("->"))
    return fail();
  auto resultDims = consumeDims(rest, 'b', 'f');
  if (!resultDims || rest.trim() != ">")
    return fail();
  for (const OperandDims *dims : {&*inputDims, &*filterDims, &*resultDims})
    if (static_cast<int64_t>(dims->spatial.size()) + 2 != input.getRank())
      return op->emitOpError("expected dimension_numbers of rank ")
             << input.getRank() << ", got " << *text;
  spec.inputDims = *inputDims;
  spec.filterDims = *filterDims;
  spec.resultDims = *resultDims;
  count = inputDims->spatial.size();
  return success();
}

LogicalResult Reader::readGroups() {
  for (auto [name, place] : {std::pair<StringRef, int64_t *>("feature_group_count", &spec.groups),
                             {"batch_group_count", &spec.batchGroups}}) {
    std::optional<int64_t> number = getInteger(op, name);
    if (!number || *number < 1)
      return op->emitOpError("expected ") << name << " of at least 1, got "
                                          << (number ? Twine(*number).str() : std::string("none"));
    *place = *number;
  }
  if (spec.groups != 1 && spec.batchGroups != 1)
    return op->emitOpError("expected groups of features or of batches, got both");
  return success();
}

/// Numbers of at least 1, one for each spatial dimension; ones if they are left out.
FailureOr<SmallVector<int64_t>> Reader::readFactors(StringRef name) {
  if (!getAttribute(op, name))
    return SmallVector<int64_t>(count, 1);
  auto numbers = getIntegers(op, name);
  if (!numbers || numbers->size() != count)
    return op->emitOpError("expected ")
           << count << " integers of " << name << ", got " << (numbers ? numbers->size() : 0);
  for (int64_t number : *numbers)
    if (number < 1)
      return op->emitOpError("expected ") << name << " of at least 1, got " << number;
  return *numbers;
}

FailureOr<SmallVector<int64_t>> Reader::readPadding() {
  if (!getAttribute(op, "padding"))
    return SmallVector<int64_t>(2 * count, 0);
  auto dense = dyn_cast<DenseIntElementsAttr>(getAttribute(op, "padding"));
  auto numbers = getIntegers(op, "padding");
  SmallVector<int64_t> expected{static_cast<int64_t>(count), 2};
  if (!dense || !numbers || dense.getType().getShape() != ArrayRef(expected))
    return op->emitOpError("expected padding of shape ") << count << "x2";
  return *numbers;
}

LogicalResult Reader::readSpatial() {
  FailureOr<SmallVector<int64_t>> strides = readFactors("window_strides");
  FailureOr<SmallVector<int64_t>> inputDilations = readFactors("lhs_dilation");
  FailureOr<SmallVector<int64_t>> filterDilations = readFactors("rhs_dilation");
  FailureOr<SmallVector<int64_t>> padding = readPadding();
  if (failed(strides) || failed(inputDilations) || failed(filterDilations) || failed(padding))
    return failure();
  SmallVector<int64_t> reversed(count, 0);
  if (getAttribute(op, "window_reversal")) {
    auto flags = getIntegers(op, "window_reversal");
    if (!flags || flags->size() != count)
      return op->emitOpError("expected ") << count << " flags of window_reversal";
    reversed = *flags;
  }
  constexpr int64_t limit = int64_t(1) << 40; // so that no sum of a few products overflows
  for (size_t dim = 0; dim < count; ++dim) {
    spec.spatial.push_back({(*strides)[dim], (*padding)[2 * dim], (*padding)[2 * dim + 1],
                            (*inputDilations)[dim], (*filterDilations)[dim], reversed[dim] != 0});
    const SpatialSpec &last = spec.spatial.back();
    for (int64_t number :
         {last.stride, last.low, last.high, last.inputDilation, last.filterDilation})
      if (number >= limit || number <= -limit)
        return op->emitOpError("expected numbers below 2^40, got ") << number;
  }
  return success();
}

LogicalResult Reader::checkChannels() {
  const int64_t channels = input.getDimSize(spec.inputDims.channels);
  const int64_t inputs = filter.getDimSize(spec.filterDims.batch);
  const int64_t outputs = filter.getDimSize(spec.filterDims.channels);
  const int64_t batch = input.getDimSize(spec.inputDims.batch);
  auto isKnown = [](int64_t size) { return !ShapedType::isDynamic(size); };
  if (isKnown(channels) && isKnown(inputs) &&
      (channels % spec.groups != 0 || channels / spec.groups != inputs))
    return op->emitOpError("expected a filter with ")
           << channels << "/" << spec.groups << " inputs, got " << inputs;
  if (isKnown(outputs) && (outputs % spec.groups != 0 || outputs % spec.batchGroups != 0))
    return op->emitOpError("expected groups that divide the ")
           << outputs << " outputs of the filter, got " << spec.groups * spec.batchGroups;
  if (isKnown(batch) && batch % spec.batchGroups != 0)
    return op->emitOpError("expected groups that divide the batch of ")
           << batch << ", got " << spec.batchGroups;
  return success();
}

LogicalResult Reader::checkResult() {
  SmallVector<int64_t> shape(input.getRank(), ShapedType::kDynamic);
  const int64_t batch = input.getDimSize(spec.inputDims.batch);
  if (!ShapedType::isDynamic(batch))
    shape[spec.resultDims.batch] = batch / spec.batchGroups;
  shape[spec.resultDims.channels] = filter.getDimSize(spec.filterDims.channels);
  for (auto [dim, window] : llvm::enumerate(spec.spatial)) {
    const int64_t size = input.getDimSize(spec.inputDims.spatial[dim]);
    const int64_t kernel = filter.getDimSize(spec.filterDims.spatial[dim]);
    if (ShapedType::isDynamic(size) || ShapedType::isDynamic(kernel) || size >= (1LL << 20) ||
        kernel >= (1LL << 20))
      continue;
    const int64_t length =
        (size == 0 ? 0 : (size - 1) * window.inputDilation + 1) + window.low + window.high;
    const int64_t reach = kernel == 0 ? 0 : (kernel - 1) * window.filterDilation + 1;
    shape[spec.resultDims.spatial[dim]] = reach > length ? 0 : (length - reach) / window.stride + 1;
  }
  for (auto [expected, got] : llvm::zip_equal(shape, spec.result.getShape()))
    if (!ShapedType::isDynamic(expected) && !ShapedType::isDynamic(got) && expected != got)
      return op->emitOpError("expected a result of ")
             << spec.result.clone(shape) << ", got " << spec.result;
  return success();
}

} // namespace

FailureOr<ConvolutionSpec> mlir::tconv::readStablehloConvolution(Operation *op) {
  Reader reader(op);
  if (failed(reader.read()))
    return failure();
  return reader.spec;
}
