//===- Options.cpp - How modules are compiled, by names and values --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handles.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

using namespace tconv;

namespace {

Error unexpected(const char *values, llvm::StringRef name, llvm::StringRef value) {
  return Error{"expected " + std::string(values) + " as the option " + name.str() + ", got '" +
               value.str() + "'"};
}

template <typename T>
Status set(T &option, std::optional<T> parsed, const char *values, llvm::StringRef name,
           llvm::StringRef value) {
  if (!parsed)
    return unexpected(values, name, value);
  option = *parsed;
  return success();
}

std::optional<bool> parseBool(llvm::StringRef value) {
  return llvm::StringSwitch<std::optional<bool>>(value)
      .Case("true", true)
      .Case("false", false)
      .Default(std::nullopt);
}

std::optional<int> parseThreads(llvm::StringRef value) {
  unsigned threads = 0;
  if (value.getAsInteger(10, threads) || threads > 65536)
    return std::nullopt;
  return static_cast<int>(threads);
}

Status setArch(TargetOptions &target, llvm::StringRef value) {
  Result<GpuArch> arch = GpuArch::parse(value.str());
  if (!arch)
    return arch.error();
  target.arch = *arch;
  return success();
}

Status setTarget(TconvOptions &options, llvm::StringRef value) {
  if (value != "cpu" && value != "cuda" && value != "emulated")
    return unexpected("cpu, cuda or emulated", "target", value);
  options.compile.target.kind =
      value == "cpu" ? mlir::tconv::Target::Cpu : mlir::tconv::Target::Cuda;
  options.device.emulated = value == "emulated";
  return success();
}

Status setOption(TconvOptions &options, llvm::StringRef name, llvm::StringRef value) {
  CompileOptions &compile = options.compile;
  if (name == "algorithm")
    return set(compile.algorithm, mlir::tconv::symbolizeAlgorithm(value),
               "auto, direct, phases or zero-insertion", name, value);
  if (name == "allow-tf32")
    return set(compile.target.allowTf32, parseBool(value), "true or false", name, value);
  if (name == "arch")
    return setArch(compile.target, value);
  if (name == "cache")
    return set(compile.cache, parseBool(value), "true or false", name, value);
  if (name == "remarks")
    return set(options.remarks, parseBool(value), "true or false", name, value);
  if (name == "target")
    return setTarget(options, value);
  if (name == "threads")
    return set(compile.threads, parseThreads(value), "a number of threads from 0 to 65536", name,
               value);
  if (name == "entry")
    options.entry = value.str();
  else if (name == "target-cpu")
    compile.target.cpu = value.str();
  else
    return Error{"expected the option algorithm, allow-tf32, arch, cache, entry, remarks, target, "
                 "target-cpu or threads, got '" +
                 name.str() + "'"};
  return success();
}

} // namespace

TconvOptions tconv::defaultOptions() {
  TconvOptions options;
  options.compile.threads = 0;
  options.compile.cache = true;
  return options;
}

TconvOptions *tconvOptionsCreate(void) { return new TconvOptions(defaultOptions()); }

void tconvOptionsFree(TconvOptions *options) { delete options; }

int tconvOptionsSet(TconvOptions *options, const char *name, const char *value) {
  return report(setOption(*options, name, value));
}
