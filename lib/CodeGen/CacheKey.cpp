//===- CacheKey.cpp - What compiled code depends on -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that decides on the bytes of an object file is written into one hash: a part left
// out would give the code of another module, or of another compiler, silently. A part too many
// costs only a second compilation.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/CacheKey.h"

#include "tconv/Pipelines/Pipelines.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <link.h>

using namespace tconv;

namespace {

/// Hashes what is written to it.
class HashStream : public llvm::raw_ostream {
public:
  HashStream() { SetUnbuffered(); }
  ~HashStream() override { flush(); }
  std::string digest() { return llvm::toHex(hash.final(), /*LowerCase=*/true); }

private:
  void write_impl(const char *data, size_t size) override {
    hash.update(llvm::StringRef(data, size));
    position += size;
  }
  uint64_t current_pos() const override { return position; }

  llvm::BLAKE3 hash;
  uint64_t position = 0;
};

int appendFile(dl_phdr_info *info, size_t, void *text) {
  // The program itself has an empty name.
  const char *path = *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
  llvm::sys::fs::file_status status;
  if (!llvm::sys::fs::status(path, status))
    *static_cast<std::string *>(text) +=
        std::string(path) + " " + std::to_string(status.getSize()) + " " +
        std::to_string(status.getLastModificationTime().time_since_epoch().count()) + "\n";
  return 0;
}

/// The program and its libraries by size and time: whoever changes the compiler, or the
/// LLVM below it, changes one of these files.
const std::string &buildId() {
  static const std::string id = [] {
    std::string text = "tconv " TCONV_VERSION "\n";
    dl_iterate_phdr(appendFile, &text);
    return text;
  }();
  return id;
}

} // namespace

std::string tconv::cacheKey(mlir::ModuleOp module, const mlir::tconv::PipelineOptions &options,
                            const llvm::TargetMachine &machine) {
  HashStream stream;
  stream << buildId() << machine.getTargetTriple().str() << "\n"
         << machine.getTargetCPU() << "\n"
         << machine.getTargetFeatureString() << "\n";
  mlir::tconv::PipelineOptions printed; // printing is not const
  printed.copyOptionValuesFrom(options);
  printed.print(stream);
  if (failed(mlir::writeBytecodeToFile(module, stream)))
    module.print(stream, mlir::OpPrintingFlags().enableDebugInfo());
  return stream.digest();
}
