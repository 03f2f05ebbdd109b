//===- Interface.h - The C functions of an artefact ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the header declares and the wrappers define: the tensors with their names in C,
// and where the packed ones lie.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_INTERFACE_H
#define TCONV_LIB_COMPILE_INTERFACE_H

#include "tconv/Entry/EntryPoint.h"

namespace tconv {

/// A tensor of the caller's.
struct CTensor {
  std::string name;
  TensorSpec spec;
  /// What its dimensions are, like "[N, C, H, W]"; empty if not known.
  std::string dims;
  /// Given to the pack function, once, and not to each run.
  bool constant = false;

  int64_t numElements() const;
  int64_t bytes() const { return numElements() * byteSize(spec.type); }
  /// The type of an element in C.
  std::string cType() const;
};

struct CInterface {
  std::string prefix;
  std::string entry;
  std::vector<CTensor> inputs;
  std::vector<CTensor> results;

  bool hasConstants() const;

  /// Reads the interface off a function; unsupported unless all sizes are static.
  static Result<CInterface> of(const EntryFunction &function, std::string prefix);
};

/// The buffer that `pack` fills and `run` reads: packed filters, and copies of those
/// constant inputs that are needed as they are.
struct PackedBuffer {
  /// Where each packed filter and each input's copy begin, in bytes.
  std::vector<int64_t> filters;
  std::vector<std::pair<size_t, int64_t>> inputs;
  int64_t bytes = 0;

  /// Packed filters of `filterBytes`, and copies of the inputs in `copied`.
  static PackedBuffer of(const CInterface &interface, const std::vector<int64_t> &filterBytes,
                         const std::vector<size_t> &copied);
};

/// A function as its header describes it.
struct CFunction {
  CInterface interface;
  PackedBuffer packed;
};

} // namespace tconv

#endif // TCONV_LIB_COMPILE_INTERFACE_H
