//===- Blocks.h - Small tables of numbers -----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pieces of x and w as aligned text, for 1 and 2 spatial dimensions and sizes that fit.
// The first input channel of the output's group stands for all of them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_BLOCKS_H
#define TCONV_LIB_EXPLAIN_BLOCKS_H

#include "Reach.h"
#include "tconv/Explain/Layer.h"

#include <string>
#include <vector>

namespace tconv::explain {

/// "w[1::2,0::2]": the taps of a phase in every dimension.
std::string subKernelName(const Geometry &geometry, const std::vector<Phase> &phases);

/// What the flipped kernel lies on, next to it; empty if it is too large.
std::string windowBlock(const Layer &layer, const ElementIndex &output);

/// The taps of the output's phase, next to what they read; empty if it is too large.
std::string subKernelBlock(const Layer &layer, const ElementIndex &output);

/// The first input channel that reaches an output channel.
int64_t firstInputChannel(const Geometry &geometry, int64_t outputChannel);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_BLOCKS_H
