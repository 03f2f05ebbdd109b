//===- Formulas.h - The index arithmetic, over any integer --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every index formula of transposed convolution, once, for one spatial dimension
// (dimensions are independent of each other). The integer type is a parameter:
// `CheckedInt` computes with numbers and notices overflow, the compiler's
// `IndexExpr` builds IR for sizes that are known only at run time.
//
// `Int` needs: construction from int64_t, `+` and `-`, `*` by an int64_t, and
// floorDiv, ceilDiv and mod by a positive int64_t, min, max (found by name lookup).
//
// Notation, as in docs/architecture.md: x has size I, the kernel K, y has size O;
// stride s, dilation d, padding pb and pe, output padding op; g = gcd(s, d).
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_GEOMETRY_FORMULAS_H
#define TCONV_GEOMETRY_FORMULAS_H

#include <cstdint>
#include <numeric>

namespace tconv {

/// The attributes of one spatial dimension.
struct DimAttributes {
  int64_t stride = 1;
  int64_t paddingBegin = 0;
  int64_t paddingEnd = 0;
  int64_t dilation = 1;
  int64_t outputPadding = 0;

  /// Taps of one phase lie this far apart in the kernel.
  int64_t tapStep() const { return stride / std::gcd(stride, dilation); }
  /// Neighbouring taps of one phase read elements of x this far apart.
  int64_t inputStep() const { return dilation / std::gcd(stride, dilation); }
};

/// O = (I - 1)*s - pb - pe + d*(K - 1) + op + 1.
template <typename Int>
Int outputSize(const Int &input, const Int &kernel, const DimAttributes &dim) {
  return (input - Int(1)) * dim.stride - Int(dim.paddingBegin) - Int(dim.paddingEnd) +
         (kernel - Int(1)) * dim.dilation + Int(dim.outputPadding) + Int(1);
}

/// The outputs o = s*q + residue - pb, q in [qBegin, qEnd), of one dimension: all
/// those that the taps firstTap, firstTap + tapStep, ... reach, and no others. Tap
/// number j of them reads x[q + inputBase - j*inputStep].
template <typename Int> struct PhaseRowOf {
  Int firstTap;
  Int taps;
  Int residue;
  Int inputBase;
  Int qBegin;
  Int qEnd;
};

/// The row whose first tap is `firstTap`, in [0, min(tapStep, K)): there is one for
/// each such number, and their residues differ. The q range leaves out what lies
/// outside y and what reads nothing but padding; it may be empty.
template <typename Int>
PhaseRowOf<Int> phaseRow(const Int &firstTap, const Int &input, const Int &kernel,
                         const Int &output, const DimAttributes &dim) {
  const int64_t s = dim.stride;
  Int offset = firstTap * dim.dilation;
  Int residue = mod(offset, s);
  Int taps = ceilDiv(kernel - firstTap, dim.tapStep());
  Int inputBase = floorDiv(residue - offset, s);
  Int reach = (taps - Int(1)) * dim.inputStep();
  Int firstRead = Int(0) - inputBase;
  Int lastRead = input - inputBase + reach;
  Int begin = min(max(ceilDiv(Int(dim.paddingBegin) - residue, s), firstRead), lastRead);
  Int end = min(ceilDiv(output + Int(dim.paddingBegin) - residue, s), lastRead);
  return {firstTap, taps, residue, inputBase, begin, max(begin, end)};
}

/// The number of rows that `phaseRow` can give.
template <typename Int> Int numPhaseRows(const Int &kernel, const DimAttributes &dim) {
  return min(kernel, Int(dim.tapStep()));
}

/// How far the reads of any row can lie outside x, at either end.
template <typename Int> Int maxReach(const Int &kernel, const DimAttributes &dim) {
  return (ceilDiv(kernel, dim.tapStep()) - Int(1)) * dim.inputStep();
}

/// The first output of a row; its further ones follow with stride s.
template <typename Int> Int firstOutput(const PhaseRowOf<Int> &row, const DimAttributes &dim) {
  return row.qBegin * dim.stride + row.residue - Int(dim.paddingBegin);
}

/// The first element of x that a row reads, negative where it is padding. In all,
/// the row reads `qEnd - qBegin + (taps - 1)*inputStep` elements from there.
template <typename Int> Int firstInput(const PhaseRowOf<Int> &row, const DimAttributes &dim) {
  return row.qBegin + row.inputBase - (row.taps - Int(1)) * dim.inputStep();
}

/// Zero insertion (form 2): element x[i] goes to position begin + (i - first)*s of
/// the zero-inserted and padded input, for `count` elements from `first` on. What
/// negative padding would crop is left out.
template <typename Int> struct InsertionOf {
  Int paddedSize;
  Int first;
  Int count;
  Int begin;
};

template <typename Int>
InsertionOf<Int> zeroInsertion(const Int &input, const Int &kernel, const Int &output,
                               const DimAttributes &dim) {
  const int64_t s = dim.stride;
  Int halo = (kernel - Int(1)) * dim.dilation;
  Int paddedSize = output + halo;
  Int front = halo - Int(dim.paddingBegin);
  Int first = min(max(Int(0), ceilDiv(Int(0) - front, s)), input);
  Int end = max(first, min(input, ceilDiv(paddedSize - front, s)));
  return {paddedSize, first, end - first, front + first * s};
}

} // namespace tconv

#endif // TCONV_GEOMETRY_FORMULAS_H
