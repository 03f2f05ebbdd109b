//===- Compile.cpp - What tconv-compile does ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From a module to one artefact: the same passes as for a run, then functions with C's types
// around the entry, the runtime as a part of the module, and the code as the file that the name
// asks for. Files are written when everything has gone well.
//
//===----------------------------------------------------------------------===//

#include "tconv/Compile/Compile.h"

#include "DeviceArtefact.h"
#include "Functions.h"
#include "Header.h"
#include "Interface.h"
#include "Link.h"
#include "OutputFiles.h"
#include "Runtime.h"
#include "Wrappers.h"

#include "tconv/CodeGen/CodeGen.h"
#include "tconv/CodeGen/Translate.h"
#include "tconv/Entry/ReadModule.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <optional>

using namespace tconv;

namespace {

enum class Kind { SharedLibrary, Object, Assembly, LLVM, MLIR };

Result<Kind> kindOf(const std::string &path) {
  llvm::StringRef extension = llvm::sys::path::extension(path);
  if (extension == ".so")
    return Kind::SharedLibrary;
  if (extension == ".o")
    return Kind::Object;
  if (extension == ".s")
    return Kind::Assembly;
  if (extension == ".ll")
    return Kind::LLVM;
  if (extension == ".mlir")
    return Kind::MLIR;
  std::string text =
      "expected an output that ends in .so, .o, .s, .ll or .mlir, got '" + path + "'";
  return Error{deviceKindOf(path) ? text + ", which is made with --target=cuda" : text};
}

/// One compilation to machine code.
class Compilation {
public:
  Compilation(const ArtefactFiles &files, const ArtefactOptions &options, Kind kind)
      : files(files), options(options), kind(kind) {}

  /// Compiles functions of a module, and keeps the texts of the files.
  Status run(const std::vector<EntryFunction> &functions);

  std::string artefact, header;

private:
  /// The code of one function, with what C calls it.
  Result<std::unique_ptr<llvm::Module>>
  compile(const EntryFunction &entry, const std::string &prefix, llvm::LLVMContext &context);
  Status lower(const EntryFunction &entry);
  Status emitCode(llvm::Module &code);

