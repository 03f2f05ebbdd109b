//===- DecomposePhases.cpp - Transposed convolution by phases -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Form 3 of docs/architecture.md: result elements with the same residue modulo the
// stride read the same taps, so each such phase is an ordinary convolution with a
// sub-kernel, and the phases are interleaved in the result.
//
//   %y = tconv.conv_transpose %x, %w stride [2]
//       : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x8xf32>
//
// becomes
//
//   %tap0 = linalg.generic ... affine_map<(d0, d1, d2) -> (d1, d0, d2 * -2)> ...
//   %even = linalg.conv_1d_ncw_fcw ins(%x, %tap0 : ...) outs(%zero4 : ...)
//   %y0 = tensor.insert_slice %even into %empty[0, 0, 0] [1, 1, 4] [1, 1, 2] : ...
//   %tap1 = linalg.generic ... affine_map<(d0, d1, d2) -> (d1, d0, d2 * -2 + 1)> ...
//   %odd = linalg.conv_1d_ncw_fcw ins(%x, %tap1 : ...) outs(%zero4 : ...)
//   %y = tensor.insert_slice %odd into %y0[0, 0, 1] [1, 1, 4] [1, 1, 2] : ...
//
// Test: test/Transforms/decompose-phases.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Layers/LayerEmitter.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_DECOMPOSEPHASESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

using Row = ::tconv::PhaseRowOf<IndexExpr>;

class PhaseDecomposition {
public:
  PhaseDecomposition(RewriterBase &rewriter, ConvTransposeOp op, int64_t maxUnrolledPhases)
      : emitter(rewriter, op), rewriter(rewriter), op(op), maxUnrolledPhases(maxUnrolledPhases) {}

  LogicalResult rewrite();

private:
  int64_t numDims() const { return emitter.inputSizes.size(); }
  std::optional<int64_t> numPhases();
  Value createPaddedInput();
  Value createInitialOutput();
  Value unrollPhases(Value output);
  Value loopOverPhases(Value output);
  Value emitPhase(ArrayRef<IndexExpr> firstTaps, Value output);
  void remarkOn(std::optional<int64_t> phases, bool unrolled);

  LayerEmitter emitter;
  RewriterBase &rewriter;
  ConvTransposeOp op;
  int64_t maxUnrolledPhases;
  /// x with zeros around it, as far as any phase reads, and how many are in front.
  Value paddedInput;
  SmallVector<IndexExpr> front;
};

/// The number of phases, if the filter's sizes are known.
std::optional<int64_t> PhaseDecomposition::numPhases() {
  std::optional<Geometry> geometry = op.getGeometry();
  if (geometry)
    return geometry->numPhases();
  int64_t phases = 1;
  for (int64_t dim = 0; dim < numDims(); ++dim) {
    auto rows = numPhaseRows(emitter.kernelSizes[dim], op.getDimAttributes(dim)).getConstant();
    if (!rows || llvm::MulOverflow(phases, *rows, phases))
      return std::nullopt;
  }
  return phases;
}

Value PhaseDecomposition::createPaddedInput() {
  SmallVector<OpFoldResult> low(numDims() + 2, rewriter.getIndexAttr(0)), high(low);
  std::optional<Geometry> geometry = op.getGeometry();
  bool isPadded = false;
  for (int64_t dim = 0; dim < numDims(); ++dim) {
    IndexExpr reach = maxReach(emitter.kernelSizes[dim], op.getDimAttributes(dim));
    IndexExpr back = reach;
    front.push_back(reach);
    // All rows of a known layer may read less than the bound that any of them has.
    if (geometry) {
      ::tconv::Halo halo = geometry->dims[dim].phaseHalo();
      front[dim] = IndexExpr(halo.front);
      back = IndexExpr(halo.back);
    }
    low[op.getSpatialDim(dim)] = emitter.materialize(front[dim]);
    high[op.getSpatialDim(dim)] = emitter.materialize(back);
    isPadded |= front[dim].getConstant() != 0 || back.getConstant() != 0;
  }
  if (!isPadded)
    return emitter.input;
  auto type = cast<RankedTensorType>(emitter.input.getType());
  Value zero =
      arith::ConstantOp::create(rewriter, emitter.loc, rewriter.getZeroAttr(type.getElementType()));
  RankedTensorType padded = tensor::PadOp::inferResultType(type, decomposeMixedValues(low).first,
                                                           decomposeMixedValues(high).first);
  return tensor::PadOp::create(rewriter, emitter.loc, padded, emitter.input, low, high, zero);
}

/// What the phases are inserted into: it need not be filled if they cover it.
Value PhaseDecomposition::createInitialOutput() {
  Type elementType = op.getOutputType().getElementType();
  std::optional<Geometry> geometry = op.getGeometry();
  bool covered = emitter.isEmptyBatch() ||
                 (geometry && llvm::all_of(geometry->dims, [](const DimGeometry &dim) {
                    return dim.rowsCoverOutput();
                  }));
  if (!covered)
    return emitter.createBias(emitter.outputSizes, elementType);
  return emitter.createEmptyOutput();
}

