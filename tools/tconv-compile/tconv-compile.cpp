//===- tconv-compile.cpp - Compile a module for C programs ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/FlagChecks.h"
#include "Flags/ToolOptions.h"
#include "Flags/Version.h"
#include "tconv/Compile/Compile.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

namespace cl = llvm::cl;
using mlir::tconv::Target;

namespace {

struct Flags {
  cl::OptionCategory category{"tconv-compile options"};
  tconv::ModuleFlags common{category};
  cl::opt<std::string> module{cl::Positional, cl::desc("FILE.mlir ('-' for standard input)"),
                              cl::cat(category)};
  cl::opt<std::string> output{
      "o",
      cl::desc("The file to write: a shared library (.so), an object file (.o), assembly (.s), "
               "LLVM IR (.ll) or the LLVM dialect (.mlir); for GPUs a program (.tcgpu), or its "
               "kernels (.ptx, .cubin or .fatbin)"),
      cl::value_desc("layer.so"), cl::cat(category)};
  cl::opt<std::string> header{"header", cl::desc("The C header to write"),
                              cl::value_desc("layer.h"), cl::cat(category)};
  cl::opt<std::string> prefix{"prefix",
                              cl::desc("What the names of the C functions begin with (default: "
                                       "the function's name, or the output's instead of main)"),
                              cl::value_desc("name"), cl::cat(category)};
  cl::opt<Target> target{"target", cl::desc("What code is made for"), cl::init(Target::Cpu),
                         cl::values(clEnumValN(Target::Cpu, "cpu", "a processor (default)"),
                                    clEnumValN(Target::Cuda, "cuda", "NVIDIA GPUs")),
                         cl::cat(category)};
  cl::list<std::string> archs{"arch", cl::CommaSeparated,
                              cl::desc("The architectures that code for GPUs is made for "
                                       "(default: sm_80)"),
                              cl::value_desc("sm_NN,..."), cl::cat(category)};
  cl::opt<int> threads{"threads",
                       cl::desc("The number of threads until PREFIX_set_threads is called "
                                "(default: 1; 0: as many as there are processors)"),
                       cl::value_desc("N"), cl::init(1), cl::cat(category)};
};

constexpr char overview[] = R"(tconv-compile: compile a module to code for C programs

The result needs neither tconv nor LLVM, and has these functions, which the header
describes:
  PREFIX_run(x, ..., y)          computes the function
  PREFIX_packed_bytes, PREFIX_pack
                                 prepare the arguments marked tconv.constant, once
  PREFIX_error                   why the last call has failed
  PREFIX_set_threads, PREFIX_set_parallel_for
                                 threads, or a thread pool of the caller's

Of several functions (those of --entry=a,b, or all public ones if none is main) each has its
own run and pack, under its name, and the others are there once, under the output's.

For example:
  tconv-compile layer.mlir -o layer.so --header layer.h --target-cpu=x86-64-v3
)";

tconv::Status checkFlags(const Flags &flags) {
  const bool forGpu = flags.target == Target::Cuda;
  const bool hasFunctions = !forGpu && !llvm::StringRef(flags.output).ends_with(".mlir");
  std::initializer_list<tconv::FlagUse> uses = {
      {flags.archs, forGpu, "--target=cuda"},
      {flags.common.ptxas, forGpu, "--target=cuda"},
      {flags.common.allowTf32, forGpu, "--target=cuda"},
      {flags.common.targetCpu, !forGpu, "--target=cpu"},
      {flags.prefix, hasFunctions, "an output that has C functions, neither .mlir nor for a GPU,"},
      {flags.threads, hasFunctions, "an output that has C functions, neither .mlir nor for a GPU,"},
  };
  if (tconv::Status status = tconv::checkFlagUses(uses); !status)
    return status;
  return tconv::checkOutputPaths({{flags.output, flags.output}, {flags.header, flags.header}},
                                 {flags.module});
}

tconv::Status runTool(const Flags &flags, mlir::MLIRContext &context) {
  if (flags.module.empty())
    return tconv::Error{"expected a FILE.mlir (see --help)"};
  if (flags.output.empty())
    return tconv::Error{"expected -o and a file to write (see --help)"};
  if (flags.threads < 0)
    return tconv::Error{"expected --threads of at least 0, got " + std::to_string(flags.threads)};
  if (tconv::Status status = checkFlags(flags); !status)
    return status;
  tconv::ArtefactOptions options;
  options.entry = flags.common.entry;
  options.prefix = flags.prefix;
  options.threads = flags.threads;
  options.compile.algorithm = flags.common.algorithm;
  options.compile.configurePasses = mlir::applyPassManagerCLOptions;
  options.compile.target = flags.common.target();
  options.compile.target.kind = flags.target;
  for (const std::string &name : flags.archs) {
    tconv::Result<tconv::GpuArch> arch = tconv::GpuArch::parse(name);
    if (!arch)
      return tconv::Error{"--arch: " + arch.message()};
    options.archs.push_back(*arch);
  }
  llvm::SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  return tconv::compileFileToFiles(context, flags.module, {flags.output, flags.header}, options);
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  tconv::removeCodegenOptions();
  Flags flags;
  tconv::registerMLIROptions();
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter(tconv::printVersion);
  cl::ParseCommandLineOptions(argc, argv, overview);

  std::unique_ptr<mlir::MLIRContext> context = tconv::createContext(flags.common.remarks);
  return tconv::finish("tconv-compile", runTool(flags, *context));
}
