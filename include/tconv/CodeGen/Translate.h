//===- Translate.h - From the LLVM dialect to LLVM IR --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_TRANSLATE_H
#define TCONV_CODEGEN_TRANSLATE_H

#include "tconv/Support/Result.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>
#include <vector>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm
namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

struct EntryPoint;

/// The function by which the host calls translated code, `void tconvInvoke(void **)`:
/// with the addresses of the descriptors of the results, if they are returned, of each
/// input, and of each output, if the caller provides them.
inline constexpr char invokeName[] = "tconvInvoke";

/// The same for the function that packs the entry's constant inputs, if there is one:
/// with each of those inputs, then each packed filter.
inline constexpr char packName[] = "tconvPack";

/// A constant of 64-bit numbers: how many filters are packed, and the bytes of each.
inline constexpr char packedBytesName[] = "tconvPackedBytes";

/// A module that has passed all stages, as LLVM IR that shows only the symbols
/// above.
Result<std::unique_ptr<llvm::Module>> translateEntry(mlir::ModuleOp module, const EntryPoint &entry,
                                                     llvm::LLVMContext &context);

/// A module in LLVM IR, with all of its functions.
struct TranslatedModule {
  std::unique_ptr<llvm::Module> code;
  /// The name of the function that packs the entry's constant inputs, and the bytes of
  /// each packed filter: none if there is no such function.
  std::string packFunction;
  std::vector<int64_t> packedBytes;
};

/// A module that has passed all stages, without the symbols above.
Result<TranslatedModule> translateModule(mlir::ModuleOp module, const EntryPoint &entry,
                                         llvm::LLVMContext &context);

/// Hides a module's own functions but for `visible`, so that none takes the place of a
/// function of the C library or of the runtime that has the same name.
void hideFunctions(llvm::Module &module, llvm::ArrayRef<llvm::StringRef> visible);

} // namespace tconv

#endif // TCONV_CODEGEN_TRANSLATE_H
