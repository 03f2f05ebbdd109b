//===- Schedule.cpp - How a kernel computes a layer -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/Schedule.h"

#include <string>

using namespace tconv;

int64_t tconv::channelsPerStep(DotProduct dot) {
  switch (dot) {
  case DotProduct::Plain:
    return 1;
  case DotProduct::Bf16Pairs:
  case DotProduct::Int16Pairs:
    return 2;
  case DotProduct::Int8Quads:
    return 4;
  }
  return 1;
}

static Status checkRange(const char *name, int64_t value, int64_t first, int64_t last) {
  if (value >= first && value <= last)
    return success();
  return Error{std::string("expected ") + name + " from " + std::to_string(first) + " to " +
               std::to_string(last) + ", got " + std::to_string(value)};
}

Status Schedule::verify() const {
  struct Field {
    const char *name;
    int64_t value;
    int64_t last;
    int64_t first = 1;
  };
  constexpr int64_t many = int64_t(1) << 30;
  const bool winograd = family == KernelFamily::Winograd;
  for (const Field &field :
       {Field{"vector_length", vectorLength, 64}, Field{"pixels", pixels, 32},
        Field{"vectors", vectors, 16}, Field{"fused_phases", fusedPhases, many},
        Field{"block_pixels", blockPixels, many}, Field{"blocks_per_task", blocksPerTask, many},
        Field{"reduction_block", reductionBlock, many, 0}, Field{"unroll", unroll, 16},
        Field{"tile", tile, winograd ? 5 : 0, winograd}})
    if (Status status = checkRange(field.name, field.value, field.first, field.last); !status)
      return status;
  if ((vectorLength & (vectorLength - 1)) != 0)
    return Error{"expected a power of two as vector_length, got " + std::to_string(vectorLength)};
  return success();
}
