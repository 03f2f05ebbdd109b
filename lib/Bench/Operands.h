//===- Operands.h - The tensors of a layer ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_OPERANDS_H
#define TCONV_LIB_BENCH_OPERANDS_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Problem/Problem.h"
#include "tconv/Support/Result.h"

#include <string>
#include <vector>

namespace tconv::bench {

/// Pseudo-random x, w and, if there is one, b.
Result<std::vector<HostTensor>> randomOperands(const Problem &problem);

/// The operands from x.npy, w.npy and b.npy in a folder, which are f32 with channels
/// first, in the type and the layout of the problem. Integers are not converted to.
Result<std::vector<HostTensor>> readOperands(const Problem &problem, const std::string &folder);

/// Writes a result of the problem to a file: its elements as f32 in C order, channels
/// first, and nothing else.
Status writeRaw(const Problem &problem, const HostTensor &result, const std::string &path);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_OPERANDS_H
