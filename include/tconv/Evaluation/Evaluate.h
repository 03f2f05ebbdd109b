//===- Evaluate.h - Functions of the IR, by the reference -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a function computes, by definition: layers by the scatter loop, everything else one op after
// the other in double precision. Each number comes with a bound of what compiled code may have
// instead, which rounds to the types of the IR.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EVALUATION_EVALUATE_H
#define TCONV_EVALUATION_EVALUATE_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Schedule/Schedule.h"
#include "tconv/Support/Result.h"

#include <functional>
#include <optional>
#include <vector>

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
namespace tconv {
class ConvTransposeOp;
} // namespace tconv
} // namespace mlir

namespace tconv {

/// What a result is, and how far a computed one may be from it.
struct BoundedResult {
  /// F64, or I64 for integers.
  HostTensor value;
  /// F64, of the same shape; infinite where nothing is known.
  HostTensor bound;
};

struct EvaluationOptions {
  /// Relative error of the factors of f32 layers, as that of tensor cores.
  double factorError = 0;
  /// The schedule of the family Winograd of a layer that is computed by it, if asked for.
  std::function<std::optional<Schedule>(mlir::tconv::ConvTransposeOp)> transforms = {};
};

/// The results of a function of a single block for these inputs, which fit it. Unsupported, with
/// the op's name, if one that the results need has no definition here.
Result<std::vector<BoundedResult>> evaluateFunction(mlir::func::FuncOp function,
                                                    const std::vector<HostTensor> &inputs,
                                                    const EvaluationOptions &options);

} // namespace tconv

#endif // TCONV_EVALUATION_EVALUATE_H
