//===- Reference.h - Transposed convolution by definition -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The oracle that everything else is tested against: every input element adds a copy
// of the kernel, scaled by it, to the output. It shares nothing with the compiler but
// the tensors that it reads and returns.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_REFERENCE_REFERENCE_H
#define TCONV_REFERENCE_REFERENCE_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <vector>

namespace tconv {

/// One number per spatial dimension in each vector; padding may be negative.
struct ConvTransposeAttributes {
  std::vector<int64_t> stride;
  std::vector<int64_t> paddingBegin;
  std::vector<int64_t> paddingEnd;
  std::vector<int64_t> dilation;
  std::vector<int64_t> outputPadding;
  int64_t groups = 1;
  bool channelsLast = false;
  /// Of I8 operands: what is subtracted from elements of x and w, and whether x is unsigned.
  int64_t inputZeroPoint = 0;
  int64_t filterZeroPoint = 0;
  bool inputUnsigned = false;
};

struct ReferenceResult {
  /// The output, F64, or I32 for I8 operands.
  HostTensor value;
  /// The sum of the absolute values of the same terms, F64; no elements for I8.
  HostTensor magnitude;
  /// The part of `magnitude` that is of products with a subnormal factor, for BF16 operands
  /// that have any; otherwise no elements.
  HostTensor subnormal;
  /// No output element is a sum of more terms than this, the bias counted.
  int64_t terms = 0;
};

/// Computes, per spatial dimension,
///   y[n, co, o] = b[co] + sum of x[n, ci, i] * w[ci, co', k]
/// (for I8 x and w less their zero points) over the i and k with o = i*stride - paddingBegin +
/// k*dilation and the ci of co's group, where co' is co's position in its group and
///   O = (I-1)*stride - paddingBegin - paddingEnd + dilation*(K-1) + outputPadding + 1.
///
/// `input` is [N, Ci, I...] and the output [N, Co, O...], or [N, I..., Ci] and
/// [N, O..., Co] with `channelsLast`; `filter` is [Ci, Co/groups, K...] in both
/// layouts; `bias`, if not null, is [Co]. There are 1 to 3 spatial dimensions.
/// F64, F32, F16 and BF16 operands, all of one type, are summed in double, I8
/// operands with an I32 bias in I32 with wrap-around.
///
/// Errors: types, ranks and shapes that do not fit together, attributes out of
/// range (stride, dilation, groups >= 1; 0 <= outputPadding < max(stride, dilation)),
/// an output size below 1 or with a summand of 2^59 or more, operands without
/// elements, too little memory.
Result<ReferenceResult> referenceConvTranspose(const HostTensor &input, const HostTensor &filter,
                                               const HostTensor *bias,
                                               const ConvTransposeAttributes &attributes);

/// How far a correctly computed element may lie from the reference, given the
/// reference's `value`, `magnitude` and `terms`:
///
///   a = (gamma_n(u_acc) + gamma_n(u_64)) * magnitude + n * eta_acc
///   bound = a + u_type * (|value| + a) + eta_type,  gamma_n(u) = n*u / (1 - n*u)
///
/// A sum of n products, each rounded and added in any order, with or without fused
/// multiply-add, has an error of at most gamma_n * sum |x*w| (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2nd ed., sections 3.1 and 4.2). It is due once
/// for the element under test, accumulated in F64 for F64 and in F32 for the other
/// types, and once for the reference itself, accumulated in F64. The last terms are
/// the one rounding to `type`. u is the unit roundoff and eta the smallest subnormal
/// number: what may be lost to underflow. Zero for integers. If factors are rounded before they
/// are multiplied, with relative errors of at most `factorError`, (2 + factorError) * factorError
/// joins the gammas.
///
/// For BF16, eta is 2^-126 for sums and results, and `subnormal`, the reference's, joins a: the
/// instructions of AVX512-BF16 take subnormal factors, sums and results as zero, whatever the
/// mode of the processor. A step loses less than 2^-126 where it takes its sum as zero or
/// gives zero, and all of a product whose factor it takes as zero.
double errorBound(ElementType type, double value, double magnitude, int64_t terms,
                  double factorError = 0, double subnormal = 0);

/// How far one rounding to a floating-point type may move a number of at most this magnitude.
double roundingError(ElementType type, double magnitude);

} // namespace tconv

#endif // TCONV_REFERENCE_REFERENCE_H
