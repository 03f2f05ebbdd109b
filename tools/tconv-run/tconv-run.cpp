//===- tconv-run.cpp - Compile and run a module on this machine -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flags/FlagChecks.h"
#include "Flags/ToolOptions.h"
#include "Flags/Version.h"
#include "tconv/Run/Driver.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

namespace cl = llvm::cl;

namespace {

/// What --target names.
enum class Platform { Cpu, Cuda, Emulated };

struct Flags {
  cl::OptionCategory category{"tconv-run options"};
  tconv::ModuleFlags common{category};
  cl::list<std::string> module{cl::Positional, cl::desc("FILE.mlir ('-' for standard input)"),
                               cl::cat(category)};
  cl::list<std::string> inputs{"input",
                               cl::desc("A .npy file for each argument, in order "
                                        "(without any: pseudo-random numbers)"),
                               cl::value_desc("x.npy"), cl::cat(category)};
  cl::list<std::string> outputs{"output",
                                cl::desc("A .npy file for each result "
                                         "(without any: results are printed)"),
                                cl::value_desc("y.npy"), cl::cat(category)};
  cl::opt<std::string> stopAfter{"stop-after",
                                 cl::desc("Print the IR after this stage instead of "
                                          "running"),
                                 cl::value_desc("stage"), cl::cat(category)};
  cl::opt<bool> check{"check", cl::desc("Compare the results with the defining scatter loop"),
                      cl::cat(category)};
  cl::opt<std::string> time{"time", cl::desc("Report times of compilation and of N runs"),
                            cl::value_desc("N"), cl::ValueOptional, cl::cat(category)};
  cl::opt<int> threads{"threads",
                       cl::desc("Number of threads (default: TCONV_NUM_THREADS, or the "
                                "processors available)"),
                       cl::value_desc("N"), cl::init(0), cl::cat(category)};
  cl::list<int64_t> sizesHint{
      "sizes-hint",
      cl::desc("The sizes that dynamic layers get schedules for: the batch, "
               "then the spatial ones (default: typical ones)"),
      cl::value_desc("N"), cl::CommaSeparated, cl::cat(category)};
  cl::opt<Platform> target{
      "target", cl::desc("What code is made for and runs on"), cl::init(Platform::Cpu),
      cl::values(clEnumValN(Platform::Cpu, "cpu", "this machine's processor (default)"),
                 clEnumValN(Platform::Cuda, "cuda", "an NVIDIA GPU of this machine"),
                 clEnumValN(Platform::Emulated, "emulated",
                            "code for a GPU, run on the processor and checked")),
      cl::cat(category)};
  cl::opt<std::string> arch{"arch",
                            cl::desc("The architecture that code for a GPU is made for "
                                     "(default: the GPU's, or sm_80)"),
                            cl::value_desc("sm_NN"), cl::cat(category)};
  cl::opt<std::string> emulator{
      "emulator",
      cl::desc("How the emulator runs kernels: async-copies=early|late, thread-order="
               "forward|reverse|random, seed=N, race-check=on|off, warp-traffic=on|off"),
      cl::value_desc("option=value,..."), cl::cat(category)};
  cl::opt<bool> emulatorReport{"emulator-report", cl::desc("Say what kernels did on the emulator"),
                               cl::cat(category)};
  cl::opt<bool> noCache{"no-cache",
                        cl::desc("Neither take compiled code from the cache on disk nor keep it"),
                        cl::cat(category)};
  cl::opt<uint64_t> seed{"seed", cl::desc("Seed of pseudo-random inputs (default: 0)"), cl::init(0),
                         cl::cat(category)};
  cl::opt<std::string> batch{"batch", cl::desc("Run the cases of a JSON manifest instead of FILE"),
                             cl::value_desc("manifest.json"), cl::cat(category)};
};

std::string describeStages(mlir::tconv::Target target) {
  bool forGpu = target == mlir::tconv::Target::Cuda;
  std::string text = forGpu ? "\nStages of code for a GPU:\n" : "\nStages, for --stop-after:\n";
  for (const mlir::tconv::StageInfo &info : mlir::tconv::getStages(target))
    text += "  " + info.name.str() + std::string(12 - info.name.size(), ' ') + info.sentence.str() +
            "\n";
  return text;
}

/// Whether the user wants to see passes at work, which a cache would skip.
bool watchesPasses(const Flags &flags) {
  return flags.common.remarks || llvm::any_of(cl::getRegisteredOptions(), [](auto &entry) {
           return entry.first.starts_with("mlir-") && entry.second->getNumOccurrences() != 0;
         });
}

/// What the flags say of the target.
tconv::Result<tconv::TargetOptions> toTarget(const Flags &flags) {
  using mlir::tconv::Target;
  tconv::TargetOptions options = flags.common.target();
  options.kind = flags.target == Platform::Cpu ? Target::Cpu : Target::Cuda;
  if (flags.arch.empty())
    return options;
  tconv::Result<tconv::GpuArch> arch = tconv::GpuArch::parse(flags.arch.getValue());
  if (!arch)
    return tconv::Error{"--arch: " + arch.message()};
  options.arch = *arch;
  return options;
}

/// What the flags say of the device.
tconv::Result<tconv::DeviceOptions> toDevice(const Flags &flags) {
  tconv::DeviceOptions options;
  options.emulated = flags.target == Platform::Emulated;
  tconv::Result<tconv::EmulatorOptions> emulator =
      tconv::parseEmulatorOptions(flags.emulator.getValue());
  if (!emulator)
    return tconv::Error{"--emulator: " + emulator.message()};
  options.emulator = *emulator;
  options.reportProgress = [](const std::string &text) { llvm::errs() << text << "\n"; };
  if (flags.emulatorReport)
    options.reportCounters = [](const std::string &text) { llvm::errs() << text; };
  return options;
}

tconv::Result<tconv::RunOptions> toOptions(const Flags &flags) {
  tconv::RunOptions options;
  if (flags.threads < 0)
    return tconv::Error{"expected --threads of at least 0, got " + std::to_string(flags.threads)};
  tconv::Result<tconv::TargetOptions> target = toTarget(flags);
  if (!target)
    return target.error();
  tconv::Result<tconv::DeviceOptions> device = toDevice(flags);
  if (!device)
    return device.error();
  options.compile = {flags.common.algorithm,
                     flags.threads,
                     mlir::applyPassManagerCLOptions,
                     std::move(*target),
                     !flags.noCache && !watchesPasses(flags),
                     {flags.sizesHint.begin(), flags.sizesHint.end()}};
  for (int64_t size : options.compile.sizesHint)
    if (size < 1)
      return tconv::Error{"expected --sizes-hint of at least 1, got " + std::to_string(size)};
  options.device = std::move(*device);
  options.entry = flags.common.entry;
  options.check = flags.check;
  options.seed = flags.seed;
  if (flags.time.getNumOccurrences()) {
    unsigned runs = 0;
    bool isNumber = !llvm::StringRef(flags.time).getAsInteger(10, runs) && runs > 0;
    if (!flags.time.empty() && !isNumber)
      return tconv::Error{"expected a number of runs after --time=, got '" + flags.time + "'"};
    options.timedRuns = runs;
  }
  if (flags.stopAfter.empty())
    return options;
  mlir::tconv::Target kind = options.compile.target.kind;
  options.stopAfter = mlir::tconv::symbolizeStage(flags.stopAfter, kind);
  if (!options.stopAfter)
    return tconv::Error{"expected a stage after --stop-after, got '" + flags.stopAfter + "'" +
                        describeStages(kind)};
  return options;
}

/// Flags that others leave without a meaning. A number of threads and the wish for no cache can
/// always be met.
tconv::Status checkFlags(const Flags &flags, const std::string &module) {
  const bool forGpu = flags.target != Platform::Cpu;
  const bool runs = flags.stopAfter.empty(), batch = !flags.batch.empty();
  const bool compiles = !llvm::StringRef(module).ends_with(".tcgpu");
  std::initializer_list<tconv::FlagUse> uses = {
      {flags.arch, forGpu && compiles, "--target=cuda or --target=emulated, and a FILE.mlir,"},
      {flags.common.allowTf32, forGpu && compiles,
       "--target=cuda or --target=emulated, and a FILE.mlir,"},
      {flags.common.ptxas, flags.target == Platform::Cuda && compiles && runs,
       "--target=cuda, a FILE.mlir and no --stop-after"},
      {flags.emulator, flags.target == Platform::Emulated && runs,
       "--target=emulated and no --stop-after"},
      {flags.emulatorReport, flags.target == Platform::Emulated && runs,
       "--target=emulated and no --stop-after"},
      {flags.common.targetCpu, !forGpu, "--target=cpu"},
      {flags.sizesHint, !forGpu, "--target=cpu"},
      {flags.common.algorithm, compiles, "a FILE.mlir"},
      {flags.common.remarks, compiles, "a FILE.mlir"},
      {flags.common.entry, compiles && runs, "a FILE.mlir and no --stop-after"},
      {flags.check, runs, "no --stop-after"},
      {flags.time, runs, "no --stop-after"},
      {flags.inputs, runs && !batch, "neither --stop-after nor --batch"},
      {flags.outputs, runs && !batch, "neither --stop-after nor --batch"},
      {flags.seed, runs && flags.inputs.empty(), "neither --stop-after nor --input"},
  };
  if (tconv::Status status = tconv::checkFlagUses(uses); !status)
    return status;
  std::vector<tconv::OutputPath> outputs;
  for (const std::string &path : flags.outputs)
    outputs.push_back({flags.outputs, path});
  return tconv::checkOutputPaths(outputs, {module});
}

tconv::Status runTool(const Flags &flags, mlir::MLIRContext &context) {
  tconv::Result<std::string> module = tconv::onlyPositional(flags.module, {&flags.time});
  if (!module)
    return module.error();
  if (module->empty() == flags.batch.empty())
    return tconv::Error{"expected a FILE.mlir or a --batch manifest (see --help)"};
  if (tconv::Status status = tconv::checkEnvironment(); !status)
    return status;
  if (tconv::Status status = checkFlags(flags, *module); !status)
    return status;
  tconv::Result<tconv::RunOptions> options = toOptions(flags);
  if (!options)
    return options.error();
  tconv::RunStreams streams{llvm::outs(), llvm::errs()};
  if (!flags.batch.empty())
    return tconv::runBatch(context, flags.batch, *options, streams);
  llvm::SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  tconv::RunFiles files{*module,
                        {flags.inputs.begin(), flags.inputs.end()},
                        {flags.outputs.begin(), flags.outputs.end()}};
  return tconv::run(context, files, *options, streams);
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  tconv::removeCodegenOptions();
  Flags flags;
  tconv::registerMLIROptions();
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter(tconv::printVersion);
  std::string overview = "tconv-run: compile a module in process and run it\n" +
                         describeStages(mlir::tconv::Target::Cpu) +
                         describeStages(mlir::tconv::Target::Cuda);
  cl::ParseCommandLineOptions(argc, argv, overview);

  std::unique_ptr<mlir::MLIRContext> context = tconv::createContext(flags.common.remarks);
  return tconv::finish("tconv-run", runTool(flags, *context));
}
