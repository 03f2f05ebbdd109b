//===- TableLimits.h - How large tables and code may become -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are made of a little code and of tables, which are built and written into an
// object file when a layer is compiled. Every number of a layer or of a schedule may be
// large: sizes, taps, strides, dilation, padding, fields written by hand. So that time and
// memory to compile stay bounded, each table and the code has a limit here. The check of it
// comes before the work that it bounds: in closed form where there is one, and otherwise
// while the table is built.
//
// The limits are far above what layers of networks need: among 3000 random ones of up to 2048
// channels the most were 43000 tiles, 17000 segments, 3700 blocks and 2500 multiply-adds
// of code. At the limits, a layer takes some seconds to compile.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_TABLELIMITS_H
#define TCONV_LIB_SCHEDULE_TABLELIMITS_H

#include "Axis.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Schedule/TilePlan.h"

namespace tconv {

/// Entries of tables.
constexpr int64_t maxTiles = 1 << 18, maxBlocks = 1 << 18, maxSegments = 1 << 20, maxRows = 1 << 16;
/// Blocks that there are at most of a layer's positions: those of larger layers are larger.
constexpr int64_t manyBlocks = 1 << 16;
/// Phases, where they do not share lanes.
constexpr int64_t maxPhases = 1 << 12;
/// Tuples of intervals, one of each dimension: outputs that read the same taps.
constexpr int64_t maxKinds = 1 << 15;
/// Taps of all kinds, which are visited one by one to find segments.
constexpr int64_t maxVisits = 1 << 24;
/// Multiply-adds of vectors that are written out in the code of a kernel.
constexpr int64_t maxCode = 1 << 14;
constexpr const char *codeUnit = "multiply-adds of vectors in the code";

/// Unsupported, with the reason, if the number of something is above its limit.
Status checkLimit(double number, int64_t limit, const char *what);

/// Unsupported if the numbers of a layer alone make tables of tiles too large.
Status checkTileTables(const Geometry &geometry, const Schedule &schedule);
/// Unsupported if there are too many blocks of tiles.
Status checkBlocks(const std::vector<Axis> &axes, const Schedule &schedule);
/// Unsupported if the numbers of a layer alone make tables of rows too large, of the family Width.
Status checkRowTables(const Geometry &geometry, const Schedule &schedule);
/// The same, and an error if there are no transforms for the layer, of the family Winograd.
Status checkTransformTables(const Geometry &geometry, const Schedule &schedule);

/// So many multiply-adds of vectors as long as a register, if `vectors` of a schedule's length
/// are multiplied.
int64_t countInRegisters(const Schedule &schedule, int64_t vectors);
/// Those in the code for a plan: there is some for each shape of tiles, and for whole lane blocks
/// and those that are left over.
double countCode(const TilePlan &plan, const FilterPacking &packing, const Schedule &schedule);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_TABLELIMITS_H
