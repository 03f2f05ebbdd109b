//===- DeviceArtefact.h - Files for GPUs ---------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_DEVICEARTEFACT_H
#define TCONV_LIB_COMPILE_DEVICEARTEFACT_H

#include "tconv/Compile/Compile.h"

#include <optional>

namespace tconv {

/// A program with its kernels, or the kernels alone.
enum class DeviceArtefactKind { Program, PTX, Cubin, FatBinary };

/// The kind that the ending of a path asks for: .tcgpu, .ptx, .cubin or .fatbin.
Result<DeviceArtefactKind> deviceKindOf(const std::string &path);

/// The bytes of a file for the architectures that the options name.
Result<std::string> compileForGpus(const EntryFunction &entry, const ArtefactOptions &options,
                                   DeviceArtefactKind kind);

} // namespace tconv

#endif // TCONV_LIB_COMPILE_DEVICEARTEFACT_H
