//===- DescribeTarget.h - What kernels depend on of a processor -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_DESCRIBETARGET_H
#define TCONV_LIB_TRANSFORMS_DESCRIBETARGET_H

#include "tconv/Schedule/TargetCpu.h"

#include "mlir/Support/LLVM.h"

namespace mlir::tconv {

/// A processor by LLVM's name, or this one, if that is empty or "host".
::tconv::TargetCpu describeTarget(StringRef cpu);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_DESCRIBETARGET_H
