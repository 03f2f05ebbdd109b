//===- LinalgConvolution.cpp - Linalg ops that are convolutions -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinalgConvolution.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// An expression `a*stride + b*dilation` of two loops.
struct WindowExpr {
  unsigned first, second;
  int64_t firstFactor, secondFactor;
};

/// A loop times a constant.
std::optional<std::pair<unsigned, int64_t>> matchScaledLoop(AffineExpr expr) {
  if (auto loop = dyn_cast<AffineDimExpr>(expr))
    return std::pair(loop.getPosition(), int64_t(1));
  auto product = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!product || product.getKind() != AffineExprKind::Mul)
    return std::nullopt;
  auto loop = dyn_cast<AffineDimExpr>(product.getLHS());
  auto factor = dyn_cast<AffineConstantExpr>(product.getRHS());
  return loop && factor ? std::optional(std::pair(loop.getPosition(), factor.getValue()))
                        : std::nullopt;
}

std::optional<WindowExpr> matchWindow(AffineExpr expr) {
  auto sum = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!sum || sum.getKind() != AffineExprKind::Add)
    return std::nullopt;
  auto first = matchScaledLoop(sum.getLHS()), second = matchScaledLoop(sum.getRHS());
  if (!first || !second || first->first == second->first)
    return std::nullopt;
  return WindowExpr{first->first, second->first, first->second, second->second};
}

/// The number itself, where a payload widens it. Unsigned numbers are not those of the op.
Value skipExtension(Value value) {
  Operation *op = value.getDefiningOp();
  return op && isa<arith::ExtFOp, arith::ExtSIOp>(op) ? op->getOperand(0) : value;
}

/// Whether the payload is `out + in0 * in1`, where the numbers may be widened before.
bool multipliesAndAdds(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  Operation *sum = body->getTerminator()->getOperand(0).getDefiningOp();
  if (!sum || !isa<arith::AddFOp, arith::AddIOp>(sum))
    return false;
  for (unsigned number : {0u, 1u}) {
    Operation *product = sum->getOperand(1 - number).getDefiningOp();
    if (sum->getOperand(number) != body->getArgument(2) || !product ||
        !isa<arith::MulFOp, arith::MulIOp>(product))
      continue;
    Value a = skipExtension(product->getOperand(0)), b = skipExtension(product->getOperand(1));
    return (a == body->getArgument(0) && b == body->getArgument(1)) ||
           (a == body->getArgument(1) && b == body->getArgument(0));
  }
  return false;
}

bool hasWindow(AffineMap map) {
  return llvm::any_of(map.getResults(), [](AffineExpr expr) { return !isa<AffineDimExpr>(expr); });
}

/// Positions of loops in a map of loops alone; nothing if there is anything else.
std::optional<SmallVector<int64_t>> positionsOf(AffineMap map) {
  SmallVector<int64_t> positions(map.getNumDims(), -1);
  for (auto [position, expr] : llvm::enumerate(map.getResults())) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    if (!loop || positions[loop.getPosition()] != -1)
      return std::nullopt;
    positions[loop.getPosition()] = position;
  }
  return positions;
}

/// Reads the loops of an op into a form.
class LoopReader {
public:
  LoopReader(linalg::LinalgOp op, ConvolutionForm &form, std::string &obstacle)
      : op(op), form(form), obstacle(obstacle), seen(op.getNumLoops(), false) {}

  bool read(AffineMap input, AffineMap filter, AffineMap result) {
    auto filterAt = positionsOf(filter), resultAt = positionsOf(result);
    if (!filterAt || !resultAt)
      return fail("its filter or its result is not read one element for each loop");
    inFilter = std::move(*filterAt);
    inResult = std::move(*resultAt);
    inInput.assign(op.getNumLoops(), -1);
    for (auto [position, expr] : llvm::enumerate(input.getResults()))
      if (!readInputDim(position, expr))
        return false;
    return readLoops();
  }

private:
  bool fail(const Twine &reason) {
    obstacle = reason.str();
    return false;
  }

