//===- Remarks.h - What passes chose, and why ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PIPELINES_REMARKS_H
#define TCONV_PIPELINES_REMARKS_H

namespace mlir {
class MLIRContext;
} // namespace mlir

namespace mlir::tconv {

/// Lets the passes of tconv emit their remarks, to the context's diagnostic handler.
void enableRemarks(MLIRContext &context);

} // namespace mlir::tconv

#endif // TCONV_PIPELINES_REMARKS_H
