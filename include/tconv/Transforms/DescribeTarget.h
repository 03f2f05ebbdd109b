//===- DescribeTarget.h - What schedules need to know of a CPU --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_DESCRIBETARGET_H
#define TCONV_TRANSFORMS_DESCRIBETARGET_H

#include "tconv/Schedule/TargetCpu.h"

#include "llvm/ADT/StringRef.h"

namespace mlir::tconv {

/// The processor with one of LLVM's names, or this one for "host". Of an unknown name,
/// a plain x86-64 processor.
::tconv::TargetCpu describeTarget(llvm::StringRef cpu);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_DESCRIBETARGET_H