/// One phase: the tuple of rows with these first taps, inserted into the output.
Value PhaseDecomposition::emitPhase(ArrayRef<IndexExpr> firstTaps, Value output) {
  SmallVector<IndexExpr> readBegins, readSizes, writeBegins, writeSizes;
  SmallVector<TapRange> taps;
  SmallVector<int64_t> dilations, strides, ones(numDims(), 1);
  for (int64_t i = 0; i < numDims(); ++i) {
    DimAttributes dim = op.getDimAttributes(i);
    Row row = phaseRow(firstTaps[i], emitter.inputSizes[i], emitter.kernelSizes[i],
                       emitter.outputSizes[i], dim);
    IndexExpr count = row.qEnd - row.qBegin;
    if (count.getConstant() == 0)
      return output;
    readBegins.push_back(firstInput(row, dim) + front[i]);
    readSizes.push_back(count + (row.taps - IndexExpr(1)) * dim.inputStep());
    writeBegins.push_back(firstOutput(row, dim));
    writeSizes.push_back(count);
    taps.push_back({row.firstTap, row.taps, dim.tapStep()});
    dilations.push_back(dim.inputStep());
    strides.push_back(dim.stride);
  }
  Location loc = emitter.loc;
  Slice read = emitter.sliceOf(emitter.inputChannels, readBegins, readSizes, ones);
  Value slab = tensor::ExtractSliceOp::create(rewriter, loc, paddedInput, read.offsets, read.sizes,
                                              read.strides);
  Value rotated = emitter.createRotatedFilter(taps);
  Value init = emitter.createBias(writeSizes, op.getAccumulatorType());
  Value sum = emitter.createConvolution(slab, rotated, init, dilations);
  Slice write = emitter.sliceOf(emitter.outputChannels, writeBegins, writeSizes, strides);
  return tensor::InsertSliceOp::create(rewriter, loc, emitter.roundToResult(sum), output,
                                       write.offsets, write.sizes, write.strides);
}

Value PhaseDecomposition::unrollPhases(Value output) {
  SmallVector<int64_t> rows, firstTaps(numDims(), 0);
  for (int64_t dim = 0; dim < numDims(); ++dim)
    rows.push_back(*numPhaseRows(emitter.kernelSizes[dim], op.getDimAttributes(dim)).getConstant());
  while (true) {
    output = emitPhase(llvm::map_to_vector(firstTaps, [](int64_t tap) { return IndexExpr(tap); }),
                       output);
    // Count up, the last dimension fastest.
    int64_t dim = numDims() - 1;
    while (dim >= 0 && ++firstTaps[dim] == rows[dim])
      firstTaps[dim--] = 0;
    if (dim < 0)
      return output;
  }
}

Value PhaseDecomposition::loopOverPhases(Value output) {
  Location loc = emitter.loc;
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  SmallVector<Value> begins(numDims(), zero), ends, steps(numDims(), one);
  for (int64_t dim = 0; dim < numDims(); ++dim)
    ends.push_back(getValueOrCreateConstantIndexOp(
        rewriter, loc,
        emitter.materialize(numPhaseRows(emitter.kernelSizes[dim], op.getDimAttributes(dim)))));
  auto body = [&](OpBuilder &, Location loc, ValueRange ivs, ValueRange args) -> scf::ValueVector {
    auto firstTaps =
        llvm::map_to_vector(ivs, [&](Value iv) { return IndexExpr(rewriter, loc, iv); });
    return {emitPhase(firstTaps, args[0])};
  };
  return scf::buildLoopNest(rewriter, loc, begins, ends, steps, output, body).results[0];
}

void PhaseDecomposition::remarkOn(std::optional<int64_t> phases, bool unrolled) {
  remark::detail::InFlightRemark remark = remark::passed(
      op.getLoc(), remark::RemarkOpts::name("phases").category("tconv-decompose-phases"));
  if (!remark)
    return;
  if (unrolled)
    remark << remark::add("{0} phases as straight-line code", *phases);
  else if (phases)
    remark << remark::add("a loop over {0} phases", *phases);
  else
    remark << remark::add("a loop over the phases");
  if (std::optional<Geometry> geometry = op.getGeometry())
    remark << remark::add("{0} multiply-adds where zero insertion has {1}",
                          ::tconv::formatCount(geometry->usefulMultiplyAdds()),
                          ::tconv::formatCount(geometry->zeroInsertionMultiplyAdds()));
  if (!unrolled)
    remark << remark::reason("straight-line code is for at most {0} phases of a filter with "
                             "static sizes",
                             maxUnrolledPhases);
}

LogicalResult PhaseDecomposition::rewrite() {
  if (failed(emitter.checkIntermediateSizes()))
    return failure();
  std::optional<int64_t> phases = numPhases();
  bool unrolled = phases && *phases <= maxUnrolledPhases;
  remarkOn(phases, unrolled);
  Value output = createInitialOutput();
  if (!emitter.isEmptyBatch()) {
    paddedInput = createPaddedInput();
    output = unrolled ? unrollPhases(output) : loopOverPhases(output);
  }
  rewriter.replaceOp(op, emitter.castToResult(output));
  return success();
}

struct DecomposePhasesPass : mlir::tconv::impl::DecomposePhasesPassBase<DecomposePhasesPass> {
  using DecomposePhasesPassBase::DecomposePhasesPassBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    WalkResult result = getOperation()->walk([&](ConvTransposeOp op) {
      rewriter.setInsertionPoint(op);
      return WalkResult(PhaseDecomposition(rewriter, op, maxUnrolledPhases).rewrite());
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
