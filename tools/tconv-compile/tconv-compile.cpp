//===- tconv-compile.cpp - Compile a module for C programs ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/FlagChecks.h"
#include "Flags/Version.h"
#include "tconv/Compile/Compile.h"
#include "tconv/InitAll.h"
#include "tconv/Pipelines/Remarks.h"
#include "tconv/Run/ToolOptions.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

namespace cl = llvm::cl;
using mlir::tconv::Algorithm;
using tconv::Platform;

namespace {

struct Flags {
  cl::OptionCategory category{"tconv-compile options"};
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
  cl::opt<std::string> entry{"entry",
                             cl::desc("The function to compile (default: the only public "
                                      "one, or main)"),
                             cl::value_desc("name"), cl::cat(category)};
  cl::opt<std::string> prefix{"prefix",
                              cl::desc("What the names of the C functions begin with (default: "
                                       "the function's name, or the output's instead of main)"),
                              cl::value_desc("name"), cl::cat(category)};
  cl::opt<Platform> target{"target", cl::desc("What code is made for"), cl::init(Platform::Cpu),
                           cl::values(clEnumValN(Platform::Cpu, "cpu", "a processor (default)"),
                                      clEnumValN(Platform::Cuda, "cuda", "NVIDIA GPUs")),
                           cl::cat(category)};
  cl::list<std::string> archs{"arch", cl::CommaSeparated,
                              cl::desc("The architectures that code for GPUs is made for "
                                       "(default: sm_80)"),
                              cl::value_desc("sm_NN,..."), cl::cat(category)};
  cl::opt<std::string> ptxas{"ptxas",
                             cl::desc("NVIDIA's assembler (default: that of CUDA_HOME or PATH; "
                                      "without one there is PTX only)"),
                             cl::value_desc("path"), cl::cat(category)};
  cl::opt<bool> allowTf32{"allow-tf32",
                          cl::desc("On a GPU, let tensor cores multiply f32, of whose fractions "
                                   "they read 10 bits"),
                          cl::cat(category)};
  cl::opt<std::string> targetCpu{"target-cpu",
                                 cl::desc("The processor that code is made for, as LLVM calls it "
                                          "(default: host)"),
                                 cl::value_desc("name"), cl::init("host"), cl::cat(category)};
  cl::opt<Algorithm> algorithm{
      "algorithm", cl::desc("How transposed convolutions are computed"), cl::init(Algorithm::Auto),
      cl::values(clEnumValN(Algorithm::Auto, "auto", "the fastest one (default)"),
                 clEnumValN(Algorithm::Direct, "direct", "the same without transforms of the sums"),
                 clEnumValN(Algorithm::ZeroInsertion, "zero-insertion",
                            "zeros between the input's elements, and one convolution"),
                 clEnumValN(Algorithm::Phases, "phases", "one convolution for each phase")),
      cl::cat(category)};
  cl::opt<int> threads{"threads",
                       cl::desc("The number of threads until PREFIX_set_threads is called "
                                "(default: 1; 0: as many as there are processors)"),
                       cl::value_desc("N"), cl::init(1), cl::cat(category)};
  cl::opt<bool> remarks{"remarks", cl::desc("Say what each pass chose, and why"),
                        cl::cat(category)};
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
  const bool forGpu = flags.target == Platform::Cuda;
  const bool hasFunctions = !forGpu && !llvm::StringRef(flags.output).ends_with(".mlir");
  std::initializer_list<tconv::FlagUse> uses = {
      {flags.archs, forGpu, "--target=cuda"},
      {flags.ptxas, forGpu, "--target=cuda"},
      {flags.allowTf32, forGpu, "--target=cuda"},
      {flags.targetCpu, !forGpu, "--target=cpu"},
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
  options.entry = flags.entry;
  options.prefix = flags.prefix;
  options.threads = flags.threads;
  options.compile.algorithm = flags.algorithm;
  options.compile.configurePasses = mlir::applyPassManagerCLOptions;
  options.compile.target.cpu = flags.targetCpu;
  options.compile.platform.platform = flags.target;
  options.compile.platform.ptxas = flags.ptxas;
  options.compile.platform.allowTf32 = flags.allowTf32;
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
  mlir::registerPassManagerCLOptions();
  mlir::registerMLIRContextCLOptions();
  mlir::registerAsmPrinterCLOptions();
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter(tconv::printVersion);
  cl::ParseCommandLineOptions(argc, argv, overview);

  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  if (flags.remarks)
    mlir::tconv::enableRemarks(context);
  return tconv::finish("tconv-compile", runTool(flags, context), llvm::errs());
}
