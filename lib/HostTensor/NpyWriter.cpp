//===- NpyWriter.cpp - Writing NumPy .npy files ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "tconv/HostTensor/Npy.h"
#include "tconv/Support/File.h"

tconv::Status tconv::writeNpy(const std::string &path, const HostTensor &tensor) {
  std::string header = npy::formatHeader(tensor.type(), tensor.shape());
  std::string_view elements(reinterpret_cast<const char *>(tensor.data()),
                            static_cast<size_t>(tensor.sizeInBytes()));
  std::string_view parts[] = {header, elements};
  return writeWhole(path, parts);
}
