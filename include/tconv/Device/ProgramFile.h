//===- ProgramFile.h - Programs and their kernels in one file ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file (.tcgpu) begins with lines of text, which say everything but the bytes of constants and
// kernels; those follow in the order of the lines. docs/artefacts.md describes it.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_PROGRAMFILE_H
#define TCONV_DEVICE_PROGRAMFILE_H

#include "tconv/Device/GpuArch.h"
#include "tconv/Device/Program.h"

#include <string_view>

namespace tconv {

/// The kernels of a program: machine code for one architecture (a cubin), or PTX, which drivers
/// compile for the same and later ones.
struct CodeImage {
  enum class Kind { Cubin, PTX };
  Kind kind;
  GpuArch arch;
  std::string bytes;
};

/// A program with its code. A file holds one or, where other architectures need other launches,
/// several that compute the same.
struct ProgramFile {
  Program program;
  std::vector<CodeImage> images;
};

/// The bytes of a file. The same programs give the same bytes.
std::string writeProgramFile(const std::vector<ProgramFile> &programs);

/// Reads and verifies the bytes of a file: at least one program. What is not such a file, is of
/// another version or was cut off or changed is an error.
Result<std::vector<ProgramFile>> readProgramFile(std::string_view bytes);

/// The program with the image that suits a device best; the only one in any case. Unsupported if
/// no image of several does.
Result<ProgramFile> chooseProgram(std::vector<ProgramFile> programs, const GpuArch &device);

/// The image that suits a device best: its own machine code, that of a lower minor number, then
/// the newest PTX. Unsupported if there is none.
Result<const CodeImage *> chooseImage(const std::vector<CodeImage> &images, const GpuArch &device);

} // namespace tconv

#endif // TCONV_DEVICE_PROGRAMFILE_H
