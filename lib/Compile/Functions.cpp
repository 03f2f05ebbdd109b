//===- Functions.cpp - The functions of an artefact and their names -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Functions.h"

#include "tconv/Compile/Compile.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace tconv;

namespace {

/// The names of the public functions with bodies.
std::vector<std::string> listPublic(mlir::ModuleOp module) {
  std::vector<std::string> names;
  for (mlir::func::FuncOp function : module.getOps<mlir::func::FuncOp>())
    if (function.isPublic() && !function.isExternal())
      names.push_back(function.getSymName().str());
  return names;
}

bool isPartOfIdentifier(char character) { return llvm::isAlnum(character) || character == '_'; }

/// The name of a file, with what no identifier has replaced.
std::string identifierOf(const std::string &path) {
  std::string name = llvm::sys::path::stem(path).str();
  for (char &character : name)
    if (!isPartOfIdentifier(character))
      character = '_';
  return name;
}

Status checkIdentifier(const std::string &prefix) {
  if (!prefix.empty() && llvm::isAlpha(prefix[0]) && llvm::all_of(prefix, isPartOfIdentifier))
    return success();
  return Error{"expected a C identifier for the names of functions to begin with, got '" + prefix +
               "': choose one by --prefix"};
}

} // namespace

Result<std::vector<EntryFunction>> tconv::findFunctions(mlir::ModuleOp module,
                                                        const std::string &entry) {
  std::vector<std::string> names;
  for (llvm::StringRef name : llvm::split(entry, ','))
    names.push_back(name.str());
  std::vector<std::string> all = listPublic(module);
  if (entry.empty() && all.size() > 1 && !llvm::is_contained(all, "main"))
    names = std::move(all);
  std::vector<EntryFunction> functions;
  for (const std::string &name : names) {
    Result<EntryFunction> function = findEntry(module, name);
    if (!function)
      return function.error();
    functions.push_back(std::move(*function));
  }
  return functions;
}

Result<CNames> tconv::chooseNames(const ArtefactOptions &options,
                                  const std::vector<EntryFunction> &functions,
                                  const std::string &output) {
  CNames names;
  const std::string &prefix = options.prefix;
  if (functions.size() == 1) {
    const std::string &name = functions.front().entry.name;
    names.library = !prefix.empty() ? prefix : name == "main" ? identifierOf(output) : name;
    names.prefixes = {names.library};
    Status status = checkIdentifier(names.library);
    return status ? Result<CNames>(std::move(names)) : status.error();
  }
  names.library = prefix.empty() ? identifierOf(output) : prefix;
  if (Status status = checkIdentifier(names.library); !status)
    return status.error();
  llvm::StringSet<> capitals;
  for (const EntryFunction &function : functions) {
    const std::string &name = function.entry.name;
    names.prefixes.push_back(prefix.empty() ? name : prefix + "_" + name);
    if (Status status = checkIdentifier(names.prefixes.back()); !status)
      return status.error();
    if (!capitals.insert(llvm::StringRef(names.prefixes.back()).upper()).second)
      return Error{"expected functions whose names differ in capitals, too, got @" + name +
                   " again"};
  }
  return names;
}
