//===- GpuCode.h - Kernels as PTX and machine code -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_GPUCODE_H
#define TCONV_CODEGEN_GPUCODE_H

#include "tconv/Device/ProgramFile.h"

#include <optional>
#include <string>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

/// NVIDIA's assembler.
struct Ptxas {
  std::string path;

  /// The program at `path` if that is not empty; otherwise the one in bin of the folder that
  /// CUDA_HOME names, or in PATH: nothing if there is none. An error if `path` or CUDA_HOME is
  /// wrong.
  static Result<std::optional<Ptxas>> find(const std::string &path);

  /// The folder of the CUDA toolkit that it is part of, if it has libdevice; else empty.
  std::string toolkit() const;
};

/// The kernels of a module that has passed the stage nvvm, which is not changed, as PTX. An error
/// if they call functions of libdevice and there is none.
Result<CodeImage> emitPTX(mlir::ModuleOp module, const GpuArch &arch, const std::string &toolkit);

/// PTX as a cubin for the same architecture.
Result<CodeImage> assemble(const CodeImage &ptx, const Ptxas &ptxas);

/// Images in one file of the toolkit's: a fatbin, made by its program fatbinary. Unsupported
/// if that is not beside ptxas.
Result<std::string> joinImages(const std::vector<CodeImage> &images, const Ptxas &ptxas);

/// The PTX texts in a module that has passed the stage ptx.
std::vector<std::string> collectPTX(mlir::ModuleOp module);

} // namespace tconv

#endif // TCONV_CODEGEN_GPUCODE_H