  bool readInputDim(int64_t position, AffineExpr expr) {
    if (auto loop = dyn_cast<AffineDimExpr>(expr)) {
      if (inInput[loop.getPosition()] != -1 || seen[loop.getPosition()])
        return fail("its input is read along a diagonal");
      inInput[loop.getPosition()] = position;
      return true;
    }
    std::optional<WindowExpr> window = matchWindow(expr);
    if (window && inResult[window->first] < 0) {
      std::swap(window->first, window->second);
      std::swap(window->firstFactor, window->secondFactor);
    }
    const bool fits = window && inResult[window->first] >= 0 && inFilter[window->first] < 0 &&
                      inResult[window->second] < 0 && inFilter[window->second] >= 0 &&
                      window->firstFactor >= 1 && window->secondFactor >= 1 &&
                      !seen[window->first] && !seen[window->second];
    if (!fits)
      return fail("dimension " + Twine(position) +
                  " of its input is not read at a sum of a position and a tap");
    seen[window->first] = seen[window->second] = true;
    form.inputSpatial.push_back(position);
    form.filterSpatial.push_back(inFilter[window->second]);
    form.resultSpatial.push_back(inResult[window->first]);
    form.windows.push_back({window->firstFactor, window->secondFactor});
    return true;
  }

  bool readLoops() {
    SmallVector<unsigned> inputs, outputs;
    for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
      const bool x = inInput[loop] >= 0, w = inFilter[loop] >= 0, y = inResult[loop] >= 0;
      if (seen[loop])
        continue;
      if (x && !w && y) {
        form.inputBatch.push_back(inInput[loop]);
        form.resultBatch.push_back(inResult[loop]);
      } else if (x && w && y) {
        addGroup(loop);
      } else if (x && w) {
        inputs.push_back(loop);
      } else if (w && y) {
        outputs.push_back(loop);
      } else {
        return fail("loop " + Twine(loop) + " is none of a convolution");
      }
    }
    for (unsigned loop : inputs) {
      form.inputChannels.push_back(inInput[loop]);
      form.filterInputs.push_back(inFilter[loop]);
    }
    for (unsigned loop : outputs) {
      form.filterOutputs.push_back(inFilter[loop]);
      form.resultChannels.push_back(inResult[loop]);
    }
    return true;
  }

  void addGroup(unsigned loop) {
    form.inputChannels.push_back(inInput[loop]);
    form.filterInputs.push_back(inFilter[loop]);
    form.resultChannels.push_back(inResult[loop]);
    const int64_t size =
        cast<RankedTensorType>(op->getOperand(1).getType()).getDimSize(inFilter[loop]);
    form.groups = ShapedType::isDynamic(size) ? 0 : form.groups * size;
  }

  linalg::LinalgOp op;
  ConvolutionForm &form;
  std::string &obstacle;
  SmallVector<bool> seen; // part of a window
  SmallVector<int64_t> inInput, inFilter, inResult;
};

} // namespace

bool mlir::tconv::looksLikeConvolution(linalg::LinalgOp op) {
  return op.hasPureTensorSemantics() && op.getNumDpsInputs() == 2 && op.getNumDpsInits() == 1 &&
         multipliesAndAdds(op) &&
         (hasWindow(op.getMatchingIndexingMap(op.getDpsInputOperand(0))) ||
          hasWindow(op.getMatchingIndexingMap(op.getDpsInputOperand(1))));
}

OpOperand *mlir::tconv::getFilterOperand(linalg::LinalgOp op) {
  OpOperand *second = op.getDpsInputOperand(1);
  return hasWindow(op.getMatchingIndexingMap(second)) ? op.getDpsInputOperand(0) : second;
}

std::optional<ConvolutionForm>
mlir::tconv::readConvolution(linalg::LinalgOp op, SizeAnalysis &analysis, std::string &obstacle) {
  OpOperand *filter = getFilterOperand(op);
  OpOperand *input = op.getDpsInputOperand(1 - filter->getOperandNumber());
  OpOperand *init = op.getDpsInitOperand(0);
  ConvolutionForm form;
  LoopReader reader(op, form, obstacle);
  if (!reader.read(op.getMatchingIndexingMap(input), op.getMatchingIndexingMap(filter),
                   op.getMatchingIndexingMap(init)))
    return std::nullopt;
  if (form.groups == 0) {
    obstacle = "its number of groups is unknown";
    return std::nullopt;
  }
  auto type = cast<RankedTensorType>(init->get().getType());
  form.input = TracedTensor::trace(input->get());
  form.filter = TracedTensor::trace(filter->get());
  form.elementType = type.getElementType();
  form.shape.assign(type.getShape().begin(), type.getShape().end());
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    form.sizes.push_back(analysis.sizeOf(init->get(), dim));
  return form;
}
