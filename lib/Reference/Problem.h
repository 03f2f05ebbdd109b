//===- Problem.h - A checked problem for the reference ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sizes and attributes of one transposed convolution after all checks, with three
// spatial dimensions.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_REFERENCE_PROBLEM_H
#define TCONV_LIB_REFERENCE_PROBLEM_H

#include "tconv/Reference/Reference.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tconv::reference {

using Triple = std::array<int64_t, 3>;

inline int64_t volume(const Triple &size) { return size[0] * size[1] * size[2]; }

struct Problem {
  int64_t batch = 0;
  int64_t inputChannels = 0;
  int64_t groups = 1;
  int64_t groupOutputChannels = 0;
  bool channelsLast = false;
  Triple input = {1, 1, 1};
  Triple kernel = {1, 1, 1};
  Triple output = {1, 1, 1};
  Triple stride = {1, 1, 1};
  Triple dilation = {1, 1, 1};
  Triple paddingBegin = {0, 0, 0};
  std::vector<int64_t> outputShape; // in the layout of the input
  int64_t terms = 0;
  int64_t inputZeroPoint = 0; // for I8
  int64_t filterZeroPoint = 0;
  bool inputUnsigned = false;

  int64_t outputChannels() const { return groups * groupOutputChannels; }
};

/// Checks everything that `referenceConvTranspose` lists under errors, but memory.
Result<Problem> makeProblem(const HostTensor &input, const HostTensor &filter,
                            const HostTensor *bias, const ConvTransposeAttributes &attributes);

} // namespace tconv::reference

#endif // TCONV_LIB_REFERENCE_PROBLEM_H
