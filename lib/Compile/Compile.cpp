//===- Compile.cpp - What tconv-compile does ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Compile/Compile.h"

#include "DeviceArtefact.h"
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
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
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

bool isPartOfIdentifier(char character) { return llvm::isAlnum(character) || character == '_'; }

/// The name of a file, with what no identifier has replaced.
std::string identifierOf(const std::string &path) {
  std::string name = llvm::sys::path::stem(path).str();
  for (char &character : name)
    if (!isPartOfIdentifier(character))
      character = '_';
  return name;
}

/// The beginning of all names in C.
Result<std::string> choosePrefix(const ArtefactOptions &options, const std::string &entry,
                                 const std::string &output) {
  std::string prefix = options.prefix;
  if (prefix.empty())
    prefix = entry == "main" ? identifierOf(output) : entry;
  if (!prefix.empty() && llvm::isAlpha(prefix[0]) && llvm::all_of(prefix, isPartOfIdentifier))
    return prefix;
  return Error{"expected a C identifier for the names of functions to begin with, got '" + prefix +
               "': choose one by --prefix"};
}

/// One compilation to machine code.
class Compilation {
public:
  Compilation(const ArtefactFiles &files, const ArtefactOptions &options, Kind kind)
      : files(files), options(options), kind(kind) {}

  /// Compiles a module, and keeps the texts of the files.
  Status run(mlir::ModuleOp module, mlir::func::FuncOp entry);

  std::string artefact, header;

private:
  Status emit(mlir::ModuleOp module, const EntryPoint &entry, CInterface interface);
  Status emitCode(llvm::Module &code);

  const ArtefactFiles &files;
  const ArtefactOptions &options;
  Kind kind;
  std::unique_ptr<llvm::TargetMachine> machine;
};

Status Compilation::run(mlir::ModuleOp module, mlir::func::FuncOp function) {
  Result<std::string> prefix = choosePrefix(options, function.getSymName().str(), files.output);
  if (!prefix)
    return prefix.error();
  Result<CInterface> interface = CInterface::of(function, *prefix);
  if (!interface)
    return interface.error();
  Result<EntryPoint> entry = EntryPoint::of(function);
  if (!entry)
    return entry.error();
  Result<std::unique_ptr<llvm::TargetMachine>> created =
      createTargetMachine(options.compile.target);
  if (!created)
    return created.error();
  machine = std::move(*created);
  if (Status status = makeEntry(module, function); !status)
    return status;
  CompileOptions compile = options.compile;
  compile.threads = 0; // with threads: how many is decided when the code runs
  if (Status status = runPasses(module, compile, mlir::tconv::Stage::LLVM); !status)
    return status;
  if (kind != Kind::MLIR)
    return emit(module, *entry, std::move(*interface));
  llvm::raw_string_ostream(artefact) << module << "\n";
  return success();
}

Status Compilation::emit(mlir::ModuleOp module, const EntryPoint &entry, CInterface interface) {
  llvm::LLVMContext context;
  Result<TranslatedModule> translated = translateModule(module, entry, context);
  if (!translated)
    return translated.error();
  PackedBuffer packed = addWrappers(*translated, interface);
  llvm::Module &code = *translated->code;
  // Part of the file, and no matter where the input comes from.
  code.setModuleIdentifier(interface.prefix);
  code.setSourceFileName(interface.prefix);
  linkRuntime(code, *machine, interface.prefix, options.threads);
  header = writeHeader(interface, packed, machine->getTargetCPU().str());
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

Status writeFile(const std::string &path, llvm::StringRef contents) {
  OutputFiles outputs;
  if (Status status = outputs.add(path, contents); !status)
    return status;
  return outputs.keep();
}

Status compileToGpuFile(mlir::ModuleOp module, mlir::func::FuncOp entry, const ArtefactFiles &files,
                        const ArtefactOptions &options) {
  if (!files.header.empty())
    return Error{"expected no --header with an output for GPUs: tconv-c/Device.h runs it"};
  Result<DeviceArtefactKind> kind = deviceKindOf(files.output);
  if (!kind)
    return kind.error();
  Result<std::string> bytes = compileForGpus(module, entry, options, *kind);
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
  return options.compile.platform.platform != Platform::Cpu;
}

} // namespace

Status tconv::compileToFiles(mlir::ModuleOp module, const ArtefactFiles &files,
                             const ArtefactOptions &options) {
  Result<mlir::func::FuncOp> entry = findEntry(module, options.entry);
  if (!entry)
    return entry.error();
  if (isForGpus(options))
    return compileToGpuFile(module, *entry, files, options);
  Result<Kind> kind = checkKind(files);
  if (!kind)
    return kind.error();
  Compilation compilation(files, options, *kind);
  if (Status status = compilation.run(module, *entry); !status)
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
