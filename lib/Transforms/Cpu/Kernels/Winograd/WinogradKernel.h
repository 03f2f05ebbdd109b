//===- WinogradKernel.h - Kernels of transformed layers ------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADKERNEL_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADKERNEL_H

#include "WinogradLayer.h"

namespace mlir::tconv {

/// Builds the loops of a kernel of the family Winograd.
void emitWinogradKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer);

/// Builds the loops that write the transformed filter behind a packed one.
void emitFilterTransform(Emitter &b, SymbolTable &symbols, const ::tconv::FilterPacking &packing,
                         Value packed);

/// The phases of a transformed filter as a table, class by class.
class PhaseTable {
public:
  PhaseTable(Emitter &b, SymbolTable &symbols, const ::tconv::FilterPacking &packing);

  int64_t size() const { return numPhases; }
  PhaseEntry load(Emitter &b, Value number) const;
  /// The first phase of a class; of the number of classes, that of phases.
  Value firstPhase(Emitter &b, Value classNumber) const;

private:
  int64_t numDims, numPhases;
  Value table, classes;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADKERNEL_H
