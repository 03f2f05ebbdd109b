//===- GpuSchedule.cpp - How a GPU kernel computes a layer ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/GpuSchedule.h"

#include "tconv/Support/Division.h"

#include <algorithm>
#include <string>

using namespace tconv;

namespace {

Error outOfRange(const char *name, int64_t first, int64_t last, int64_t value) {
  return Error{std::string("expected ") + name + " from " + std::to_string(first) + " to " +
               std::to_string(last) + ", got " + std::to_string(value)};
}

Error notMultiple(const char *name, int64_t factor, int64_t value) {
  return Error{std::string("expected a multiple of ") + std::to_string(factor) + " as " + name +
               ", got " + std::to_string(value)};
}

Status checkRanges(const GpuSchedule &s) {
  struct Field {
    const char *name;
    int64_t value;
    int64_t last;
    int64_t first = 1;
  };
  for (const Field &field : {Field{"block_m", s.blockM, 256}, Field{"block_n", s.blockN, 256},
                             Field{"block_k", s.blockK, 256}, Field{"stages", s.stages, 8, 2},
                             Field{"warps_m", s.warpsM, 32}, Field{"warps_n", s.warpsN, 32},
                             Field{"split_k", s.splitK, 64}, Field{"raster", s.raster, 1024}})
    if (field.value < field.first || field.value > field.last)
      return outOfRange(field.name, field.first, field.last, field.value);
  if (s.warpsM * s.warpsN > 32)
    return Error{"expected at most 32 warps, got " + std::to_string(s.warpsM * s.warpsN)};
  return success();
}

Status checkMath(const GpuSchedule &s) {
  if (s.usesTensorCores() == (s.math != GpuMath::Fma))
    return success();
  return Error{"expected the math fma for the kernels simt and depthwise, and none but it"};
}

/// Rows of x are swizzled in a power of two of chunks, at most one for each bank group.
Status checkBlockK(const GpuSchedule &s) {
  const int64_t smallest = s.usesTensorCores() ? 2 * channelsPerChunk(s.math) : 4;
  if (s.blockK % smallest != 0)
    return notMultiple("block_k", smallest, s.blockK);
  if ((s.blockK & (s.blockK - 1)) != 0)
    return Error{"expected a power of two as block_k, got " + std::to_string(s.blockK)};
  return success();
}

/// Warpgroups are 4 warps with 16 rows of an instruction each; rows are swizzled in up to 128
/// bytes.
Status checkWarpgroups(const GpuSchedule &s) {
  if (s.kernel != GpuKernel::Wgmma)
    return success();
  if ((s.warpsM != 4 && s.warpsM != 8) || s.warpsN != 1)
    return Error{
        "expected 4 or 8 warps along pixels and 1 along channels for the kernel wgmma, got " +
        std::to_string(s.warpsM) + " and " + std::to_string(s.warpsN)};
  const int64_t most = 8 * channelsPerChunk(s.math);
  if (s.blockK > most)
    return Error{"expected a block_k of at most " + std::to_string(most) +
                 " for the kernel wgmma, got " + std::to_string(s.blockK)};
  // PTX ISA, "wgmma.mma_async": of integers, more than 32 columns come in steps of 16.
  if (s.math == GpuMath::I8 && s.blockN > 32 && s.blockN % 16 != 0)
    return notMultiple("block_n above 32 for i8", 16, s.blockN);
  return success();
}

Status checkTile(const GpuSchedule &s) {
  constexpr int64_t columns = 8;
  if (s.blockM % (s.warpsM * s.rowsPerSlice()) != 0)
    return notMultiple("block_m", s.warpsM * s.rowsPerSlice(), s.blockM);
  if (s.blockN % (s.warpsN * columns) != 0)
    return notMultiple("block_n", s.warpsN * columns, s.blockN);
  const int64_t sums = s.warpM() * s.warpN() / 32;
  constexpr int64_t mostSums = 192;
  if (sums > mostSums)
    return Error{"expected at most " + std::to_string(mostSums) + " sums of a thread, got " +
                 std::to_string(sums)};
  return success();
}

} // namespace

int64_t tconv::channelsPerChunk(GpuMath math) {
  switch (math) {
  case GpuMath::Fma:
    return 1;
  case GpuMath::F16:
  case GpuMath::Bf16:
    return 8;
  case GpuMath::Tf32:
    return 4;
  case GpuMath::I8:
    return 16;
  }
  return 1;
}

Status GpuSchedule::verify() const {
  if (Status status = checkRanges(*this); !status)
    return status;
  if (Status status = checkMath(*this); !status)
    return status;
  if (kernel == GpuKernel::Depthwise) {
    if (splitK != 1)
      return Error{"expected a split_k of 1 for the kernel depthwise, got " +
                   std::to_string(splitK)};
    if (order != GpuPixelOrder::ImageByImage)
      return Error{"expected the order image_by_image for the kernel depthwise"};
    return success();
  }
  if (Status status = checkBlockK(*this); !status)
    return status;
  if (Status status = checkWarpgroups(*this); !status)
    return status;
  return checkTile(*this);
}

GpuMath tconv::tensorMath(ElementType type, bool allowTf32) {
  switch (type) {
  case ElementType::F16:
    return GpuMath::F16;
  case ElementType::BF16:
    return GpuMath::Bf16;
  case ElementType::F32:
    return allowTf32 ? GpuMath::Tf32 : GpuMath::Fma;
  case ElementType::I8:
    return GpuMath::I8;
  default:
    return GpuMath::Fma;
  }
}

FilterPacking tconv::createGpuPacking(const Geometry &geometry, const GpuSchedule &schedule) {
  Schedule lanes;
  const bool depthwise = schedule.kernel == GpuKernel::Depthwise;
  if (depthwise)
    lanes.family = KernelFamily::Depthwise;
  lanes.vectorLength = depthwise ? geometry.outputChannels : schedule.blockN;
  lanes.vectors = 1;
  FilterPacking packing = FilterPacking::create(geometry, lanes);
  if (depthwise)
    return packing;
  packing.channelsPerStep = channelsPerChunk(schedule.math);
  packing.stepsPerTap = ceilDivide(packing.inputChannels, schedule.blockK) * schedule.blockK /
                        packing.channelsPerStep;
  return packing;
}
