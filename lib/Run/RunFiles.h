//===- RunFiles.h - The tensors of a run in files ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUN_RUNFILES_H
#define TCONV_LIB_RUN_RUNFILES_H

#include "tconv/Run/Driver.h"

namespace tconv {

/// The inputs from their files or, if there are none, pseudo-random ones.
Result<std::vector<HostTensor>> readInputs(const EntryPoint &entry, const RunFiles &files,
                                           const RunOptions &options);

/// Writes results to their files or, if there are none, prints them.
Status writeOutputs(const RunFiles &files, const std::vector<HostTensor> &results,
                    llvm::raw_ostream &out);

/// What must hold before anything is compiled.
Status checkFiles(const EntryPoint &entry, const RunFiles &files,
                  const std::vector<HostTensor> &inputs);

/// Runs a program that tconv-compile has written, on a GPU.
Status runProgramFile(const RunFiles &files, const RunOptions &options, RunStreams streams);

} // namespace tconv

#endif // TCONV_LIB_RUN_RUNFILES_H
