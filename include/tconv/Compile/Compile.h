//===- Compile.h - What tconv-compile does -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles a function of a module to a file that C programs can be linked with, and
// that needs neither tconv nor LLVM when it runs. docs/artefacts.md describes the
// result.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_COMPILE_COMPILE_H
#define TCONV_COMPILE_COMPILE_H

#include "tconv/CodeGen/Compiler.h"

#include <string>

namespace mlir {
class MLIRContext;
class ModuleOp;
} // namespace mlir

namespace tconv {

/// What is compiled, and how.
struct ArtefactOptions {
  /// The functions to compile, separated by commas; empty for the only public one, main, or all
  /// public ones if there is no main.
  std::string entry;
  /// What the names of the C functions begin with; empty for the name of the entry
  /// function or, if that is main, of the output file. With several functions, which then have
  /// their own names behind it, that of what they share, or else the output's.
  std::string prefix;
  /// The number of threads of the compiled code until it is told otherwise: 0 for the
  /// number of processors.
  int threads = 1;
  /// For GPUs: the architectures that code is made for; sm_80 if there is none.
  std::vector<GpuArch> archs;
  /// `threads` and `cache` of these are not looked at.
  CompileOptions compile;
};

/// The files of one compilation.
struct ArtefactFiles {
  /// The artefact to write. Its extension says what: .so, .o, .s, .ll or .mlir, or for GPUs
  /// .tcgpu, .ptx, .cubin or .fatbin.
  std::string output;
  /// The C header to write; empty for none.
  std::string header;
};

/// Compiles a module, which is changed. The files are written when all is known to have gone well,
/// and the same input gives the same bytes. MLIR diagnostics go to the context's handler.
Status compileToFiles(mlir::ModuleOp module, const ArtefactFiles &files,
                      const ArtefactOptions &options);

/// The same of the module in a file, "-" for standard input. What is wrong with the names of the
/// others is said before it is read.
Status compileFileToFiles(mlir::MLIRContext &context, const std::string &path,
                          const ArtefactFiles &files, const ArtefactOptions &options);

} // namespace tconv

#endif // TCONV_COMPILE_COMPILE_H
