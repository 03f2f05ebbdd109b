//===- OutputFiles.h - Files written all or none -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_COMPILE_OUTPUTFILES_H
#define TCONV_LIB_COMPILE_OUTPUTFILES_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"

#include <vector>

namespace tconv {

/// Some files that appear together, complete, or not at all.
class OutputFiles {
public:
  OutputFiles() = default;
  OutputFiles(const OutputFiles &) = delete;
  OutputFiles &operator=(const OutputFiles &) = delete;
  ~OutputFiles();

  /// Writes a file, under another name for now.
  Status add(const std::string &path, llvm::StringRef contents);

  /// Gives the files their names.
  Status keep();

private:
  struct File {
    std::string path;
    llvm::sys::fs::TempFile temporary;
  };
  std::vector<File> files;
};

} // namespace tconv

#endif // TCONV_LIB_COMPILE_OUTPUTFILES_H
