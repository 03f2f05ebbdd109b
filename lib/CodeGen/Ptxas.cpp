//===- Ptxas.cpp - NVIDIA's assembler -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NVIDIA's assembler is a program, run on temporary files; what it prints becomes part of the
// error. Where it is found, its toolkit's folder is, too, with the libdevice and fatbinary that
// go with it.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/GpuCode.h"

#include "tconv/Support/Errors.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace tconv;

namespace {

/// A file that is removed in the end.
class TemporaryFile {
public:
  static Result<TemporaryFile> create(llvm::StringRef suffix, llvm::StringRef text) {
    llvm::SmallString<128> path;
    int descriptor;
    if (std::error_code code =
            llvm::sys::fs::createTemporaryFile("tconv", suffix, descriptor, path))
      return Error{"a temporary file could not be made: " + code.message()};
    llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
    stream << text;
    return TemporaryFile(path.str().str());
  }
  TemporaryFile(TemporaryFile &&other) : path(std::exchange(other.path, "")) {}
  ~TemporaryFile() {
    if (!path.empty())
      llvm::sys::fs::remove(path);
  }

  Result<std::string> read() const {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer)
      return Error{path + ": " + buffer.getError().message()};
    return (*buffer)->getBuffer().str();
  }

  std::string path;

private:
  explicit TemporaryFile(std::string path) : path(std::move(path)) {}
};

Result<std::optional<Ptxas>> expectProgram(const std::string &path, const std::string &source) {
  if (llvm::sys::fs::can_execute(path))
    return std::optional(Ptxas{path});
  return Error{"expected a program ptxas at " + path + ", which " + source + " names, found none"};
}

/// Runs a program, what it says becomes part of the error.
Status runProgram(const std::vector<std::string> &command) {
  auto log = TemporaryFile::create("log", "");
  if (!log)
    return log.error();
  std::vector<llvm::StringRef> arguments(command.begin(), command.end());
  std::optional<llvm::StringRef> streams[] = {std::nullopt, llvm::StringRef(log->path),
                                              llvm::StringRef(log->path)};
  std::string reason;
  int code = llvm::sys::ExecuteAndWait(command[0], arguments, std::nullopt, streams, 0, 0, &reason);
  if (code == 0)
    return success();
  Result<std::string> said = log->read();
  return Error{command[0] + " failed: " + reason +
               (said ? llvm::StringRef(*said).trim().str() : "")};
}

} // namespace

Result<std::optional<Ptxas>> Ptxas::find(const std::string &path) {
  if (!path.empty())
    return expectProgram(path, "--ptxas");
  if (const char *home = std::getenv("CUDA_HOME"); home && *home)
    return expectProgram(std::string(home) + "/bin/ptxas", "CUDA_HOME");
  if (auto program = llvm::sys::findProgramByName("ptxas"))
    return std::optional(Ptxas{*program});
  return std::optional<Ptxas>();
}

std::string Ptxas::toolkit() const {
  // A link on the path may stand for the program.
  llvm::SmallString<128> program(path);
  llvm::sys::fs::real_path(path, program);
  llvm::StringRef folder = llvm::sys::path::parent_path(llvm::sys::path::parent_path(program));
  llvm::SmallString<128> library(folder);
  llvm::sys::path::append(library, "nvvm", "libdevice", "libdevice.10.bc");
  return llvm::sys::fs::exists(library) ? folder.str() : "";
}

Result<CodeImage> tconv::assemble(const CodeImage &ptx, const Ptxas &ptxas) {
  auto source = TemporaryFile::create("ptx", ptx.bytes),
       target = TemporaryFile::create("cubin", "");
  for (auto *file : {&source, &target})
    if (!*file)
      return file->error();
  Status status = runProgram(
      {ptxas.path, "--gpu-name=" + ptx.arch.name(), "-O3", source->path, "-o", target->path});
  if (!status)
    return status.error();
  Result<std::string> bytes = target->read();
  if (!bytes)
    return bytes.error();
  return CodeImage{CodeImage::Kind::Cubin, ptx.arch, std::move(*bytes)};
}

Result<std::string> tconv::joinImages(const std::vector<CodeImage> &images, const Ptxas &ptxas) {
  llvm::SmallString<128> program(llvm::sys::path::parent_path(ptxas.path));
  llvm::sys::path::append(program, "fatbinary");
  if (!llvm::sys::fs::can_execute(program))
    return unsupported("expected a program fatbinary beside " + ptxas.path + ", found none");
  auto target = TemporaryFile::create("fatbin", "");
  if (!target)
    return target.error();
  std::vector<std::string> command = {program.str().str(), "-64", "--create=" + target->path};
  std::vector<TemporaryFile> files;
  for (const CodeImage &image : images) {
    bool isPTX = image.kind == CodeImage::Kind::PTX;
    auto file = TemporaryFile::create(isPTX ? "ptx" : "cubin", image.bytes);
    if (!file)
      return file.error();
    std::string number = image.arch.name().substr(3);
    command.push_back("--image3=kind=" + std::string(isPTX ? "ptx" : "elf") + ",sm=" + number +
                      ",file=" + file->path);
    files.push_back(std::move(*file));
  }
  if (Status status = runProgram(command); !status)
    return status.error();
  return target->read();
}
