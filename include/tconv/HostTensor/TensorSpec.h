//===- TensorSpec.h - What is known of a tensor beforehand ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_TENSORSPEC_H
#define TCONV_HOSTTENSOR_TENSORSPEC_H

#include "tconv/HostTensor/HostTensor.h"

#include <string>
#include <vector>

namespace tconv {

/// A tensor type: a negative size is known only at run time.
struct TensorSpec {
  ElementType type;
  std::vector<int64_t> shape;

  /// As MLIR writes it: "1x?x4x4xf32".
  std::string str() const;
  bool isStatic() const;
  /// Whether a tensor of this type and shape is meant by the specification.
  bool accepts(ElementType type, const std::vector<int64_t> &shape) const;
  bool accepts(const HostTensor &tensor) const { return accepts(tensor.type(), tensor.shape()); }
};

} // namespace tconv

#endif // TCONV_HOSTTENSOR_TENSORSPEC_H
