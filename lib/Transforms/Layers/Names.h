//===- Names.h - Layers and their schedules, as passes name them -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the libraries without MLIR say of layers has short names in passes, too. Enums that the
// dialect mirrors, and names that passes have themselves, keep theirs.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_NAMES_H
#define TCONV_LIB_TRANSFORMS_LAYERS_NAMES_H

#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/GpuSharedMemory.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/TargetCpu.h"
#include "tconv/Schedule/TargetGpu.h"
#include "tconv/Schedule/TilePlan.h"
#include "tconv/Schedule/TileWork.h"
#include "tconv/Schedule/WinogradPlan.h"

namespace mlir::tconv {

using ::tconv::CookToom;
using ::tconv::DimAttributes;
using ::tconv::DimGeometry;
using ::tconv::FilterPacking;
using ::tconv::Geometry;
using ::tconv::GpuSchedule;
using ::tconv::GpuSharedMemory;
using ::tconv::Problem;
using ::tconv::RowPlan;
using ::tconv::Schedule;
using ::tconv::TargetCpu;
using ::tconv::TargetGpu;
using ::tconv::TilePlan;
using ::tconv::TileWork;
using ::tconv::WidthPlan;
using ::tconv::WinogradClass;

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_NAMES_H