  const ArtefactFiles &files;
  const ArtefactOptions &options;
  Kind kind;
  std::unique_ptr<llvm::TargetMachine> machine;
  std::vector<CFunction> parts;
};

Status Compilation::lower(const EntryFunction &entry) {
  if (Status status = makeEntry(entry); !status)
    return status;
  CompileOptions compile = options.compile;
  compile.threads = 0; // with threads: how many is decided when the code runs
  return runPasses(entry.module, compile, mlir::tconv::Stage::LLVM);
}

Result<std::unique_ptr<llvm::Module>> Compilation::compile(const EntryFunction &entry,
                                                           const std::string &prefix,
                                                           llvm::LLVMContext &context) {
  Result<CInterface> interface = CInterface::of(entry, prefix);
  if (!interface)
    return interface.error();
  if (Status status = lower(entry); !status)
    return status.error();
  Result<TranslatedModule> translated = translateModule(entry.module, entry.entry, context);
  if (!translated)
    return translated.error();
  PackedBuffer packed = addWrappers(*translated, *interface);
  parts.push_back({std::move(*interface), std::move(packed)});
  return std::move(translated->code);
}

Status Compilation::run(const std::vector<EntryFunction> &functions) {
  Result<CNames> names = chooseNames(options, functions, files.output);
  if (!names)
    return names.error();
  Result<std::unique_ptr<llvm::TargetMachine>> created =
      createTargetMachine(options.compile.target);
  if (!created)
    return created.error();
  machine = std::move(*created);
  if (kind == Kind::MLIR) {
    mlir::ModuleOp module = functions.front().module;
    if (Status status = lower(functions.front()); !status)
      return status;
    llvm::raw_string_ostream(artefact) << module << "\n";
    return success();
  }
  llvm::LLVMContext context;
  // Part of the file, and no matter where the input comes from.
  llvm::Module code(names->library, context);
  code.setTargetTriple(machine->getTargetTriple());
  code.setDataLayout(machine->createDataLayout());
  llvm::Linker linker(code);
  for (auto [index, prefix] : llvm::enumerate(names->prefixes)) {
    mlir::OwningOpRef<mlir::ModuleOp> copy; // passes change all of a module
    auto part = compile(functions[index].copyTo(copy), prefix, context);
    if (!part)
      return part.error();
    (*part)->setTargetTriple(machine->getTargetTriple());
    (*part)->setDataLayout(code.getDataLayout());
    [[maybe_unused]] bool failed = linker.linkInModule(std::move(*part));
    assert(!failed && "functions of different names share declarations only");
  }
  linkRuntime(code, *machine, names->library, options.threads);
  header = writeHeader(parts, names->library, machine->getTargetCPU().str());
  if (Status status = optimizeModule(code, *machine); !status)
    return status;
  return emitCode(code);
}

Status Compilation::emitCode(llvm::Module &code) {
  if (kind == Kind::LLVM) {
    llvm::raw_string_ostream(artefact) << code;
    return success();
  }
  auto type = kind == Kind::Assembly ? llvm::CodeGenFileType::AssemblyFile
                                     : llvm::CodeGenFileType::ObjectFile;
  auto object = tconv::emitCode(code, *machine, type);
  if (object && kind == Kind::SharedLibrary)
    object = linkSharedLibrary((*object)->getBuffer(), llvm::sys::path::filename(files.output));
  if (!object)
    return object.error();
  artefact = (*object)->getBuffer().str();
  return success();
}

Status checkFiles(const ArtefactFiles &files, Kind kind) {
  if (!files.header.empty() && kind == Kind::MLIR)
    return Error{"expected no --header with an output of MLIR, which has no C functions"};
  return success();
}

/// Outputs without C functions have room for one function.
Status checkOne(const std::vector<EntryFunction> &functions) {
  if (functions.size() == 1)
    return success();
  std::string names;
  for (const EntryFunction &function : functions)
    names += (names.empty() ? "@" : ", @") + function.entry.name;
  return Error{"expected one function for an output of MLIR or for GPUs, chosen by --entry, got " +
               names};
}

Status writeFile(const std::string &path, llvm::StringRef contents) {
  OutputFiles outputs;
  if (Status status = outputs.add(path, contents); !status)
    return status;
  return outputs.keep();
}

Status compileToGpuFile(const EntryFunction &entry, const ArtefactFiles &files,
                        const ArtefactOptions &options) {
  if (!files.header.empty())
    return Error{"expected no --header with an output for GPUs: tconv-c/Device.h runs it"};
  Result<DeviceArtefactKind> kind = deviceKindOf(files.output);
  if (!kind)
    return kind.error();
  Result<std::string> bytes = compileForGpus(entry, options, *kind);
  return bytes ? writeFile(files.output, *bytes) : Status(bytes.error());
}

/// The kind of an output that is not for GPUs, checked with the other files.
Result<Kind> checkKind(const ArtefactFiles &files) {
  Result<Kind> kind = kindOf(files.output);
  if (!kind)
    return kind;
  if (Status status = checkFiles(files, *kind); !status)
    return status.error();
  return kind;
}

bool isForGpus(const ArtefactOptions &options) {
  return options.compile.target.kind == mlir::tconv::Target::Cuda;
}

} // namespace

Status tconv::compileToFiles(mlir::ModuleOp module, const ArtefactFiles &files,
                             const ArtefactOptions &options) {
  Result<std::vector<EntryFunction>> functions = findFunctions(module, options.entry);
  if (!functions)
    return functions.error();
  if (isForGpus(options)) {
    Status status = checkOne(*functions);
    return status ? compileToGpuFile(functions->front(), files, options) : status;
  }
  Result<Kind> kind = checkKind(files);
  if (!kind)
    return kind.error();
  if (Status status = *kind == Kind::MLIR ? checkOne(*functions) : success(); !status)
    return status;
  Compilation compilation(files, options, *kind);
  if (Status status = compilation.run(*functions); !status)
    return status;
  OutputFiles outputs;
  if (Status status = outputs.add(files.output, compilation.artefact); !status)
    return status;
  if (!files.header.empty())
    if (Status status = outputs.add(files.header, compilation.header); !status)
      return status;
  return outputs.keep();
}

Status tconv::compileFileToFiles(mlir::MLIRContext &context, const std::string &path,
                                 const ArtefactFiles &files, const ArtefactOptions &options) {
  if (!isForGpus(options))
    if (Result<Kind> kind = checkKind(files); !kind)
      return kind.error();
  Result<mlir::OwningOpRef<mlir::ModuleOp>> module = readModule(context, path);
  if (!module)
    return module.error();
  return compileToFiles(**module, files, options);
}
