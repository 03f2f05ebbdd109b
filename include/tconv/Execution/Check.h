//===- Check.h - Comparing results with the reference --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_CHECK_H
#define TCONV_EXECUTION_CHECK_H

#include "tconv/CodeGen/Compiler.h"
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

/// Compares the results of a function, as it was before lowering, with the reference run on the
/// same inputs: layers by the scatter loop (docs/architecture.md, form 1), the ops around them one
/// by one (tconv/Evaluation/Evaluate.h). Gives a sentence that says what was compared; an error if
/// an element is further off than rounding errors explain, as code made with `options` makes them.
/// Unsupported if the reference does not know an op.
Result<std::string> checkAgainstReference(mlir::func::FuncOp function,
                                          const std::vector<HostTensor> &inputs,
                                          const std::vector<HostTensor> &results,
                                          const CompileOptions &options = {});

} // namespace tconv

#endif // TCONV_EXECUTION_CHECK_H
