//===- TransformedMagnitude.h - What rounding errors grow with --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A transformed sum y = A (G g . B d) is computed with an error of at most
//
//   gamma_n * |A| (|G| |g| . |B| |d|),
//
// summed over input channels, where absolute values are taken of each element and n is the number
// of roundings on the way of a number through the transforms and sums: those of B and of A,
// one for each of G's results, and one for each input channel and the bias (Higham, Accuracy and
// Stability of Numerical Algorithms, 2nd ed., sections 3.1, 3.5 and 23.2.2). It is the bound of a
// plain sum with another magnitude and another number of terms.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EVALUATION_TRANSFORMEDMAGNITUDE_H
#define TCONV_LIB_EVALUATION_TRANSFORMEDMAGNITUDE_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Schedule/WinogradPlan.h"

namespace tconv {

struct TransformedMagnitude {
  /// Of each element of y, in its layout, the bias counted.
  std::vector<double> magnitude;
  int64_t terms = 0;
};

/// For operands as tconv.conv_transpose takes them, perhaps without bias, and a schedule of the
/// family Winograd.
TransformedMagnitude computeTransformedMagnitude(const HostTensor &input, const HostTensor &filter,
                                                 const HostTensor *bias, const Geometry &geometry,
                                                 bool channelsLast, const Schedule &schedule);

} // namespace tconv

#endif // TCONV_LIB_EVALUATION_TRANSFORMEDMAGNITUDE_H
