//===- Check.h - Comparing results with the reference --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_CHECK_H
#define TCONV_EXECUTION_CHECK_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <string>
#include <vector>

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace tconv {

/// Compares the results of a function, as it was before lowering, with the scatter
/// loop (docs/architecture.md, form 1) run on the same inputs. Gives a sentence that
/// says what was compared; an error if an element is further off than the rounding
/// errors of its type explain. Unsupported for functions that hold more than
/// constants, casts and transposed convolutions of arguments and constants. `allowTf32` says
/// that f32 may have been multiplied as tf32.
Result<std::string> checkAgainstReference(mlir::func::FuncOp function,
                                          const std::vector<HostTensor> &inputs,
                                          const std::vector<HostTensor> &results,
                                          bool allowTf32 = false);

} // namespace tconv

#endif // TCONV_EXECUTION_CHECK_H
