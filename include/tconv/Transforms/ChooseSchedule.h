//===- ChooseSchedule.h - The schedule of a layer ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_CHOOSESCHEDULE_H
#define TCONV_TRANSFORMS_CHOOSESCHEDULE_H

#include "tconv/IR/TconvOps.h"
#include "tconv/Schedule/SelectSchedule.h"

namespace mlir::tconv {

/// What tconv-select-schedule gives a layer without a schedule on a processor; unsupported, with
/// the reason, if it leaves the layer to the portable tier. With `direct` transforms are left out.
/// Sizes that are dynamic are taken from `sizesHint`: the batch first, then the spatial ones.
::tconv::Result<::tconv::SelectedSchedule> chooseSchedule(ConvTransposeOp op,
                                                          const ::tconv::TargetCpu &target,
                                                          bool direct, ArrayRef<int64_t> sizesHint);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_CHOOSESCHEDULE_H
