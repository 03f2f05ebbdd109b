//===- Descriptors.h - Tensors as words ----------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_DEVICE_DESCRIPTORS_H
#define TCONV_LIB_DEVICE_DESCRIPTORS_H

#include "tconv/Device/LoadedProgram.h"

namespace tconv {

/// Appends the words of a tensor, which program functions take (Program.h).
void appendDescriptor(std::vector<uint64_t> &words, const DeviceTensor &tensor);

/// Appends those of a packed filter.
void appendDescriptor(std::vector<uint64_t> &words, DeviceAddress address, int64_t bytes);

/// The tensors that a function returned, each in a buffer of its own that is freed by the
/// caller. `returned` is left without buffers.
Result<std::vector<DeviceTensor>> takeTensors(Device &device, const Function &function,
                                              Returned returned);

} // namespace tconv

#endif // TCONV_LIB_DEVICE_DESCRIPTORS_H
