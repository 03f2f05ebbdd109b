//===- Link.cpp - From an object file to a shared library -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A C compiler links the object file, in a folder that is removed afterwards, with libm and
// libpthread and nothing of tconv's or LLVM's. Which compiler: CC, or the first of those that
// PATH has.
//
//===----------------------------------------------------------------------===//

#include "Link.h"

#include "tconv/Support/Errors.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

namespace {

tconv::Error toError(StringRef path, std::error_code code) {
  return tconv::Error{path.str() + ": " + code.message()};
}

tconv::Result<std::string> findCompiler() {
  const char *chosen = std::getenv("CC");
  if (chosen && *chosen) {
    if (ErrorOr<std::string> path = sys::findProgramByName(chosen))
      return *path;
    return tconv::Error{std::string("expected a program as CC, got '") + chosen + "'"};
  }
  for (StringRef name : {"cc", "gcc", "clang", "clang-22"})
    if (ErrorOr<std::string> path = sys::findProgramByName(name))
      return *path;
  return tconv::unsupported(
      "expected cc, gcc or clang to link a shared library with, found none in PATH "
      "(an output that ends in .o needs no linker)");
}

/// A folder that is removed with what is in it.
class TemporaryFolder {
public:
  TemporaryFolder() { code = sys::fs::createUniqueDirectory("tconv-compile", folder); }
  ~TemporaryFolder() {
    if (!code)
      sys::fs::remove_directories(folder);
  }
  std::string file(StringRef name) const {
    SmallString<128> path(folder);
    sys::path::append(path, name);
    return path.str().str();
  }
  std::error_code code;

private:
  SmallString<128> folder;
};

/// What the compiler has printed, in one line.
std::string readMessages(const std::string &path) {
  auto file = MemoryBuffer::getFile(path);
  if (!file)
    return "";
  SmallVector<StringRef> lines;
  (*file)->getBuffer().trim().split(lines, '\n');
  return ": " + join(lines, "; ");
}

} // namespace

tconv::Result<std::unique_ptr<MemoryBuffer>> tconv::linkSharedLibrary(StringRef object,
                                                                      StringRef name) {
  Result<std::string> compiler = findCompiler();
  if (!compiler)
    return compiler.error();
  TemporaryFolder folder;
  if (folder.code)
    return toError("a temporary folder", folder.code);
  std::string input = folder.file("layer.o"), output = folder.file("layer.so"),
              log = folder.file("messages");
  std::error_code code;
  raw_fd_ostream stream(input, code);
  if (!code) {
    stream << object;
    stream.close();
    code = stream.error();
    stream.clear_error();
  }
  if (code)
    return toError(input, code);
  // Never unloaded: the threads of a layer outlive a dlclose.
  std::string soname = "-Wl,-soname," + name.str();
  SmallVector<StringRef> arguments = {
      *compiler, "-shared",  "-o", output, input, soname, "-Wl,-z,nodelete", "-Wl,-z,noexecstack",
      "-lm",     "-lpthread"};
  std::optional<StringRef> redirects[] = {std::nullopt, StringRef(log), StringRef(log)};
  // Compilers ask for ld, where there may only be LLVM's.
  if (!sys::findProgramByName("ld"))
    arguments.push_back("-fuse-ld=lld");
  std::string message;
  int status = sys::ExecuteAndWait(*compiler, arguments, std::nullopt, redirects, 0, 0, &message);
  if (status != 0)
    return Error{"linking with " + *compiler + " failed" +
                 (message.empty() ? readMessages(log) : ": " + message)};
  auto library = MemoryBuffer::getFile(output, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                       /*IsVolatile=*/true);
  if (!library)
    return toError(output, library.getError());
  return std::move(*library);
}
