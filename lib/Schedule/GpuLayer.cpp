//===- GpuLayer.cpp - A layer and its phases on a GPU ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/GpuLayer.h"

#include "tconv/Schedule/CheckGpuSchedule.h"

using namespace tconv;

Result<GpuLayer> GpuLayer::of(const Problem &problem) {
  Result<PhaseTable> phases = createGpuPhases(problem.geometry);
  if (!phases)
    return phases.error();
  return GpuLayer{problem, std::move(*phases)};
}
